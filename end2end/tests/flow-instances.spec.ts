// Instances as people used them in the console before this one: its flow 3.

import type { Page } from "@playwright/test";
import { act, chooseImage, CLOUDS, confirm, enterCloud, heading, nameField, next, onPage, open, rows, type TestCloud } from "../fixtures/console";
import { becomes, createKey, deleteInList, describeGroup, fromDashboard, go, terminate } from "../fixtures/flow";
import { list, REGION } from "../fixtures/given";
import { expect, test } from "../fixtures/test";

/** Chooses a type by its name, of those that the wizard offers. */
async function chooseType(page: Page, name: string) {
  const types = page.getByRole("table", { name: "Instance types" });
  await page.getByRole("combobox", { name: "Search instance types" }).fill(name);
  await types.getByRole("row").filter({ hasText: new RegExp(`(^|\\s)${name}`) }).first().getByRole("radio").check();
}

/** One that needs no key of a special type. */
async function image(page: Page, cloud: TestCloud): Promise<string> {
  if (cloud.label === "Moto") return "ami-04681a1dbd79675a5";
  const images = await list(page, `images?region=${REGION}&owner=amazon`);
  return images.find((row) => row.architecture === "x86_64" && row.platform === "")?.id ?? "";
}

for (const cloud of CLOUDS) {
  test(`flow 3: instances, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(180_000);
    await enterCloud(page, cloud, "/keypairs");
    const finish = async (name: string) => {
      await page.getByRole("button", { name: /^Launch instances?$/ }).last().click();
      await expect(heading(page, /^Instances/)).toBeVisible();
      await becomes(page, name, "running");
    };
    const security = async (group?: string, key?: string) => {
      await next(page, "Network and security");
      await page.getByLabel("Key pair", { exact: true }).selectOption(key ?? { label: "None: launch without a key pair" });
      if (group) await page.getByRole("checkbox", { name: new RegExp(group) }).check();
    };

    await fromDashboard(page, "Create key pair");
    await createKey(page, "flow-key");
    await go(page, "Security groups");
    await page.getByRole("main").getByRole("button", { name: "Create security group" }).first().click();
    await (await describeGroup(page, "flow-guard"))();

    await test.step("launch from the list of images", async () => {
      const id = await image(page, cloud);
      await open(page, `/images?owner=all&q=${id}`);
      // moto takes its time over a list of its thirteen hundred images.
      await expect(rows(page, id)).toBeVisible({ timeout: 60_000 });
      await rows(page, id).getByRole("button", { name: /^Actions for/ }).click();
      await page.getByRole("menuitem", { name: "Launch instances" }).click();
      await expect(page.getByRole("main").getByRole("heading", { level: 2, name: "Details" })).toBeVisible();
      await nameField(page).fill("flow-first");
      await chooseType(page, "t3.medium");
      await security("flow-guard", "flow-key");
      await finish("flow-first");
      await expect(rows(page, "flow-first")).toContainText("t3.medium");
    });

    await test.step("more like this, from the list", async () => {
      await act(page, "flow-first", "Launch more like this");
      const summary = page.getByRole("complementary", { name: "Summary" });
      await expect(summary).toContainText("flow-key");
      await expect(summary).toContainText("flow-guard");
      await nameField(page).fill("flow-second");
      await finish("flow-second");
      await terminate(page, "flow-second");
    });

    await test.step("more like this, from the page, with monitoring and user data", async () => {
      await page.getByRole("link", { name: "flow-first", exact: true }).click();
      await onPage(page, "Launch more like this");
      await expect(page.getByRole("complementary", { name: "Summary" })).toContainText("flow-guard");
      await nameField(page).fill("flow-third");
      await page.getByRole("textbox", { name: /^User data/ }).fill("#!/bin/sh\necho third\n");
      await next(page, "Network and security");
      await next(page, "Advanced");
      await page.getByLabel("Detailed monitoring").check();
      await finish("flow-third");
      await page.getByRole("link", { name: "flow-third", exact: true }).click();
      await expect(page.getByRole("region", { name: "User data" })).toContainText("echo third");
      await onPage(page, "Terminate");
      await confirm(page, "Terminate");
      await go(page, "Instances");
      await becomes(page, "flow-third", "terminated");
    });

    await test.step("launch from the dashboard, by a search for an image", async () => {
      await go(page, "Dashboard");
      await page.getByRole("main").getByRole("link", { name: "Launch instances" }).click();
      await chooseImage(page, "amzn2");
      await next(page, "Details");
      await nameField(page).fill("flow-fourth");
      await chooseType(page, "t3.small");
      await security("flow-guard");
      await finish("flow-fourth");
    });

    await test.step("all at once: after that nothing runs", async () => {
      await page.getByRole("combobox", { name: "Search instances" }).fill("flow-");
      await page.getByRole("combobox", { name: "Search instances" }).press("Enter");
      await page.getByRole("grid").getByRole("row").filter({ hasText: "running" }).nth(1).waitFor();
      for (const name of ["flow-first", "flow-fourth"]) await rows(page, name).getByRole("checkbox").check();
      await page.getByRole("group", { name: "Actions for the selected" }).getByRole("button", { name: "Terminate" }).click();
      await confirm(page, "Terminate");
      await expect(rows(page, "flow-").filter({ hasText: "running" })).toHaveCount(0);
      for (const name of ["flow-first", "flow-fourth"]) await becomes(page, name, "terminated");
    });

    await go(page, "Key pairs");
    await deleteInList(page, "flow-key");
    await go(page, "Security groups");
    await deleteInList(page, "flow-guard");
  });
}
