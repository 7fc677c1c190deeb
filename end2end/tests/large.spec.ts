// Large accounts and slow clouds.

import { enterWorld, rows } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

test("the first of 5,000 instances are on the screen while later pages are on their way", async ({ page }) => {
  await enterWorld(page, { instances: 5000, delay: 1000 }, "/instances");
  // Both at once: rows in sight, and a count that says there is more to come.
  await expect(rows(page, "i-").first()).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: /so far/ })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "5,000 instances" })).toBeVisible({ timeout: 30_000 });
});

test("a list of 14,000 images is searched as it is typed", async ({ page }) => {
  await enterWorld(page, { images: 14_000 }, "/images?owner=all");
  await expect(page.getByRole("status").filter({ hasText: /^1[34],\d{3} images$/ })).toBeVisible({ timeout: 30_000 });
  await page.getByRole("combobox", { name: "Search images" }).pressSequentially("windows");
  await expect(page.getByRole("status").filter({ hasText: /of 1[34],\d{3} images/ })).toBeVisible();
  await expect(rows(page, /windows/i).first()).toBeVisible();
  // Only what is in sight is drawn.
  expect(await page.getByRole("row").count()).toBeLessThan(120);
});
