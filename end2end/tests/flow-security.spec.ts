// Key pairs and security groups as people used them in the console before this one: its flows 1 and 2.

import type { Page } from "@playwright/test";
import { act, CLOUDS, enterCloud, onPage } from "../fixtures/console";
import { createKey, deleteInList, deleteOnPage, describeGroup, fromDashboard, go, visit } from "../fixtures/flow";
import { list, REGION } from "../fixtures/given";
import { expect, test } from "../fixtures/test";

const PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@example";

/** Adds a rule to those in the open dialog. */
async function addRule(page: Page, preset: string, from: { own?: boolean; block?: string; group?: string }, ports?: string) {
  const inbound = page.getByRole("dialog").getByRole("tabpanel").first();
  const number = await inbound.getByRole("button", { name: "Remove rule" }).count();
  await inbound.getByRole("button", { name: "Add rule" }).click();
  await inbound.getByLabel("Type", { exact: true }).nth(number).selectOption({ label: preset });
  if (ports) await inbound.getByLabel("Ports", { exact: true }).last().fill(ports);
  const source = inbound.getByLabel("Source", { exact: true }).nth(number);
  if (from.own) {
    const own = source.getByRole("option", { name: /^My address/ });
    await source.selectOption((await own.getAttribute("value")) ?? "");
  } else if (from.block) {
    await source.selectOption({ label: "Address block" });
    await inbound.getByLabel("Address block", { exact: true }).last().fill(from.block);
  } else if (from.group) {
    await source.selectOption({ label: "Security group" });
    await inbound.getByLabel("Security group", { exact: true }).last().selectOption(from.group);
  }
}

for (const cloud of CLOUDS) {
  test(`flow 1: key pairs, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(180_000);
    await enterCloud(page, cloud, "/keypairs");
    await go(page, "Key pairs");
    await page.getByRole("main").getByRole("button", { name: "Create key pair" }).first().click();
    await createKey(page, "flow-list");
    await visit(page, "flow-list");
    await deleteOnPage(page, "flow-list", "Key pairs");

    await fromDashboard(page, "Create key pair");
    await createKey(page, "flow-dashboard");
    await deleteInList(page, "flow-dashboard");

    await page.getByRole("main").getByRole("button", { name: "Create key pair" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Create key pair" });
    await dialog.getByLabel("Name").fill("flow-import");
    await dialog.getByLabel("Import a public key").check();
    await dialog.getByRole("textbox", { name: "Public key" }).fill(PUBLIC_KEY);
    await dialog.getByRole("button", { name: "Import key pair" }).click();
    await expect(dialog).toBeHidden();
    await visit(page, "flow-import");
    await deleteOnPage(page, "flow-import", "Key pairs");
  });

  test(`flow 2: security groups, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(180_000);
    await enterCloud(page, cloud, "/keypairs");
    await go(page, "Security groups");
    const vpc = (await list(page, `vpcs?region=${REGION}`)).find((row) => row.is_default)?.id;
    const groups = await list(page, `securitygroups?region=${REGION}`);
    const standard = groups.find((row) => row.name === "default" && row.vpc_id === vpc)?.id ?? "";
    const saveRules = async () => {
      await page.getByRole("dialog").getByRole("button", { name: "Save rules" }).click();
      await expect(page.getByRole("dialog")).toBeHidden();
    };

    await fromDashboard(page, "Create security group");
    await (await describeGroup(page, "flow-group"))();
    await visit(page, "flow-group");
    await onPage(page, "Edit inbound rules");
    await addRule(page, "SSH", { own: true });
    await saveRules();
    await onPage(page, "Edit inbound rules");
    await addRule(page, "Custom TCP", { group: standard }, "22-3389");
    await saveRules();
    await page.getByRole("tab", { name: "Inbound rules" }).click();
    const rules = page.getByRole("region", { name: "Traffic that may come in" });
    await expect(rules).toContainText("127.0.0.1/32");
    await expect(rules).toContainText("22–3389");
    await deleteOnPage(page, "flow-group", "Security groups");

    await page.getByRole("main").getByRole("button", { name: "Create security group" }).first().click();
    await (await describeGroup(page, "flow-ldap"))();
    await act(page, "flow-ldap", "Edit inbound rules");
    await addRule(page, "LDAP", { block: "10.0.0.0/8" });
    await saveRules();
    await deleteInList(page, "flow-ldap");

    await page.getByRole("main").getByRole("button", { name: "Create security group" }).first().click();
    const make = await describeGroup(page, "flow-two");
    await addRule(page, "RDP", {});
    await addRule(page, "Custom TCP", { group: standard }, "22-1024");
    await make();
    await visit(page, "flow-two");
    await page.getByRole("tab", { name: "Inbound rules" }).click();
    await expect(rules).toContainText("RDP");
    await expect(rules).toContainText("22–1024");
    await deleteOnPage(page, "flow-two", "Security groups");
  });
}
