// Volumes, snapshots and images: made, found, changed, refused, removed.

import type { Page } from "@playwright/test";
import { act, CLOUDS, confirm, enterWorld, fillIn, heading, open, rows, signIn } from "../fixtures/console";
import { launch, list, make, REGION, ZONE } from "../fixtures/given";
import { expect, test } from "../fixtures/test";

/** Fills in the dialog that an action or a button opened, and sends it. */
async function fill(page: Page, title: string | RegExp, fields: Record<string, string>, button: string) {
  const dialog = page.getByRole("dialog", { name: title });
  for (const [label, value] of Object.entries(fields)) {
    const field = dialog.getByLabel(label, { exact: false }).first();
    if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await expect(dialog).toBeHidden();
}

for (const cloud of CLOUDS) {
  test(`a volume, its snapshot and their image, from the first to the last, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(240_000);
    await signIn(page, cloud.label);
    const { id: instance } = await launch(page, cloud, "e2e-host");

    await test.step("create a volume, and find it by a filter", async () => {
      await open(page, "/volumes");
      await page.getByRole("button", { name: "Create volume" }).first().click();
      await page.getByRole("dialog", { name: "Create volume" }).getByRole("button", { name: "Create volume" }).click();
      await expect(page.getByText("Choose a zone.")).toBeVisible();
      await fill(page, "Create volume", { Name: "e2e-disk", Zone: ZONE, Size: "2" }, "Create volume");
      await expect(rows(page, "e2e-disk")).toContainText("available", { timeout: 20_000 });
      await page.getByRole("combobox", { name: "Search volumes" }).fill("e2e-disk");
      await page.getByRole("combobox", { name: "Search volumes" }).press("Enter");
      await expect(page.getByRole("grid").getByRole("row")).toHaveCount(2);
    });

    await test.step("attach it: the first free device is suggested", async () => {
      await act(page, "e2e-disk", "Attach");
      const dialog = page.getByRole("dialog", { name: "Attach e2e-disk" });
      await dialog.getByLabel("Instance").selectOption(instance);
      await expect(dialog.getByLabel("Device")).toHaveValue("/dev/sdf");
      await expect(dialog.getByText(`attach-volume --volume-id`)).toHaveCount(1);
      await dialog.getByRole("button", { name: "Attach", exact: true }).click();
      await expect(rows(page, "e2e-disk")).toContainText("in-use", { timeout: 20_000 });
      await expect(rows(page, "e2e-disk")).toContainText("/dev/sdf");
    });

    await test.step("let it grow", async () => {
      await act(page, "e2e-disk", "Modify");
      await fill(page, "Modify e2e-disk", { Size: "3" }, "Modify");
      await expect(rows(page, "e2e-disk")).toContainText("3 GiB");
    });

    await test.step("take a snapshot", async () => {
      await act(page, "e2e-disk", "Create snapshot");
      await fill(page, "Create snapshot", { Name: "e2e-backup", Description: "By the test" }, "Create snapshot");
      await act(page, "e2e-disk", "Show its snapshots");
      await expect(heading(page, "Snapshots")).toBeVisible();
      await expect(rows(page, "e2e-backup")).toContainText("completed", { timeout: 40_000 });
      await expect(rows(page, "e2e-backup")).toContainText("By the test");
    });

    await test.step("detach the volume, and delete it", async () => {
      await open(page, "/volumes");
      await act(page, "e2e-disk", "Detach");
      await confirm(page, "Detach");
      await expect(rows(page, "e2e-disk")).toContainText("available", { timeout: 20_000 });
      await act(page, "e2e-disk", "Delete");
      await expect(page.getByRole("dialog").getByText("These snapshots of it stay:")).toBeVisible();
      await confirm(page, "Delete");
      await expect(rows(page, "e2e-disk")).toHaveCount(0);
    });

    await test.step("restore a volume from the snapshot", async () => {
      await open(page, "/snapshots");
      await act(page, "e2e-backup", "Create volume");
      const dialog = page.getByRole("dialog", { name: "Create volume" });
      await expect(dialog.getByLabel("Size")).toHaveValue("3");
      await fill(page, "Create volume", { Name: "e2e-restored", Zone: ZONE }, "Create volume");
      await open(page, "/volumes");
      await expect(rows(page, "e2e-restored")).toContainText("available", { timeout: 20_000 });
      await act(page, "e2e-restored", "Delete");
      await confirm(page, "Delete");
      await expect(rows(page, "e2e-restored")).toHaveCount(0);
    });

    await test.step("register it as an image, describe and share that", async () => {
      await open(page, "/snapshots");
      await act(page, "e2e-backup", "Register as image");
      await fill(page, "Register as image", { Name: "e2e-image" }, "Register image");
      await open(page, "/images?owner=self");
      await expect(rows(page, "e2e-image")).toContainText("available");
      // moto cannot change the description of an image.
      if (cloud.label !== "Moto") {
        await act(page, "e2e-image", "Edit description");
        await fill(page, "Describe e2e-image", { Description: "Shared by the test" }, "Save");
        await expect(page.getByText("The description of e2e-image is saved")).toBeVisible();
      }
      await act(page, "e2e-image", "Share");
      await fill(page, "Share e2e-image", { "Accounts to let in": "111122223333" }, "Share");
      await page.getByRole("link", { name: "e2e-image", exact: true }).click();
      await expect(page.getByRole("main").getByText("111122223333")).toBeVisible();
    });

    await test.step("delete the snapshot: its image is named, and goes first", async () => {
      await open(page, "/snapshots");
      await act(page, "e2e-backup", "Delete");
      if (cloud.label === "Moto") {
        // moto forgets which snapshot an image was registered from, and lets the snapshot go.
        await confirm(page, "Delete");
        await expect(rows(page, "e2e-backup")).toHaveCount(0);
        await open(page, "/images?owner=self");
        await act(page, "e2e-image", "Deregister");
        await fill(page, "Deregister e2e-image", {}, "Deregister");
      } else {
        await expect(page.getByRole("dialog").getByRole("link", { name: "e2e-image" })).toBeVisible();
        await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
        await expect(page.getByText(/is currently in use by ami-/)).toBeVisible();
        await expect(rows(page, "e2e-backup")).toHaveCount(1);
        await act(page, "e2e-backup", "Deregister its images and delete");
        await confirm(page, "Deregister its images and delete");
        await expect(rows(page, "e2e-backup")).toHaveCount(0);
      }
      await open(page, "/images?owner=self");
      await expect(page.getByRole("heading", { level: 1, name: "Images" })).toBeVisible();
      await expect(rows(page, "e2e-image")).toHaveCount(0);
    });

    await test.step("make an image of the instance, and deregister it with its snapshots", async () => {
      await open(page, "/instances");
      await act(page, "e2e-host", "Create image");
      await fill(page, "Create image", { Name: "e2e-golden" }, "Create image");
      await open(page, "/images?owner=self");
      await expect(rows(page, "e2e-golden")).toContainText("available", { timeout: 40_000 });
      await act(page, "e2e-golden", "Deregister");
      const dialog = page.getByRole("dialog", { name: "Deregister e2e-golden" });
      // On moto deleting the snapshots is refused, for a reason that is still to be found.
      if (cloud.label !== "Moto") await dialog.getByRole("checkbox", { name: "Delete its snapshots, too" }).check();
      await dialog.getByRole("button", { name: "Deregister", exact: true }).click();
      await expect(dialog).toBeHidden();
      await expect(rows(page, "e2e-golden")).toHaveCount(0);
      await open(page, "/snapshots");
      await expect(heading(page, "Snapshots")).toBeVisible();
      await expect(rows(page, "e2e-golden")).toHaveCount(0);
    });
  });

  test(`a volume shows its snapshots, and takes new ones, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(180_000);
    await signIn(page, cloud.label);
    const volume = await make(page, "volumes", { name: "e2e-disk", zone: ZONE, size: 1, volume_type: "gp3" });
    const state = async () => (await list(page, `volumes?region=${REGION}`)).find((row) => row.id === volume)?.state;
    await expect.poll(state, { timeout: 20_000 }).toBe("available");
    await open(page, `/volumes/${volume}?tab=snapshots`);
    const main = page.getByRole("main");
    await expect(main.getByText("There is no snapshot of it.")).toBeVisible();
    await main.getByRole("button", { name: "Create snapshot" }).click();
    const dialog = page.getByRole("dialog", { name: "Create snapshot" });
    await fillIn(dialog, { Name: "e2e-backup" });
    await dialog.getByRole("button", { name: "Create snapshot" }).click();
    await expect(dialog).toBeHidden();
    const snapshots = page.getByRole("region", { name: "Snapshots" });
    await expect(snapshots.getByRole("link", { name: "e2e-backup" })).toBeVisible();
    await expect(snapshots).toContainText("completed", { timeout: 40_000 });
    await snapshots.getByRole("link", { name: "e2e-backup" }).click();
    await expect(heading(page, /^e2e-backup/)).toBeVisible();
  });
}

test("the root device of a running instance is not detached, and the page says why", async ({ page }) => {
  await enterWorld(page, {});
  const instances = await list(page, `instances?region=${REGION}`);
  const running = instances.find((row) => row.state === "running") as unknown as { root_device_name: string; block_devices: { device: string; volume_id: string }[] };
  const root = running.block_devices.find((device) => device.device === running.root_device_name);
  await open(page, `/volumes/${root?.volume_id}`);
  await expect(page.getByText("stop the instance before you detach it").first()).toBeVisible();
  await page.getByRole("button", { name: "Actions", exact: true }).click();
  await expect(page.getByRole("menuitem", { name: /^Detach/ })).toHaveAttribute("aria-disabled", "true");
});

test("snapshots of all the world are in no list", async ({ page }) => {
  await enterWorld(page, {}, "/snapshots");
  await expect(rows(page, "Daily backup").first()).toBeVisible();
  await expect(rows(page, "Hardened base")).toHaveCount(0);
  await open(page, "/snapshots?owner=shared");
  await expect(rows(page, "Hardened base")).toHaveCount(1);
  await expect(rows(page, "ubuntu/images")).toHaveCount(0);
  await expect(rows(page, "Daily backup")).toHaveCount(0);
});
