// Several identities in one browser session: added, changed between, taken on as roles, and signed out one by one.

import type { Locator, Page } from "@playwright/test";
import { axe } from "../fixtures/axe";
import { enterCloud, enterKeys, enterWorld, fillIn, heading, open, signIn, table, type TestCloud } from "../fixtures/console";
import { make } from "../fixtures/given";
import { expect, test } from "../fixtures/test";

const DEMO: TestCloud = { label: "Demo", takesTime: true };
const MOTO: TestCloud = { label: "Moto", takesTime: false };
const STANDING = "123456789012";
const READER = { id: "AKIAREADONLY7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzREADONLYKEY" };

const account = (page: Page): Locator => page.getByRole("banner").locator(".account").getByRole("button");
const place = (page: Page): Locator => page.getByRole("group", { name: "Signed in to" });
const ready = (page: Page) => expect(page.locator("html[data-ready]")).toBeAttached();

/** Chooses from the menu of the account; what leads to another identity leads to another document. */
async function choose(page: Page, item: string | RegExp) {
  await account(page).click();
  await page.getByRole("menuitem", { name: item }).click();
}

async function add(page: Page, cloud: string, keys?: typeof READER) {
  await choose(page, "Add another identity");
  await expect(page.getByRole("dialog", { name: "Add another identity" })).toBeVisible();
  // The dashboard may be there already, of who one was.
  const another = page.waitForEvent("load");
  await enterKeys(page, cloud, keys);
  await another;
  await expect(heading(page, "Dashboard")).toBeVisible();
  await ready(page);
}

async function own(page: Page): Promise<string> {
  return ((await (await page.request.get("/api/session")).json()) as { account: string }).account;
}

/** Watches how many rows a list ever had in this page's documents: whether those of another were there for a moment. */
const countRows = (page: Page) =>
  page.addInitScript(() => {
    const watched = window as unknown as { most: number };
    watched.most = 0;
    const look = () => (watched.most = Math.max(watched.most, document.querySelectorAll("[role=grid] tr.list-row").length));
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  });
const most = (page: Page) => page.evaluate(() => (window as unknown as { most: number }).most);

const instances = (page: Page, count: RegExp | string) => expect(page.getByRole("status").filter({ hasText: count })).toBeVisible();

test("another identity is added beside the first, and each sees its own", async ({ page }) => {
  await countRows(page);
  await enterWorld(page, { instances: 3 }, "/instances");
  const small = await own(page);
  await add(page, "Demo");
  await expect(place(page)).toContainText(STANDING);
  await open(page, "/instances");
  await instances(page, /[3-9]\d instances/);
  // By keyboard: the other identity is the first entry.
  await account(page).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: new RegExp(`^demo.*${small}`) })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(place(page)).toContainText(small);
  await ready(page);
  await expect(heading(page, "Instances")).toBeVisible();
  await instances(page, /^3 instances/);
  expect(await most(page), "rows of the other identity were shown").toBe(3);
  await page.reload();
  await expect(place(page)).toContainText(small);
});

test("two tabs are two identities", async ({ page }) => {
  await enterWorld(page, { instances: 3 }, "/instances");
  const small = await own(page);
  const second = await page.context().newPage();
  await open(second, "/instances");
  await add(second, "Demo", READER);
  await open(second, "/instances");
  await expect(place(second)).toContainText(STANDING);
  await page.bringToFront();
  await page.getByRole("button", { name: "Refresh" }).click();
  await instances(page, /^3 instances/);
  await expect(place(page)).toContainText(small);
  await page.reload();
  await ready(page);
  await expect(place(page)).toContainText(small);
  await second.bringToFront();
  await second.reload();
  await ready(second);
  await expect(place(second)).toContainText(STANDING);
  await expect(account(second)).toHaveText("reader");
  await second.close();
});

test("what was typed is not lost by a change of identity", async ({ page }) => {
  await enterWorld(page, {}, "/");
  await add(page, "Demo");
  await open(page, "/instances/new?step=details");
  const name = page.getByRole("textbox", { name: /^Name\s?(optional)?$/ });
  await name.fill("typed before");
  await choose(page, /^demo/);
  await expect(page.getByRole("alert").filter({ hasText: "would be lost" })).toBeVisible();
  await expect(name).toHaveValue("typed before");
});

