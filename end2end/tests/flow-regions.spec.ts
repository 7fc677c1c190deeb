// Lists, regions and the dashboard as people went through them in the console before this one: its flow 10.

import { CLOUDS, create, enterCloud, enterWorld, heading, rows, send } from "../fixtures/console";
import { deleteInList, fromDashboard, go, isVolume } from "../fixtures/flow";
import { ZONE } from "../fixtures/given";
import { expect, test } from "../fixtures/test";

for (const cloud of CLOUDS) {
  test(`flow 10: navigation, regions, dashboard, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(180_000);
    await enterCloud(page, cloud, "/keypairs");
    await go(page, "Images");
    await go(page, "Regions");
    for (const region of ["us-east-1", "eu-west-1"]) {
      const search = page.getByRole("combobox", { name: "Search regions" });
      await search.fill(region);
      await search.press("Enter");
      await expect(rows(page, region).first()).toBeVisible();
      await page.getByRole("button", { name: "Clear search" }).click();
    }
    const change = async (region: string) => {
      await page.getByRole("combobox", { name: "Region" }).selectOption(region);
      await expect(page).toHaveURL(new RegExp(`region=${region}`));
    };
    await go(page, "Volumes");
    await create(page, "Create volume", { Name: "flow-here", Zone: ZONE, "Size (GiB)": "1" });
    await isVolume(page, "flow-here", "available");
    // The test cloud of moto is one region.
    if (cloud.label === "Demo") {
      await change("eu-west-1");
      await expect(rows(page, "flow-here")).toHaveCount(0);
      await fromDashboard(page, "Create volume");
      await send(page, { Name: "flow-there", Zone: "eu-west-1b", "Size (GiB)": "1" }, "Create volume");
      await isVolume(page, "flow-there", "available");
      await deleteInList(page, "flow-there");
      await change("us-east-1");
    }
    await isVolume(page, "flow-here", "available");
    await deleteInList(page, "flow-here");

    await go(page, "Dashboard");
    const main = page.getByRole("main");
    await expect(main.getByRole("link", { name: "Launch instances" })).toBeVisible();
    await expect(main.getByRole("link", { name: "Create key pair", exact: true })).toBeVisible();
    await main.getByRole("link", { name: "Key pairs", exact: true }).click();
    await expect(heading(page, /^Key pairs/)).toBeVisible();
  });
}

test("a list opens the dialog that its address asks for once: the way back leads to the list", async ({ page }) => {
  await enterWorld(page, {}, "/volumes?create=1&state=available");
  const dialog = page.getByRole("dialog", { name: "Create volume" });
  await expect(dialog).toBeVisible();
  expect(new URL(page.url()).searchParams.has("create")).toBe(false);
  expect(new URL(page.url()).searchParams.get("state")).toBe("available");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.reload();
  await expect(rows(page, "available").first()).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
