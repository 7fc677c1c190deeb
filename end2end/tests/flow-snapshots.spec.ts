// Snapshots and what is made of them, as people used them in the console before this one: its flow 5.

import { act, CLOUDS, create, enterCloud, heading, onPage, open, rows, send } from "../fixtures/console";
import { deleteInList, deleteOnPage, fromDashboard, go, isVolume, visit } from "../fixtures/flow";
import { launch, make, ZONE } from "../fixtures/given";
import { expect, test } from "../fixtures/test";

const OTHER_ZONE = "us-east-1b";

for (const cloud of CLOUDS) {
  test(`flow 5: snapshots, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(180_000);
    await enterCloud(page, cloud, "/keypairs");
    const volume = await make(page, "volumes", { name: "flow-disk", zone: ZONE, size: 1, volume_type: "gp3" });
    await go(page, "Volumes");
    await isVolume(page, "flow-disk", "available");
    const isComplete = async (name: string) => {
      await go(page, "Snapshots");
      await expect(rows(page, name)).toContainText("completed", { timeout: 40_000 });
    };
    const deregister = async (name: string, snapshot?: string) => {
      await open(page, "/images?owner=self");
      if (snapshot) {
        await act(page, name, "Deregister with its snapshots");
        const dialog = page.getByRole("dialog");
        await expect(dialog.getByRole("listitem").filter({ hasText: `Deregister image ${name}` })).toBeVisible();
        await expect(dialog.getByRole("listitem").filter({ hasText: `Delete snapshot ${snapshot}` })).toBeVisible();
        await dialog.getByRole("button", { name: "Do it in 2 steps" }).click();
        await expect(dialog.getByText(`${name} is deregistered`)).toBeVisible();
        await dialog.getByRole("button", { name: "Done", exact: true }).click();
      } else {
        await act(page, name, "Deregister");
        await send(page, {}, "Deregister");
      }
      await expect(rows(page, name)).toHaveCount(0);
    };

    await test.step("of a volume, on its page", async () => {
      await open(page, `/volumes/${volume}?tab=snapshots`);
      await page.getByRole("main").getByRole("button", { name: "Create snapshot" }).click();
      await send(page, { Name: "flow-one" }, "Create snapshot");
      const row = page.getByRole("region", { name: "Snapshots" });
      await expect(row).toContainText("completed", { timeout: 40_000 });
      await row.getByRole("link", { name: "flow-one" }).click();
      await expect(heading(page, /^flow-one/)).toBeVisible();
    });
    await test.step("from the dashboard, and from the list while it is attached", async () => {
      await fromDashboard(page, "Create snapshot");
      await send(page, { Volume: volume, Name: "flow-two" }, "Create snapshot");
      await isComplete("flow-two");
      const { id: instance } = await launch(page, cloud, "flow-host");
      await go(page, "Volumes");
      await act(page, "flow-disk", "Attach");
      await send(page, { Instance: instance, Device: "/dev/sdg" }, "Attach");
      await isVolume(page, "flow-disk", "/dev/sdg");
      await go(page, "Snapshots");
      await create(page, "Create snapshot", { Volume: volume, Name: "flow-three" });
      await isComplete("flow-three");
    });
    await test.step("register one as an image in the list, and take that back", async () => {
      await act(page, "flow-one", "Register as image");
      await send(page, { Name: "flow-image" }, "Register image");
      await open(page, "/images?owner=self");
      await visit(page, "flow-image");
      await deregister("flow-image");
    });
    await test.step("make volumes of it in another zone, from the list and from its page", async () => {
      await go(page, "Snapshots");
      for (const from of ["list", "page"]) {
        if (from === "list") {
          await act(page, "flow-one", "Create volume");
        } else {
          await go(page, "Snapshots");
          await visit(page, "flow-one");
          await onPage(page, "Create volume");
        }
        await send(page, { Name: `flow-of-${from}`, Zone: OTHER_ZONE }, "Create volume");
        await go(page, "Volumes");
        await isVolume(page, `flow-of-${from}`, "available");
        await deleteInList(page, `flow-of-${from}`);
      }
    });
    await test.step("register one from its page, and remove the image with its snapshot", async () => {
      await go(page, "Snapshots");
      await visit(page, "flow-two");
      await onPage(page, "Register as image");
      await send(page, { Name: "flow-golden", Description: "By the flow" }, "Register image");
      // moto forgets which snapshot an image was registered from.
      if (cloud.label === "Moto") {
        await deregister("flow-golden");
      } else {
        await deregister("flow-golden", "flow-two");
        await go(page, "Snapshots");
        await expect(rows(page, "flow-three")).toHaveCount(1);
        await expect(rows(page, "flow-two")).toHaveCount(0);
      }
    });
    await test.step("delete the rest, on a page and in the list", async () => {
      await go(page, "Snapshots");
      await visit(page, "flow-one");
      await deleteOnPage(page, "flow-one", "Snapshots");
      await deleteInList(page, "flow-three");
    });
  });
}
