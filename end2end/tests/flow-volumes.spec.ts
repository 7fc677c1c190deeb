// Volumes as people used them in the console before this one: its flow 4.

import { act, CLOUDS, confirm, create, enterCloud, fillIn, onPage, open, rows, send } from "../fixtures/console";
import { deleteInList, deleteOnPage, fromDashboard, go, isVolume, terminate, visit } from "../fixtures/flow";
import { launch, list, make, REGION, ZONE } from "../fixtures/given";
import { expect, test } from "../fixtures/test";

const OTHER_ZONE = "us-east-1b";

for (const cloud of CLOUDS) {
  test(`flow 4: volumes, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(180_000);
    await enterCloud(page, cloud, "/keypairs");
    await go(page, "Volumes");
    await create(page, "Create volume", { Name: "flow-disk", Zone: ZONE, "Size (GiB)": "2" });
    await isVolume(page, "flow-disk", "available");
    const { id: instance } = await launch(page, cloud, "flow-host");
    const volume = (await list(page, `volumes?region=${REGION}`)).find((row) => JSON.stringify(row).includes("flow-disk"))?.id ?? "";

    await test.step("what is attached to nothing measures nothing", async () => {
      await open(page, `/volumes/${volume}?tab=monitoring`);
      await expect(page.getByText("A volume measures only while it is attached to an instance.")).toBeVisible();
    });
    await test.step("attach on the page of the instance", async () => {
      await open(page, `/instances/${instance}?tab=storage`);
      await onPage(page, "Attach volume");
      await send(page, { Volume: volume }, "Attach");
      await expect(page.getByRole("region", { name: "Volumes" })).toContainText(volume);
      await go(page, "Volumes");
      await isVolume(page, "flow-disk", "in-use");
    });
    const detach = async () => {
      await act(page, "flow-disk", "Detach");
      await confirm(page, "Detach");
      await isVolume(page, "flow-disk", "available");
    };
    await test.step("detach in the list, attach from the list of instances", async () => {
      await detach();
      await go(page, "Instances");
      await act(page, "flow-host", "Attach volume");
      await send(page, { Volume: volume }, "Attach");
      await go(page, "Volumes");
      await isVolume(page, "flow-disk", "in-use");
      await detach();
    });
    await test.step("attach on the page of the volume, at a device of one's own", async () => {
      await visit(page, "flow-disk");
      await onPage(page, "Attach");
      const dialog = page.getByRole("dialog");
      await fillIn(dialog, { Instance: instance });
      await expect(dialog.getByLabel(/^Device/)).toHaveValue("/dev/sdf");
      await send(page, { Device: "/dev/sdj" }, "Attach");
      await go(page, "Volumes");
      await isVolume(page, "flow-disk", "/dev/sdj");
      await detach();
    });
    await test.step("attach in the list; it is free when the instance is gone", async () => {
      await act(page, "flow-disk", "Attach");
      await send(page, { Instance: instance }, "Attach");
      await isVolume(page, "flow-disk", "in-use");
      await terminate(page, "flow-host");
      await go(page, "Volumes");
      await isVolume(page, "flow-disk", "available");
      await deleteInList(page, "flow-disk");
    });
    await test.step("create from the dashboard, in another zone, and delete on its page", async () => {
      await fromDashboard(page, "Create volume");
      await send(page, { Name: "flow-other", Zone: OTHER_ZONE, "Size (GiB)": "3" }, "Create volume");
      await isVolume(page, "flow-other", "available");
      await expect(rows(page, "flow-other")).toContainText(OTHER_ZONE);
      await visit(page, "flow-other");
      await deleteOnPage(page, "flow-other", "Volumes");
    });
    await test.step("sort by name, in both directions", async () => {
      for (const name of ["!!!!flow", "~~~~flow"]) await make(page, "volumes", { name, zone: ZONE, size: 1, volume_type: "gp3" });
      await page.getByRole("button", { name: "Refresh" }).first().click();
      await isVolume(page, "~~~~flow", "available");
      const first = page.getByRole("grid").getByRole("row").nth(1);
      await page.getByRole("columnheader", { name: "Name" }).getByRole("button").first().click();
      await expect(first).toContainText("!!!!flow");
      await deleteInList(page, "!!!!flow");
      await page.getByRole("columnheader", { name: "Name" }).getByRole("button").first().click();
      await expect(first).toContainText("~~~~flow");
      await deleteInList(page, "~~~~flow");
    });
  });
}
