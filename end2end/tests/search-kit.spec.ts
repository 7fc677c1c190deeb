// The search alone, over 100,000 rows, with what it tells.

import { CLOUDS, enterCloud, enterWorld, open } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

test("100,000 rows are searched in the browser alone, and every event is shown", async ({ page }) => {
  await enterWorld(page, {}, "/");
  const asked: string[] = [];
  await open(page, "/kit");
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const events = page.getByRole("log", { name: "Events" });
  await expect(events.getByText("100000 rows, complete: true")).toBeVisible({ timeout: 60_000 });
  const search = page.getByRole("combobox", { name: "Search instances" });
  await search.fill("web-777");
  await expect(events.getByText("web-777")).toBeVisible();
  await search.press("Enter");
  await expect(events.getByRole("listitem").filter({ hasText: /^query web-777$/ })).toBeVisible();
  const row = page.getByRole("table").getByRole("radio").first();
  await row.check();
  await expect(events.getByRole("listitem").filter({ hasText: /^picked i-/ })).toBeVisible();
  expect(asked.filter((path) => path.startsWith("/api/instances"))).toEqual([]);
});

test("it is a part of its own, which no list fetches", async ({ page }) => {
  await enterWorld(page, {}, "/instances");
  await expect(page.locator("link[rel=preload][href*='/split_kit.']")).toHaveCount(0);
});

for (const cloud of CLOUDS.filter((cloud) => cloud.label !== "Demo")) {
  test.describe(`on ${cloud.label}`, () => {
    test.use({ provoked: [/Failed to load resource.*404/] });

    test("it is not there: it is for the demo and for development", async ({ page }) => {
      await enterCloud(page, cloud, "/kit");
      await expect(page.getByText("There is no such page")).toBeVisible();
      await expect(page.getByRole("log", { name: "Events" })).toHaveCount(0);
    });
  });
}
