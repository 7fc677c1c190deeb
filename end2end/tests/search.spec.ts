// The search: facets, values, text, and the address that holds them.

import { enterWorld, rows } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

test("values of one facet widen, another facet narrows, and the address keeps it", async ({ page }) => {
  // Tall enough for all of them: only rows in sight are in the document.
  await page.setViewportSize({ width: 1440, height: 2400 });
  await enterWorld(page, {}, "/instances?state=stopped");
  await expect(rows(page, "stopped").first()).toBeVisible();
  await expect(rows(page, "running")).toHaveCount(0);
  const stopped = await rows(page, "stopped").count();

  const search = page.getByRole("combobox", { name: "Search instances" });
  await search.fill("State");
  await search.press("ArrowDown");
  await search.press("Enter");
  await page.getByRole("option", { name: /Running/ }).click();
  await expect(page).toHaveURL(/state=stopped&state=running/);
  await expect(rows(page, "running").first()).toBeVisible();
  await expect(rows(page, "stopped")).toHaveCount(stopped);

  await page.reload();
  await expect(rows(page, "running").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /Remove State/ })).toHaveCount(2);
});

test("a search that came with the address is cleared by one button", async ({ page }) => {
  await enterWorld(page, {}, "/instances?state=stopped");
  await page.getByRole("button", { name: "Clear search" }).click();
  await expect(page).not.toHaveURL(/state=/);
});

test("going back brings back what was asked before", async ({ page }) => {
  await enterWorld(page, {}, "/instances");
  const search = page.getByRole("combobox", { name: "Search instances" });
  await search.fill("web-");
  await search.press("Enter");
  await expect(page).toHaveURL(/q=web-/);
  await rows(page, "web-").first().getByRole("link").first().click();
  await expect(page.getByRole("tab", { name: "General" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/q=web-/);
  await expect(rows(page, "web-").first()).toBeVisible();
  await expect(rows(page, "bastion")).toHaveCount(0);
});

test("nothing that fits is told apart from nothing there", async ({ page }) => {
  await enterWorld(page, {}, "/instances?q=no-such-thing");
  await expect(page.getByText("Nothing fits this search")).toBeVisible();
  await enterWorld(page, { instances: 0 }, "/instances");
  await expect(page.getByText("No instances yet")).toBeVisible();
});

test("another region is another list, on the same page", async ({ page }) => {
  await enterWorld(page, {}, "/instances?state=running");
  await expect(rows(page, "running").first()).toBeVisible();
  await page.getByRole("combobox", { name: "Region" }).selectOption("eu-west-1");
  await expect(page).toHaveURL(/state=running.*region=eu-west-1/);
  await expect(rows(page, "eu-west-1").first()).toBeVisible();
  await expect(rows(page, "us-east-1")).toHaveCount(0);
});
