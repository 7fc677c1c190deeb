// The door: who gets in, who does not, and what is said to them.

import { CLOUDS, enterKeys, enterWorld, heading, open, signIn } from "../fixtures/console";
import { expect, KEYS, test } from "../fixtures/test";

test("the demo opens with one click", async ({ page }) => {
  await open(page, "/");
  await page.getByRole("button", { name: "Open the demo" }).click();
  await expect(heading(page, "Dashboard")).toBeVisible();
});

test("after signing in one is where one wanted to go", async ({ page }) => {
  await open(page, "/images?owner=all");
  await expect(heading(page, "Sign in to Canopy")).toBeVisible();
  await enterKeys(page, "Demo");
  await expect(heading(page, "Images")).toBeVisible();
  await expect(page).toHaveURL(/owner=all/);
});

test("two sessions of the demo do not see each other", async ({ page, browser, canopy }) => {
  await enterWorld(page, { instances: 3 }, "/instances");
  await expect(page.getByRole("status").filter({ hasText: "3 instances" })).toBeVisible();
  const other = await browser.newContext({ baseURL: canopy.origin });
  const second = await other.newPage();
  await enterWorld(second, { instances: 5 }, "/instances");
  await expect(second.getByRole("status").filter({ hasText: "5 instances" })).toBeVisible();
  await other.close();
});

test.describe("refusals", () => {
  // A browser reports every answer of 400 and above in its console.
  test.use({ provoked: [/Failed to load resource.*(401|403|422|502|503|504)/] });

  test("a wrong secret is refused, and what was typed stays", async ({ page }) => {
    await open(page, "/login");
    await enterKeys(page, "Demo", { ...KEYS, secret: "not-the-secret" });
    await expect(page.getByRole("alert").getByText("The cloud refused these credentials")).toBeVisible();
    await expect(page.getByLabel("Access key ID")).toHaveValue(KEYS.id);
    await expect(page.getByLabel("Cloud", { exact: true }).locator("option:checked")).toHaveText("Demo");
    await page.getByLabel("Secret access key").fill(KEYS.secret);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(heading(page, "Dashboard")).toBeVisible();
  });

  test("a cloud that does not answer is named as the trouble", async ({ page }) => {
    await open(page, "/login");
    await enterKeys(page, "Nowhere");
    await expect(page.getByRole("alert").getByText("No connection")).toBeVisible();
    await expect(page.getByLabel("Access key ID")).toHaveValue(KEYS.id);
  });

  test("an account that wants an MFA code says so", async ({ page }) => {
    await open(page, "/login");
    await page.getByText("Session token, MFA, region").click();
    await page.getByLabel("MFA device").fill("arn:aws:iam::123456789012:mfa/olivia");
    await page.getByLabel("MFA code").fill("000000");
    await enterKeys(page, "Demo", { id: "AKIAMFAUSER7NEXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzMFAUSERKEY" });
    await expect(page.getByText("MultiFactorAuthentication failed with invalid MFA one time pass code")).toBeVisible();
    await expect(page.getByLabel("MFA code")).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("MFA device")).toHaveValue("arn:aws:iam::123456789012:mfa/olivia");
  });
});

test("empty fields are told at the fields, without a request", async ({ page }) => {
  await open(page, "/login");
  await page.getByLabel("Cloud", { exact: true }).selectOption({ label: "Moto" });
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("Enter the access key ID.")).toBeVisible();
  await expect(page.getByLabel("Access key ID")).toBeFocused();
  await expect(page.getByLabel("Secret access key")).toHaveAttribute("aria-invalid", "true");
});

test.describe("before the application has arrived", () => {
  test.use({ javaScriptEnabled: false, provoked: [/Failed to load resource.*(401|422)|preloaded using link preload but not used/] });

  for (const cloud of CLOUDS) {
    test(`the plain form signs in to ${cloud.label}`, async ({ page }) => {
      await page.goto("/login");
      await enterKeys(page, cloud.label);
      await expect(page).toHaveURL("/");
      await expect(page).toHaveTitle(/Dashboard/);
    });
  }

  test("the plain form says what was refused, and keeps what was typed", async ({ page }) => {
    await page.goto("/login");
    await enterKeys(page, "Demo", { ...KEYS, secret: "not-the-secret" });
    await expect(page.getByText("The cloud refused these credentials")).toBeVisible();
    await expect(page.getByLabel("Access key ID")).toHaveValue(KEYS.id);
    await expect(page.getByLabel("Secret access key")).toHaveValue("");
  });
});

test("the cookie is out of reach of scripts and of other sites", async ({ page }) => {
  await signIn(page, "Demo");
  const cookie = (await page.context().cookies()).find((each) => each.name.includes("canopy"));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/" });
});

test.describe("where users may name a cloud", () => {
  test.use({ flags: ["--custom"], provoked: [/Failed to load resource.*422/] });

  test("its fields are those of another cloud alone, and one inside is refused at the field", async ({ page }) => {
    await open(page, "/login");
    const endpoint = page.getByLabel("Endpoint", { exact: true });
    await expect(endpoint).toBeHidden();
    await page.getByLabel("Cloud", { exact: true }).selectOption({ label: "Another cloud" });
    await endpoint.fill("https://127.0.0.1:8773/services/{component}");
    await enterKeys(page, "Another cloud");
    await expect(page.getByText("Clouds at this address cannot be signed in to here.")).toBeVisible();
    await expect(endpoint).toBeFocused();
    await expect(endpoint).toHaveValue("https://127.0.0.1:8773/services/{component}");
    await expect(page.getByLabel("Access key ID")).toHaveValue(KEYS.id);
  });
});
