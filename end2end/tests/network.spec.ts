// Elastic addresses, network interfaces and the rules of security groups: made, led somewhere, changed, given back.

import { act, CLOUDS, confirm, create, enterCloud, fillIn, onPage, open, rows, send } from "../fixtures/console";
import { launch, list, make, REGION, type Row } from "../fixtures/given";
import { expect, test } from "../fixtures/test";

for (const cloud of CLOUDS) {
  test(`elastic addresses are allocated, lead somewhere from four places, and are released, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(240_000);
    await enterCloud(page, cloud, "/addresses");
    const instance = await launch(page, cloud, "e2e-host");
    const addresses = () => list(page, `addresses?region=${REGION}`);
    const before = (await addresses()).map((row) => row.id);

    await test.step("allocate two", async () => {
      await open(page, "/addresses");
      await page.getByRole("main").getByRole("button", { name: "Allocate addresses" }).first().click();
      await send(page, { "How many": "2" }, "Allocate");
      await expect(page.getByText("Created: 2 elastic addresses")).toBeVisible();
    });
    const made = (await addresses()).filter((row) => !before.includes(row.id));
    expect(made).toHaveLength(2);
    const [first, second] = made as [Row, Row];
    const holder = async (id: string) => (await addresses()).find((row) => row.id === id)?.instance_id;

    await test.step("from the list of addresses", async () => {
      await act(page, first.id, "Associate with instance");
      await send(page, { Instance: instance.id }, "Associate");
      await expect(rows(page, first.id)).toContainText(instance.id);
      await act(page, first.id, "Disassociate");
      await confirm(page, "Disassociate");
      await expect(rows(page, first.id)).toContainText("free");
    });

    await test.step("from the page of an address", async () => {
      await open(page, `/addresses/${first.id}`);
      await onPage(page, "Associate with instance");
      await send(page, { Instance: instance.id }, "Associate");
      await expect(page.getByRole("main").getByRole("link", { name: instance.id })).toBeVisible();
      await onPage(page, "Disassociate");
      await confirm(page, "Disassociate");
      await expect(page.getByRole("main").getByRole("link", { name: instance.id })).toHaveCount(0);
    });

    await test.step("from the list of instances", async () => {
      await open(page, "/instances");
      await act(page, "e2e-host", "Associate elastic address");
      await send(page, { "Elastic address": first.id }, "Associate");
      await expect(rows(page, "e2e-host")).toContainText(first.public_ip);
      expect(await holder(first.id)).toBe(instance.id);
      await act(page, "e2e-host", "Disassociate elastic address");
      await send(page, { "Elastic address": first.id }, "Disassociate");
      await expect(rows(page, "e2e-host")).not.toContainText(first.public_ip);
    });

    await test.step("from the page of an instance", async () => {
      await open(page, `/instances/${instance.id}`);
      await onPage(page, "Associate elastic address");
      const dialog = page.getByRole("dialog");
      await fillIn(dialog, { "Elastic address": second.id });
      await expect(dialog.getByText(`associate-address --allocation-id ${second.id} --instance-id ${instance.id}`)).toHaveCount(1);
      await send(page, {}, "Associate");
      await expect.poll(() => holder(second.id)).toBe(instance.id);
      await page.getByRole("tab", { name: "Networking" }).click();
      await expect(page.getByRole("main").getByText(second.public_ip).first()).toBeVisible();
      await onPage(page, "Disassociate elastic address");
      await send(page, { "Elastic address": second.id }, "Disassociate");
      await expect.poll(() => holder(second.id)).toBe("");
    });

    await test.step("release both at once", async () => {
      await open(page, "/addresses");
      for (const address of [first, second]) await rows(page, address.id).getByRole("checkbox").check();
      await page.getByRole("group", { name: "Actions for the selected" }).getByRole("button", { name: "Release" }).click();
      await confirm(page, "Release");
      await expect(page.getByText("2 addresses are released")).toBeVisible();
      for (const address of [first, second]) await expect(rows(page, address.id)).toHaveCount(0);
    });
  });

  test(`a network interface is made, attached, detached and deleted, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(240_000);
    await enterCloud(page, cloud, "/network-interfaces");
    const instance = await launch(page, cloud, "e2e-host");
    await create(page, "Create network interface", { Subnet: instance.subnet_id, Description: "By the test" });
    const row = rows(page, "By the test");
    await expect(row).toContainText("available");
    const id = (await row.textContent())?.match(/eni-[0-9a-f]{8,17}/)?.[0] ?? "";

    await act(page, id, "Attach to instance");
    await send(page, { Instance: instance.id, "Device index": "1" }, "Attach");
    await expect(row).toContainText("in-use");
    await expect(row).toContainText(instance.id);

    await act(page, id, "Detach");
    await confirm(page, "Detach");
    await expect(row).toContainText("available");

    await test.step("the same from the page of the instance", async () => {
      await open(page, `/instances/${instance.id}?tab=networking`);
      await onPage(page, "Attach network interface");
      await expect(page.getByRole("dialog").getByLabel("Device index")).toHaveValue("1");
      await send(page, { "Network interface": id }, "Attach");
      const interfaces = page.getByRole("region", { name: "Network interfaces" });
      await expect(interfaces).toContainText(id);
      await onPage(page, "Detach network interface");
      await send(page, { "Network interface": id }, "Detach");
      await expect(interfaces).not.toContainText(id);
    });

    await open(page, "/network-interfaces");
    await act(page, id, "Delete");
    await confirm(page, "Delete");
    await expect(rows(page, "By the test")).toHaveCount(0);
  });

  test(`the rules of a security group are edited, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(180_000);
    await enterCloud(page, cloud, "/securitygroups");
    const vpc = (await list(page, `vpcs?region=${REGION}`)).find((row) => row.is_default);
    const bastion = await make(page, "securitygroups", { name: "e2e-bastion", description: "Door", vpc_id: vpc?.id });
    await make(page, "securitygroups", { name: "e2e-rules", description: "Rules", vpc_id: vpc?.id });
    await open(page, "/securitygroups");
    const dialog = page.getByRole("dialog", { name: "Rules of e2e-rules" });
    const diff = dialog.getByRole("region", { name: "What will change" });
    const inbound = dialog.getByRole("tabpanel").first();
    const at = (label: string, n: number) => inbound.getByLabel(label, { exact: true }).nth(n);
    const save = async () => {
      await dialog.getByRole("button", { name: "Save rules" }).click();
      await expect(dialog).toBeHidden();
      await expect(page.getByText("The rules of e2e-rules are saved").last()).toBeVisible();
    };

    await test.step("add one by a preset: whoever may try an admin port is warned of", async () => {
      await act(page, "e2e-rules", "Edit inbound rules");
      await expect(dialog.getByText("Nothing is changed so far.").first()).toBeVisible();
      await inbound.getByRole("button", { name: "Add rule" }).click();
      await expect(dialog.getByText("The whole internet may try this port.", { exact: false })).toBeVisible();
      await at("Type", 0).selectOption({ label: "HTTPS" });
      await expect(dialog.getByText("The whole internet may try this port.", { exact: false })).toHaveCount(0);
      await expect(diff).toContainText("443, 0.0.0.0/0");
      await expect(dialog.getByText("aws ec2 authorize-security-group-ingress")).toHaveCount(1);
      await save();
    });

    await test.step("add one for a group, and one that covers nothing new", async () => {
      await act(page, "e2e-rules", "Edit inbound rules");
      await inbound.getByRole("button", { name: "Add rule" }).click();
      await at("Source", 1).selectOption({ label: "Security group" });
      await inbound.getByLabel("Security group", { exact: true }).selectOption(bastion);
      await inbound.getByRole("button", { name: "Add rule" }).click();
      await at("Type", 2).selectOption({ label: "HTTPS" });
      await at("Source", 2).selectOption({ label: "Address block" });
      await inbound.getByLabel("Address block", { exact: true }).fill("203.0.113.0/33");
      await dialog.getByRole("button", { name: "Save rules" }).click();
      await expect(inbound.getByLabel("Address block", { exact: true })).toHaveAttribute("aria-invalid", "true");
      await inbound.getByLabel("Address block", { exact: true }).fill("203.0.113.0/24");
      await expect(dialog.getByText("Another rule allows all of this already.")).toBeVisible();
      await inbound.getByRole("button", { name: "Remove rule" }).nth(2).click();
      await expect(diff.getByText("Added")).toHaveCount(1);
      await save();
    });

    await test.step("the page tells both, and the other group what uses it", async () => {
      await page.getByRole("link", { name: "e2e-rules", exact: true }).click();
      await page.getByRole("tab", { name: "Inbound rules" }).click();
      const table = page.getByRole("region", { name: "Traffic that may come in" });
      await expect(table).toContainText("HTTPS");
      await expect(table).toContainText(/e2e-bastion|sg-/);
      await open(page, `/securitygroups/${bastion}?tab=uses`);
      await expect(page.getByRole("main").getByRole("link", { name: "e2e-rules" })).toBeVisible();
    });

    await test.step("remove one: what is shut out is shown before, and can be taken back", async () => {
      await open(page, "/securitygroups");
      await act(page, "e2e-rules", "Edit inbound rules");
      await expect(inbound.getByRole("button", { name: "Remove rule" })).toHaveCount(2);
      const https = (await at("Type", 0).inputValue()) === "https" ? 0 : 1;
      await inbound.getByRole("button", { name: "Remove rule" }).nth(https).click();
      await expect(diff.getByText("Removed")).toHaveCount(1);
      await expect(diff).toContainText("443, 0.0.0.0/0");
      await save();
      await page.getByRole("button", { name: "Undo" }).last().click();
      await expect(page.getByText("Taken back")).toBeVisible();
      await act(page, "e2e-rules", "Edit inbound rules");
      await expect(inbound.getByRole("button", { name: "Remove rule" })).toHaveCount(2);
      await dialog.getByRole("button", { name: "Cancel" }).click();
    });

    await test.step("let in one's own address, which is not certain where it is of a private network", async () => {
      await act(page, "e2e-rules", "Edit inbound rules");
      await inbound.getByRole("button", { name: "Add rule" }).click();
      await at("Source", 2).selectOption({ label: "My address (127.0.0.1/32)" });
      await expect(dialog.getByText("The cloud may see you by another one.", { exact: false })).toBeVisible();
      await expect(dialog.getByText("The whole internet may try this port.", { exact: false })).toHaveCount(0);
      await expect(diff).toContainText("22, 127.0.0.1/32");
      await save();
    });

    await test.step("delete the one that is named with the rule that names it, and then the other", async () => {
      await act(page, "e2e-bastion", "Delete with the rules that name it");
      const plan = page.getByRole("dialog", { name: "Delete e2e-bastion and the rules that name it" });
      await expect(plan.getByRole("list", { name: "Steps" }).getByRole("listitem")).toHaveCount(2);
      await plan.getByRole("button", { name: "Delete it in 2 steps" }).click();
      await expect(plan.getByText("e2e-bastion is deleted")).toBeVisible();
      await plan.getByRole("button", { name: "Done" }).click();
      await expect(rows(page, "e2e-bastion")).toHaveCount(0);
      await act(page, "e2e-rules", "Delete");
      await confirm(page, "Delete");
      await expect(rows(page, "e2e-rules")).toHaveCount(0);
    });
  });
}
