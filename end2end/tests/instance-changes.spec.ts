// What is changed of an instance that is there, and what is attached to it.

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { act, chooseImage, CLOUDS, confirm, enterWorld, fillIn, heading, nameField, next, onPage, open, rows, signIn } from "../fixtures/console";
import { launch, list, make, REGION, type Row, ZONE } from "../fixtures/given";
import { expect, test } from "../fixtures/test";

/** Stops it, or starts it, and waits for it. */
async function turn(page: Page, name: string, action: "Stop" | "Start") {
  await act(page, name, action);
  if (action === "Stop") await confirm(page, "Stop");
  await expect(rows(page, name)).toContainText(action === "Stop" ? "stopped" : "running", { timeout: 30_000 });
}

for (const cloud of CLOUDS) {
  test(`an instance is changed, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(240_000);
    await signIn(page, cloud.label);
    const instance = await launch(page, cloud, "e2e-change");
    await open(page, "/instances");

    await test.step("while it runs, its type stays, and the menu says why", async () => {
      await page.getByRole("button", { name: "Actions for e2e-change", exact: true }).click();
      await expect(page.getByRole("menuitem", { name: /^Change type/ })).toHaveAttribute("aria-disabled", "true");
      await expect(page.getByRole("menuitem", { name: /^Change kernel/ })).toHaveCount(0);
      await page.keyboard.press("Escape");
    });

    await test.step("change the type of the stopped instance", async () => {
      await turn(page, "e2e-change", "Stop");
      await act(page, "e2e-change", "Change type");
      const dialog = page.getByRole("dialog", { name: "Type of e2e-change" });
      await expect(dialog.getByLabel("Instance type")).toHaveValue("t3.micro");
      await fillIn(dialog, { "Instance type": "t3.small" });
      await expect(dialog.getByText("modify-instance-attribute --instance-id")).toHaveCount(1);
      await expect(dialog.locator("option[value='t4g.small']")).toHaveCount(0);
      await dialog.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("The type of e2e-change is changed")).toBeVisible();
      await expect(rows(page, "e2e-change")).toContainText("t3.small");
    });

    // moto refuses user data, however it is encoded.
    if (cloud.label !== "Moto") {
      await test.step("edit the user data", async () => {
        await act(page, "e2e-change", "Edit user data");
        const dialog = page.getByRole("dialog", { name: "User data of e2e-change" });
        await dialog.getByLabel("User data").fill("x".repeat(17_000));
        await dialog.getByRole("button", { name: "Save" }).click();
        await expect(dialog.getByText("User data has at most 16 KB; this is 17 KB.")).toBeVisible();
        await dialog.getByLabel("User data").fill("#!/bin/sh\necho 'größer' <b>\n");
        await dialog.getByRole("button", { name: "Save" }).click();
        await expect(page.getByText("The user data of e2e-change is changed")).toBeVisible();
        await act(page, "e2e-change", "Edit user data");
        await expect(dialog.getByLabel("User data")).toHaveValue("#!/bin/sh\necho 'größer' <b>\n");
        await dialog.getByRole("button", { name: "Cancel" }).click();
      });
    }

    await test.step("change the security groups: those of its VPC are offered", async () => {
      const group = await make(page, "securitygroups", { name: "e2e-second", description: "Second", vpc_id: instance.vpc_id });
      await act(page, "e2e-change", "Change security groups");
      const dialog = page.getByRole("dialog", { name: "Security groups of e2e-change" });
      await expect(dialog.getByRole("checkbox", { checked: true })).toHaveCount(1);
      await dialog.getByRole("checkbox", { name: /e2e-second/ }).check();
      await dialog.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("The groups of e2e-change are changed")).toBeVisible();
      await open(page, `/instances/${instance.id}?tab=networking`);
      await expect(page.getByRole("main").getByRole("link", { name: "e2e-second" })).toHaveAttribute("href", new RegExp(group));
      await open(page, "/instances");
    });

    await test.step("turn the source/destination check off, and take that back", async () => {
      await act(page, "e2e-change", "Turn off source/destination check");
      await expect(page.getByText("e2e-change passes on traffic of others")).toBeVisible();
      await page.getByRole("button", { name: "Undo" }).last().click();
      await expect(page.getByText("Taken back")).toBeVisible();
      await page.getByRole("button", { name: "Actions for e2e-change", exact: true }).click();
      await expect(page.getByRole("menuitem", { name: "Turn off source/destination check" })).toBeVisible();
      await expect(page.getByRole("menuitem", { name: "Turn on source/destination check" })).toHaveCount(0);
      await page.keyboard.press("Escape");
    });

    await test.step("attach a volume: the next device is suggested, and the root stays", async () => {
      await turn(page, "e2e-change", "Start");
      const volume = await make(page, "volumes", { name: "e2e-data", zone: ZONE, size: 1, volume_type: "gp3" });
      const state = async () => (await list(page, `volumes?region=${REGION}`)).find((row) => row.id === volume)?.state;
      await expect.poll(state, { timeout: 20_000 }).toBe("available");
      await act(page, "e2e-change", "Attach volume");
      const dialog = page.getByRole("dialog", { name: "Attach a volume to e2e-change" });
      await dialog.getByRole("button", { name: "Attach", exact: true }).click();
      await expect(dialog.getByText("Choose one.")).toBeVisible();
      await expect(dialog.getByLabel("Device")).toHaveValue("/dev/sdf");
      await fillIn(dialog, { Volume: volume });
      await dialog.getByRole("button", { name: "Attach", exact: true }).click();
      await expect(dialog).toBeHidden();
      await open(page, `/instances/${instance.id}?tab=storage`);
      const volumes = page.getByRole("region", { name: "Volumes" });
      await expect(volumes).toContainText(volume);
      await expect.poll(state, { timeout: 20_000 }).toBe("in-use");

      await onPage(page, "Detach volume");
      const detach = page.getByRole("dialog", { name: "Detach a volume from e2e-change" });
      // moto does not say which of the devices is the root.
      if (cloud.label !== "Moto") await expect(detach.getByLabel("Volume").locator("option[value^='vol-']")).toHaveCount(1);
      await fillIn(detach, { Volume: volume });
      await detach.getByRole("button", { name: "Detach", exact: true }).click();
      await expect(detach).toBeHidden();
      await expect.poll(state, { timeout: 20_000 }).toBe("available");
      await page.getByRole("button", { name: "Refresh" }).first().click();
      await expect(volumes).not.toContainText(volume);
    });
  });
}

test("a role is given, shown as a link, and taken away", async ({ page }) => {
  await enterWorld(page, {}, "/instances?q=web-1");
  const roles = (await list(page, `roles?region=${REGION}`)).filter((role) => role.for_ec2).map((role) => role.name);
  const role = roles.find((name) => name !== "web-server") ?? "";
  const row = (await list(page, `instances?region=${REGION}`)).find((row) => row.state === "running" && row.instance_profile_arn !== "");
  await open(page, `/instances/${row?.id}`);
  await onPage(page, "Change role");
  const dialog = page.getByRole("dialog", { name: /^Role of / });
  await expect(dialog.getByLabel("Role", { exact: true })).not.toHaveValue("");
  await fillIn(dialog, { Role: role });
  await expect(dialog.getByText("aws ec2 associate-iam-instance-profile")).toHaveCount(1);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("main").getByRole("link", { name: role, exact: true })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: role, exact: true }).click();
  await expect(heading(page, role)).toBeVisible();
  await page.goBack();
  await onPage(page, "Take the role away");
  await confirm(page, "Take the role away");
  await expect(page.getByRole("main").getByRole("link", { name: role, exact: true })).toHaveCount(0);
});

test("a role that has no instance profile is chosen at launch", async ({ page }) => {
  await enterWorld(page, {}, "/instances/new");
  await chooseImage(page, "amzn2");
  await next(page, "Details");
  await nameField(page).fill("e2e-role");
  await next(page, "Network and security");
  await page.getByLabel("Key pair", { exact: true }).selectOption({ label: "None: launch without a key pair" });
  await next(page, "Advanced");
  await page.getByLabel(/^Role/).selectOption("database-backup");
  await page.getByRole("button", { name: "Launch instance" }).last().click();
  await page.getByRole("link", { name: "e2e-role", exact: true }).click();
  await page.getByRole("main").getByRole("link", { name: "database-backup", exact: true }).click();
  await expect(heading(page, "database-backup")).toBeVisible();
});

test("what an instance wrote to its console is taken away as a file", async ({ page }) => {
  await enterWorld(page, {});
  const { id } = (await list(page, `instances?region=${REGION}`)).find((row) => row.state === "running" && row.platform === "") as Row;
  await open(page, `/instances/${id}?tab=console`);
  const console = page.getByRole("region", { name: "Console output" });
  await expect(console).toContainText("login:");
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe(`${id}-console.txt`);
  expect(readFileSync(await file.path(), "utf8")).toBe(await console.textContent());
});

test("detailed monitoring is turned on for many at once", async ({ page }) => {
  await enterWorld(page, {}, "/instances?state=running&monitoring=false");
  await expect(page.getByRole("grid").getByRole("row").nth(2)).toBeVisible();
  await page.getByRole("checkbox", { name: "Select all that are shown" }).check();
  const bar = page.getByRole("group", { name: "Actions for the selected" });
  await bar.getByRole("button", { name: "Turn on detailed monitoring" }).click();
  await confirm(page, "Turn on detailed monitoring");
  await expect(page.getByText(/Turning on detailed monitoring of \d+ instances/)).toBeVisible();
  await expect(page.getByText("Nothing fits this search")).toBeVisible();
});

test("what is not allowed is named", async ({ page }) => {
  await enterWorld(page, { faults: "ReplaceIamInstanceProfileAssociation:UnauthorizedOperation" });
  const row = (await list(page, `instances?region=${REGION}`)).find((row) => row.state === "running" && row.instance_profile_arn !== "");
  await open(page, `/instances/${row?.id}`);
  await onPage(page, "Change role");
  const dialog = page.getByRole("dialog", { name: /^Role of / });
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toContainText("ec2:ReplaceIamInstanceProfileAssociation");
  await dialog.getByRole("button", { name: "Cancel" }).click();
});

test("the password of a Windows instance is decrypted in the browser, and the key goes nowhere", async ({ page }) => {
  await enterWorld(page, {});
  const made = await page.request.post(`/api/keypairs?region=${REGION}`, {
    headers: { "x-canopy": "1" },
    data: { name: "e2e-windows", key_type: "rsa" },
  });
  const key: string = (await made.json()).secret.content;
  const image = (await list(page, `images?region=${REGION}&owner=amazon`)).find((image) => image.platform === "windows");
  const draft = { image_id: image?.id, instance_type: "t3.large", count: 1, names: ["e2e-windows"], key_name: "e2e-windows", zone: ZONE };
  const id = await make(page, "instances", draft);
  const state = async () => (await list(page, `instances?region=${REGION}`)).find((row) => row.id === id)?.state;
  await expect.poll(state, { timeout: 30_000 }).toBe("running");
  await open(page, `/instances/${id}`);
  await onPage(page, "Get Windows password");
  const dialog = page.getByRole("dialog", { name: "Windows password of e2e-windows" });
  const field = dialog.getByLabel("Private key of e2e-windows");
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  await field.fill("ssh-rsa AAAA");
  await dialog.getByRole("button", { name: "Decrypt password" }).click();
  await expect(dialog.getByText("This is no private key", { exact: false })).toBeVisible();
  await expect(field).toHaveValue("ssh-rsa AAAA");
  await field.fill(key);
  await dialog.getByRole("button", { name: "Decrypt password" }).click();
  await expect(dialog.locator("dd code")).toHaveText(/^\S{16,}&\d+$/);
  expect(sent.join("\n")).not.toContain(key.split("\n")[1]);
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain("PRIVATE");
});