test.describe("refusals", () => {
  test.use({ provoked: [/Failed to load resource.*(401|403|409|422)/] });

  test("a role is taken on with the cloud's leave, and left again", async ({ page }) => {
    await signIn(page, "Demo");
    await choose(page, "Switch role");
    const dialog = page.getByRole("dialog", { name: "Switch role" });
    await fillIn(dialog, { Role: "web-server" });
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Switch role" }).click();
    await expect(dialog.getByRole("alert")).toContainText("is not authorized to perform: sts:AssumeRole");
    await expect(dialog.getByLabel("Role", { exact: true })).toHaveValue("web-server");
    await fillIn(dialog, { Role: "Admin", Account: "444455556666" });
    await dialog.getByRole("button", { name: "Switch role" }).click();
    await expect(place(page)).toContainText("444455556666");
    await ready(page);
    await expect(account(page)).toHaveText("Admin/demo");
    await open(page, "/instances");
    await expect(page.getByText("No instances yet")).toBeVisible();
    await choose(page, /^Back to demo/);
    await expect(place(page)).toContainText(STANDING);
    await ready(page);
    await instances(page, /[3-9]\d instances/);
    // The role stays where it is, and its name is remembered.
    await choose(page, "Switch role");
    await expect(dialog.getByLabel("Taken on before").locator("option")).toContainText(["Another role", "arn:aws:iam::444455556666:role/Admin"]);
  });

  test("who is signed out of one goes on as the other, and a tab of the first asks for sign-in", async ({ page }) => {
    await enterWorld(page, { instances: 3 }, "/instances");
    const small = await own(page);
    const second = await page.context().newPage();
    await open(second, "/instances");
    await add(second, "Demo");
    await choose(second, new RegExp(`^demo.*${small}`));
    await expect(place(second)).toContainText(small);
    await ready(second);
    await choose(second, "Sign out of demo");
    await expect(place(second)).toContainText(STANDING);
    await expect(heading(second, "Dashboard")).toBeVisible();
    await second.close();
    await page.getByRole("button", { name: "Refresh" }).click();
    const renewal = page.getByRole("dialog", { name: "Sign in to go on" });
    await expect(renewal).toContainText(small);
    await renewal.getByRole("button", { name: "Go on in the demo" }).click();
    await expect(renewal).toBeHidden();
    const identities = (await (await page.request.get("/api/session/identities")).json()) as { account: string }[];
    expect(identities.length).toBe(2);
    expect(identities[0]?.account).toBe(STANDING);
  });

  test("a password of one's own is changed with the one there is", async ({ page }) => {
    await signIn(page, "Demo");
    await choose(page, "Change password");
    const dialog = page.getByRole("dialog", { name: "Change the password of demo" });
    await fillIn(dialog, { Password: "not-the-password", "New password": "another-secret", "New password again": "another-secret" });
    await dialog.getByRole("button", { name: "Change password" }).click();
    await expect(dialog.getByText("The old password was incorrect.")).toBeVisible();
    await expect(dialog.getByLabel("New password", { exact: true })).toHaveValue("another-secret");
    await dialog.getByLabel("Password", { exact: true }).fill("eucalyptus-demo");
    await dialog.getByRole("button", { name: "Change password" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText("Your password is changed")).toBeVisible();
  });
});

test("on a cloud that others wrote, a role leads into another account and back", async ({ page }) => {
  await enterCloud(page, MOTO, "/keypairs");
  await make(page, "keypairs", { name: "mine", key_type: "ed25519" });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(table(page)).toContainText("mine");
  await choose(page, "Switch role");
  const dialog = page.getByRole("dialog", { name: "Switch role" });
  await fillIn(dialog, { Role: "arn:aws:iam::111122223333:role/Admin" });
  await dialog.getByRole("button", { name: "Switch role" }).click();
  await expect(place(page)).toContainText("111122223333");
  await ready(page);
  await open(page, "/keypairs");
  await expect(page.getByText("No key pairs yet")).toBeVisible();
  await choose(page, /^Back to/);
  await expect(place(page)).toContainText(STANDING);
  await ready(page);
  await expect(table(page)).toContainText("mine");
});

test("identities of two clouds are in one session", async ({ page }) => {
  await enterCloud(page, DEMO, "/");
  await add(page, "Moto");
  await expect(place(page)).toContainText("Moto");
  await choose(page, /^demo\s*Demo/);
  await expect(place(page)).toContainText("Demo");
  await ready(page);
  await choose(page, "Sign out of all");
  await expect(heading(page, "Sign in to Canopy")).toBeVisible();
  expect((await page.request.get("/api/session")).status()).toBe(401);
});
