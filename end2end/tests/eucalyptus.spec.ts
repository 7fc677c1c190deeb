// Signing in with account, user and password, where the cloud has them.

import type { Page } from "@playwright/test";
import { heading, open } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

test.use({ flags: ["--demo-eucalyptus"] });

async function enterPassword(page: Page, user: string, password: string) {
  await page.getByLabel("Cloud", { exact: true }).selectOption({ label: "Demo as Eucalyptus" });
  await page.getByLabel("Account", { exact: true }).fill("demo-account");
  await page.getByLabel("User name").fill(user);
  await page.getByLabel("Password", { exact: true }).and(page.locator("input[name=password]")).fill(password);
}

const send = (page: Page) => page.getByRole("button", { name: "Sign in", exact: true }).click();

test("the fields are those of the cloud that is chosen", async ({ page }) => {
  await open(page, "/login");
  await expect(page.getByLabel("Access key ID")).toBeVisible();
  await expect(page.getByLabel("User name")).toBeHidden();
  await page.getByLabel("Cloud", { exact: true }).selectOption({ label: "Demo as Eucalyptus" });
  await expect(page.getByLabel("User name")).toBeVisible();
  await expect(page.getByLabel("Access key ID")).toBeHidden();
  await page.getByRole("radio", { name: "Access key" }).check();
  await expect(page.getByLabel("Access key ID")).toBeVisible();
  await expect(page.getByLabel("User name")).toBeHidden();
});

test("a password opens a session with that cloud", async ({ page }) => {
  await open(page, "/instances");
  await enterPassword(page, "demo", "eucalyptus-demo");
  await send(page);
  await expect(heading(page, "Instances")).toBeVisible();
  await expect(page.getByRole("group", { name: "Signed in to" })).toContainText("Demo as Eucalyptus");
  await expect(page.getByRole("grid").getByRole("row").nth(1)).toBeVisible();
  await open(page, "/addresses");
  await expect(page.getByRole("grid").getByRole("row").nth(1)).toContainText("198.18.");
});

test.describe("refusals", () => {
  test.use({ provoked: [/Failed to load resource.*(401|422)/] });

  test("a wrong password is refused in words, and what was typed stays", async ({ page }) => {
    await open(page, "/login");
    await enterPassword(page, "demo", "not-the-password");
    await send(page);
    await expect(page.getByRole("alert").getByText("does not know this account and user, or the password is wrong")).toBeVisible();
    await expect(page.getByLabel("User name")).toHaveValue("demo");
  });

  test("an expired password is changed at the door", async ({ page }) => {
    await open(page, "/login");
    await enterPassword(page, "grace", "eucalyptus-expired");
    await send(page);
    await expect(page.getByRole("alert").getByText("Your password has expired")).toBeVisible();
    await page.getByLabel("New password", { exact: true }).fill("another-secret");
    await page.getByLabel("New password again").fill("another-sekret");
    await send(page);
    await expect(page.getByText("This is not the same as the new password.")).toBeVisible();
    await page.getByLabel("New password again").fill("another-secret");
    await send(page);
    await expect(heading(page, "Dashboard")).toBeVisible();
  });
});

test.describe("before the application has arrived", () => {
  test.use({ javaScriptEnabled: false, provoked: [/Failed to load resource.*(401|422)|preloaded using link preload but not used/] });

  test("the plain form changes an expired password and signs in", async ({ page }) => {
    await page.goto("/login");
    await enterPassword(page, "grace", "eucalyptus-expired");
    await send(page);
    await expect(page.getByText("Your password has expired")).toBeVisible();
    await expect(page.getByLabel("User name")).toHaveValue("grace");
    await page.locator("input[name=password]").fill("eucalyptus-expired");
    await page.getByLabel("New password", { exact: true }).fill("another-secret");
    await page.getByLabel("New password again").fill("another-secret");
    await send(page);
    await expect(page).toHaveTitle(/Dashboard/);
  });
});
