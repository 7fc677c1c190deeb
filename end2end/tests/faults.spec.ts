// When things go wrong: each gives a clear message, and what was typed is still there.

import { type Page } from "@playwright/test";
import { act, chooseImage, confirm, enterKeys, enterWorld, heading, nameField, next, open, rows, signIn } from "../fixtures/console";
import { type Fate, type Front, startFront } from "../fixtures/front";
import { launch, list, REGION } from "../fixtures/given";
import { expect, KEYS, test } from "../fixtures/test";

test.use({ provoked: [/Failed to load resource.*(400|401|403|404|409|422|429|500|502|503|504)/] });

test("a cloud that fails in mid-list: what has arrived stays, and the rest can be asked for again", async ({ page }) => {
  await enterWorld(page, { instances: 2500, faults: "DescribeInstances:InternalError#2" }, "/instances");
  await expect(page.getByRole("alert").getByText("The cloud failed")).toBeVisible();
  await expect(page.getByText("the list may not be complete")).toBeVisible();
  expect(await rows(page, "running").count()).toBeGreaterThan(5);
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
});

test("a cloud that throttles is waited for, and then said to", async ({ page }) => {
  await enterWorld(page, { faults: "DescribeInstances:RequestLimitExceeded" }, "/instances");
  const error = page.getByRole("main").getByRole("alert");
  await expect(error.getByText("The cloud asks for fewer requests")).toBeVisible({ timeout: 30_000 });
  await expect(error).toContainText("RequestLimitExceeded");
});

test("a cloud that throttles now and then is not noticed", async ({ page }) => {
  await enterWorld(page, { instances: 20, faults: "DescribeInstances:RequestLimitExceeded@0.3" }, "/instances");
  await expect(page.getByRole("status").filter({ hasText: "20 instances" })).toBeVisible({ timeout: 30_000 });
});

test("garbage instead of an answer is an error like others", async ({ page }) => {
  await enterWorld(page, { faults: "DescribeImages:garbage" }, "/images");
  await expect(page.getByRole("alert").getByText("The cloud failed")).toBeVisible({ timeout: 30_000 });
});

