import { enterWorld, heading, open } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

test("the dashboard counts by area, leads to what it counts, and keeps the order one gives it", async ({ page }) => {
  await enterWorld(page, {}, "/");
  const storage = page.getByRole("region", { name: "Storage" });
  const kinds = storage.getByRole("heading", { level: 3 });
  await expect(kinds).toHaveText(["Volumes", "Snapshots"]);

  await storage.getByRole("button", { name: "Move Snapshots" }).click();
  await page.getByRole("menuitem", { name: "Move up" }).click();
  await expect(kinds).toHaveText(["Snapshots", "Volumes"]);
  await open(page, "/");
  await expect(kinds).toHaveText(["Snapshots", "Volumes"]);

  await storage.getByRole("link", { name: /^Available/i }).click();
  await expect(heading(page, /^Volumes/)).toBeVisible();
  expect(new URL(page.url()).searchParams.getAll("state")).toEqual(["available"]);
});
