// The code that comes when it is needed: it is not fetched before, and what cannot be fetched is said and can be asked for again.

import { enterWorld, heading, open, rows } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

const isPart = (url: string) => /\/pkg\/(split|chunk)_\w+\.[0-9a-f]+\.wasm$/.test(new URL(url).pathname);

test("signing in takes none of the parts, a list takes its own with the document", async ({ page }) => {
  await open(page, "/login");
  await expect(page.locator("link[rel=preload][href*='/split_']")).toHaveCount(0);
  expect(await page.locator("link[rel=prefetch][href*='/split_']").count()).toBeGreaterThan(2);
  await enterWorld(page, {}, "/instances");
  await expect(page.locator("link[rel=preload][href*='/split_list.']")).toHaveCount(1);
  await expect(rows(page, "running").first()).toBeVisible();
});

test.describe("when the code of a part cannot be fetched", () => {
  test.use({ provoked: [/Failed to (load resource|fetch)/] });

  test("a page says so, and comes when it is asked for again", async ({ page }) => {
    await page.route((url) => isPart(url.href), (route) => route.abort());
    await enterWorld(page, {});
    await page.getByRole("link", { name: "Instances", exact: true }).first().click();
    const missing = page.getByRole("main").getByRole("alert").filter({ hasText: "could not be loaded" });
    await expect(missing).toBeVisible();
    await page.unrouteAll();
    await missing.getByRole("button", { name: "Try again" }).click();
    await expect(heading(page, "Instances")).toBeVisible();
    await expect(rows(page, "running").first()).toBeVisible();
  });

  test("a dialog says so in a message, and opens at the next try", async ({ page }) => {
    await page.route((url) => url.pathname.includes("/split_dialogs."), (route) => route.abort());
    await enterWorld(page, {}, "/volumes");
    await page.getByRole("button", { name: "Create volume" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "could not be loaded" })).toBeVisible();
    await page.unrouteAll();
    await page.getByRole("button", { name: "Create volume" }).click();
    await expect(page.getByRole("dialog", { name: "Create volume" })).toBeVisible();
  });
});