test("what a form is refused because it is gone behind the console's back goes from its list", async ({ page }) => {
  await enterWorld(page, {}, "/images?owner=self");
  const image = (await list(page, `images?region=${REGION}&owner=self`)).find((row) => row.state === "available")?.id ?? "";
  await rows(page, image).getByRole("button", { name: /^Actions for / }).click();
  await page.getByRole("menuitem", { name: "Deregister", exact: true }).click();
  const dialog = page.getByRole("dialog");
  const data = { action: { do: "deregister", with_snapshots: false }, ids: [image] };
  const answer = await page.request.post(`/api/images/actions?region=${REGION}`, { headers: { "x-canopy": "1" }, data });
  expect((await answer.json())[0].error).toBeUndefined();
  await dialog.getByRole("button", { name: "Deregister", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("InvalidAMIID");
  await expect(rows(page, image)).toHaveCount(0);
});

test("an expired session is renewed in place, and the launch goes on with what was typed", async ({ page }) => {
  await enterWorld(page, { faults: "RunInstances:ExpiredToken" }, "/instances/new");
  await fillWizard(page, "survivor");
  await page.getByRole("button", { name: "Launch instance" }).click();
  const renewal = page.getByRole("dialog", { name: "Sign in to go on" });
  await expect(renewal).toBeVisible();
  await renewal.getByRole("button", { name: "Go on in the demo" }).click();
  await expect(heading(page, "Instances")).toBeVisible();
  await expect(rows(page, "survivor")).toHaveCount(1);
});

test("a session that has run out asks for sign-in where one is", async ({ page }) => {
  await enterWorld(page, {}, "/instances");
  await expect(rows(page, "running").first()).toBeVisible();
  // Ended elsewhere: the server no longer knows it.
  await page.request.delete("/api/session", { headers: { "x-canopy": "1" } });
  await page.getByRole("button", { name: "Refresh" }).click();
  const renewal = page.getByRole("dialog", { name: "Sign in to go on" });
  await renewal.getByRole("button", { name: "Go on in the demo" }).click();
  await expect(renewal).toBeHidden();
  await expect(rows(page, "running").first()).toBeVisible();
});

test("what one may not do is refused in the cloud's words", async ({ page }) => {
  await signIn(page, "Demo", { id: "AKIAREADONLY7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzREADONLYKEY" });
  await page.getByRole("link", { name: "Instances", exact: true }).first().click();
  await act(page, "web-1", "Reboot");
  await confirm(page, "Reboot");
  await expect(page.getByRole("alert").getByText("You are not allowed to do this")).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("UnauthorizedOperation");
});

test("no capacity: the refusal is told beside the form, which keeps everything", async ({ page }) => {
  await enterWorld(page, { faults: "RunInstances:InsufficientInstanceCapacity" }, "/instances/new");
  await fillWizard(page, "patient");
  await page.getByRole("button", { name: "Launch instance" }).click();
  await expect(page.getByRole("alert").getByText("sufficient capacity")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("navigation", { name: "Steps" }).getByRole("button", { name: "Details" }).click();
  await expect(nameField(page)).toHaveValue("patient");
});

test("user data of 20 KB is refused before it is sent", async ({ page }) => {
  await enterWorld(page, {}, "/instances/new");
  await chooseImage(page, "amzn2");
  await next(page, "Details");
  await nameField(page).fill("too much");
  await page.getByLabel("Choose a file").setInputFiles({ name: "big.sh", mimeType: "text/x-sh", buffer: Buffer.alloc(20 * 1024, "#") });
  await expect(page.getByText("User data has at most 16 KB; this is 20 KB.")).toBeVisible();
  await page.getByRole("button", { name: "Next: Network and security" }).click();
  await expect(page.getByRole("main").getByRole("heading", { level: 2, name: "Details" })).toBeVisible();
  await page.getByRole("button", { name: "Remove the file" }).click();
  await expect(page.getByText("User data has at most")).toBeHidden();
  await expect(nameField(page)).toHaveValue("too much");
});

test("a key pair of a name that is taken: told at the name, which stays to be changed", async ({ page }) => {
  await signIn(page, "Moto");
  for (const created of [true, false]) {
    await page.goto("/instances/new?step=security");
    await expect(page.locator("html[data-ready]")).toBeAttached();
    await page.getByRole("button", { name: "Create key pair" }).click();
    const dialog = page.getByRole("dialog", { name: "Create key pair" });
    await dialog.getByLabel("Name").fill("twice");
    await dialog.getByRole("button", { name: "Create key pair" }).click();
    if (created) {
      await page.getByRole("button", { name: "I have the file" }).click();
    } else {
      await expect(dialog.getByLabel("Name")).toHaveAttribute("aria-invalid", "true");
      await expect(dialog).toContainText("already exists");
      await expect(dialog.getByLabel("Name")).toHaveValue("twice");
    }
  }
});

test("an instance that is not there is said to be gone", async ({ page }) => {
  await enterWorld(page, {}, "/instances/i-00000000000000000");
  await expect(page.getByText("This instance is gone")).toBeVisible();
  await page.getByRole("link", { name: "Back to the instances" }).click();
  await expect(heading(page, "Instances")).toBeVisible();
});

test("an address that leads nowhere says so", async ({ page }) => {
  await enterWorld(page, {}, "/elephants");
  await expect(page).toHaveTitle(/Canopy/);
  await expect(page.getByRole("main")).toContainText("There is no such page");
});

/** Moto behind a front that lets it fail as clouds do, for what it cannot be asked for itself. */
const fronted = test.extend<{ front: Front }>({
  front: async ({ motoProcess }, use) => {
    const front = await startFront(motoProcess.origin);
    await use(front);
    await front.stop();
  },
  motoOrigin: async ({ front }, use) => use(front.origin),
});

fronted.describe("on a cloud that others wrote", () => {
  const MOTO = { label: "Moto", takesTime: false };
  const refusal = (status: number, code: string): Fate => ({
    status,
    body: `<Response><Errors><Error><Code>${code}</Code><Message>As the cloud says.</Message></Error></Errors><RequestID>r-1</RequestID></Response>`,
  });
  /** This operation fails, the others do not. */
  const fail = (front: Front, operation: string, fate: Fate) =>
    front.decide(({ body }) => (body.includes(`Action=${operation}&`) ? fate : "pass"));

  fronted("a list that breaks off is said, and is whole at the next try", async ({ page, front }) => {
    await signIn(page, "Moto");
    await launch(page, MOTO, "broken");
    fail(front, "DescribeInstances", "half");
    await page.getByRole("link", { name: "Instances", exact: true }).first().click();
    const error = page.getByRole("main").getByRole("alert");
    await expect(error).toBeVisible({ timeout: 30_000 });
    front.decide(() => "pass");
    await error.getByRole("button", { name: "Try again" }).click();
    await expect(rows(page, "broken")).toHaveCount(1);
    await expect(error).toBeHidden();
  });

  fronted("throttling is waited for, and then said", async ({ page, front }) => {
    // From the start: the dashboard asks for instances too, and whoever asks meanwhile has its answer.
    fail(front, "DescribeInstances", refusal(503, "RequestLimitExceeded"));
    await signIn(page, "Moto");
    await page.getByRole("link", { name: "Instances", exact: true }).first().click();
    await expect(heading(page, "Instances")).toBeVisible();
    await expect(page.getByRole("main").getByRole("alert")).toContainText("RequestLimitExceeded", { timeout: 30_000 });
  });

  fronted("what one may not do is refused in the cloud's words", async ({ page, front }) => {
    await signIn(page, "Moto");
    await launch(page, MOTO, "guarded");
    fail(front, "RebootInstances", refusal(403, "UnauthorizedOperation"));
    await open(page, "/instances");
    await act(page, "guarded", "Reboot");
    await confirm(page, "Reboot");
    const error = page.getByRole("alert").filter({ hasText: "You are not allowed to do this" });
    await expect(error).toContainText("As the cloud says.");
  });

  fronted("an expired token asks for the keys in place, and the launch goes on with what was typed", async ({ page, front }) => {
    await signIn(page, "Moto");
    await open(page, "/instances/new");
    await fillWizard(page, "survivor");
    fail(front, "RunInstances", refusal(400, "RequestExpired"));
    await page.getByRole("button", { name: "Launch instance" }).click();
    const renewal = page.getByRole("dialog", { name: "Sign in to go on" });
    await expect(renewal).toBeVisible();
    front.decide(() => "pass");
    await renewal.getByLabel("Access key ID").fill(KEYS.id);
    await renewal.getByLabel("Secret access key").fill(KEYS.secret);
    await renewal.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(heading(page, "Instances")).toBeVisible();
    await expect(rows(page, "survivor")).toHaveCount(1);
  });

  fronted("a wrong secret is told from the cloud's own look at the signature, and the key stays", async ({ page, motoProcess }) => {
    const scope = "Credential=AKIAX/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0";
    const ask = async (query: string) => {
      const headers = { authorization: `AWS4-HMAC-SHA256 ${scope}`, "content-type": "application/x-www-form-urlencoded" };
      const answer = await fetch(motoProcess.origin, { method: "POST", headers, body: `${query}&Version=2010-05-08` });
      return answer.text();
    };
    await ask("Action=CreateUser&UserName=ann");
    const [, id = ""] = (await ask("Action=CreateAccessKey&UserName=ann")).match(/<AccessKeyId>(\w+)</) ?? [];
    await motoProcess.authenticate();
    await open(page, "/login");
    await enterKeys(page, "Moto", { id, secret: KEYS.secret });
    await expect(page.getByRole("alert")).toContainText("The cloud refused these credentials");
    await expect(page.getByLabel("Access key ID")).toHaveValue(id);
    await expect(page.getByLabel("Cloud", { exact: true })).toHaveValue("moto");
  });
});

/** Everything that a launch needs. */
async function fillWizard(page: Page, name: string) {
  await chooseImage(page, "amzn2");
  await next(page, "Details");
  await nameField(page).fill(name);
  await next(page, "Network and security");
  await page.getByLabel("Key pair", { exact: true }).selectOption({ label: "None: launch without a key pair" });
}
