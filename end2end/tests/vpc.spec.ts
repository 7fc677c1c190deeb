// The VPC family: a network made, connected, guarded, refused to be torn down in the wrong order, and torn down.

import type { Page } from "@playwright/test";
import { act, CLOUDS, confirm, create, enterWorld, fillIn, open, rows, signIn } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

/** The identifier in the row that shows this, of the kind with this prefix. */
async function idIn(page: Page, text: string, prefix: string): Promise<string> {
  const row = rows(page, text).first();
  await expect(row).toContainText(new RegExp(`${prefix}-[0-9a-f]+`));
  const found = (await row.textContent())?.match(new RegExp(`${prefix}-[0-9a-f]+`));
  return found?.[0] ?? "";
}

/** Fills in the dialog of an action, and sends it. */
async function change(page: Page, name: string, action: string, fields: Record<string, string>, button = action) {
  await act(page, name, action);
  const dialog = page.getByRole("dialog");
  await fillIn(dialog, fields);
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Lets the plan of the dialog run to its end, and leaves it. */
async function carryOut(page: Page, button: string | RegExp, end: string) {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: button }).click();
  await expect(dialog.getByText(end)).toBeVisible({ timeout: 60_000 });
  await dialog.getByRole("button", { name: "Done", exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Plans a network of this name, over two zones and with one NAT gateway, and shows the plan. */
async function plan(page: Page, name: string) {
  await open(page, "/vpcs");
  await page.getByRole("main").getByRole("button", { name: "Create VPC" }).first().click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Zones")).toHaveValue("2");
  await fillIn(dialog, { Name: name });
  await dialog.getByLabel("NAT gateways").selectOption({ label: "One" });
  await dialog.getByRole("button", { name: "Next: review" }).click();
  await expect(dialog.getByRole("listitem").filter({ hasText: `Create subnet ${name}-private-b` })).toBeVisible();
  await expect(dialog.getByText(/aws ec2 create-nat-gateway/)).toHaveCount(1);
}

/** Narrows the list to what holds these words. */
async function find(page: Page, kind: string, words: string, n: number) {
  const search = page.getByRole("combobox", { name: `Search ${kind}` });
  await search.fill(words);
  await search.press("Enter");
  await expect(page.getByRole("grid").getByRole("row")).toHaveCount(n + 1);
}

for (const cloud of CLOUDS) {
  test(`a network, from the first to the last, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(240_000);
    await signIn(page, cloud.label);
    let vpc = "";
    let subnet = "";
    let gateway = "";
    let table = "";

    await test.step("create a VPC, and change its DNS settings", async () => {
      await open(page, "/vpcs");
      await page.getByRole("main").getByRole("button", { name: "Create VPC" }).first().click();
      const dialog = page.getByRole("dialog");
      await fillIn(dialog, { "What to make": "The VPC alone", "Address block": "10.7.0.0/8" });
      await dialog.getByRole("button", { name: "Next: review" }).click();
      await expect(dialog.getByText("The number after the slash goes from 16 to 28.")).toBeVisible();
      await fillIn(dialog, { "Address block": "10.77.0.0/16" });
      await expect(dialog.getByText("aws ec2 create-vpc")).toHaveCount(1);
      await dialog.getByRole("button", { name: "Next: review" }).click();
      await carryOut(page, "Create it in 2 steps", "The network is there.");
      vpc = await idIn(page, "10.77.0.0/16", "vpc");
      await find(page, "VPCs", "10.77.0.0", 1);
      await change(page, vpc, "Change DNS settings", { "DNS host names": "Off" });
      await expect(page.getByText(`The DNS settings of ${vpc} are changed`)).toBeVisible();
    });

    await test.step("create a subnet: a free block is suggested, and one that is taken is refused", async () => {
      await act(page, vpc, "Create subnet");
      const dialog = page.getByRole("dialog", { name: "Create subnet" });
      await expect(dialog.getByLabel("Address block")).toHaveValue("10.77.0.0/20");
      await dialog.getByRole("button", { name: "Create subnet" }).click();
      await expect(dialog).toBeHidden();
      await act(page, vpc, "Create subnet");
      await fillIn(dialog, { "Address block": "10.77.8.0/24" });
      await dialog.getByRole("button", { name: "Create subnet" }).click();
      await expect(dialog.getByText("Another subnet has 10.77.0.0/20.")).toBeVisible();
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await open(page, "/subnets");
      subnet = await idIn(page, "10.77.0.0/20", "subnet");
      await find(page, "subnets", "10.77.0.0/20", 1);
      await act(page, subnet, "Give public addresses at launch");
      await expect(page.getByText(`${subnet} gives public addresses at launch`)).toBeVisible();
    });

    await test.step("connect it to the internet", async () => {
      await open(page, "/internet-gateways");
      await create(page, "Create internet gateway", { "Attach to VPC": vpc });
      gateway = await idIn(page, vpc, "igw");
      await open(page, "/route-tables");
      await create(page, "Create route table", { VPC: vpc });
      table = await idIn(page, vpc, "rtb");
      const made = rows(page, vpc).filter({ hasText: /No/ });
      table = (await made.textContent())?.match(/rtb-[0-9a-f]+/)?.[0] ?? table;
      await change(page, table, "Add route", { "Internet gateway": gateway });
      await change(page, table, "Associate subnet", { Subnet: subnet });
      await page.getByRole("link", { name: table }).first().click();
      await expect(page.getByRole("region", { name: "Routes" })).toContainText(gateway);
    });

    await test.step("guard it", async () => {
      await open(page, "/network-acls");
      await create(page, "Create network ACL", { VPC: vpc });
      const made = rows(page, vpc).filter({ hasText: /No/ });
      const acl = (await made.textContent())?.match(/acl-[0-9a-f]{17}/)?.[0] ?? "";
      await change(page, acl, "Add rule", { "Rule number": "100", "First port": "443", "Last port": "443" });
      await open(page, `/network-acls/${acl}?tab=inbound`);
      await expect(page.getByRole("tabpanel")).toContainText("443");
      await open(page, "/network-acls");
      await change(page, acl, "Remove rule", { Rule: "100" });
      await act(page, acl, "Delete");
      await confirm(page, "Delete");
      await expect(rows(page, acl)).toHaveCount(0);
    });

    await test.step("what is in it is named before it is deleted, and the cloud refuses", async () => {
      await open(page, "/vpcs");
      await act(page, vpc, "Delete");
      const dialog = page.getByRole("dialog");
      await expect(dialog.getByText("Subnets are in it:")).toBeVisible();
      await expect(dialog.getByRole("link", { name: subnet })).toBeVisible();
      await dialog.getByRole("button", { name: "Cancel" }).click();
    });

    await test.step("tear it down in order", async () => {
      await open(page, "/route-tables");
      const association = `aws ec2 disassociate-route-table`;
      await act(page, table, "Disassociate subnet");
      await fillIn(page.getByRole("dialog"), { Subnet: subnet });
      await expect(page.getByRole("dialog").getByText(association)).toHaveCount(1);
      await page.getByRole("dialog").getByRole("button", { name: "Disassociate subnet" }).click();
      await expect(page.getByRole("dialog")).toBeHidden();
      await act(page, table, "Delete");
      await confirm(page, "Delete");
      await expect(rows(page, table)).toHaveCount(0);
      await open(page, "/internet-gateways");
      await change(page, gateway, "Detach", {});
      await act(page, gateway, "Delete");
      await confirm(page, "Delete");
      await expect(rows(page, gateway)).toHaveCount(0);
      await open(page, "/subnets");
      await act(page, subnet, "Delete");
      await confirm(page, "Delete");
      await expect(rows(page, subnet)).toHaveCount(0);
      await open(page, "/vpcs");
      await act(page, vpc, "Delete");
      await confirm(page, "Delete");
      await expect(rows(page, vpc)).toHaveCount(0);
    });
  });

  test(`a network as one plan, and all of it deleted, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(180_000);
    await signIn(page, cloud.label);
    await plan(page, "onego");
    await carryOut(page, /Create it in \d+ steps/, "The network is there.");
    await open(page, "/subnets");
    await expect(rows(page, /onego-/)).toHaveCount(4);
    await open(page, "/route-tables");
    await rows(page, "onego-private").getByRole("rowheader").getByRole("link").click();
    await expect(page.getByRole("region", { name: "Routes" })).toContainText("nat-");

    await open(page, "/vpcs");
    await act(page, "onego", "Delete with all that is in it");
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("listitem").filter({ hasText: "Delete NAT gateway onego-nat-a" })).toBeVisible();
    await fillIn(dialog, { "Release the elastic addresses of its NAT gateways": true });
    await expect(dialog.getByRole("listitem").filter({ hasText: "Release elastic address" })).toBeVisible();
    await carryOut(page, /Delete it in \d+ steps/, "onego and all that was in it is deleted.");
    await expect(rows(page, "onego")).toHaveCount(0);
    await open(page, "/addresses");
    await expect(page.getByText("onego-nat-a")).toHaveCount(0);
  });
}

test.describe("a plan that the cloud refuses", () => {
  test.use({ provoked: [/the server responded with a status of [45]\d\d/] });

  test("says where it stopped, and what was made can be removed", async ({ page }) => {
    test.setTimeout(120_000);
    await enterWorld(page, { faults: "CreateNatGateway:NatGatewayLimitExceeded" });
    await plan(page, "halfway");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: /Create it in/ }).click();
    await expect(dialog.getByRole("alert")).toContainText("A limit of your account is reached");
    await expect(dialog.getByRole("listitem").filter({ hasText: "Create NAT gateway halfway-nat-a" })).toContainText("failed");
    await expect(dialog.getByRole("listitem").filter({ hasText: "Create subnet halfway-public-a" }).getByRole("link")).toHaveText(/^subnet-/);
    await expect(dialog.getByRole("button", { name: "Go on from here" })).toBeVisible();
    await dialog.getByRole("button", { name: "Remove what was made" }).click();
    await expect(dialog.getByRole("listitem").filter({ hasText: "Release elastic address halfway-nat-a" })).toBeVisible();
    await carryOut(page, /Delete it in \d+ steps/, "halfway and all that was in it is deleted.");
    await open(page, "/vpcs");
    await expect(rows(page, "halfway")).toHaveCount(0);
  });

  test("stops at the first refusal of a teardown, in the cloud's words", async ({ page }) => {
    await enterWorld(page, { faults: "DeleteInternetGateway:DependencyViolation" });
    await open(page, "/vpcs");
    await page.getByRole("main").getByRole("button", { name: "Create VPC" }).first().click();
    const dialog = page.getByRole("dialog");
    await fillIn(dialog, { Name: "stuck", "Private subnets per zone": "0" });
    await dialog.getByRole("button", { name: "Next: review" }).click();
    await carryOut(page, /Create it in \d+ steps/, "The network is there.");
    await act(page, "stuck", "Delete with all that is in it");
    await dialog.getByRole("button", { name: /Delete it in \d+ steps/ }).click();
    await expect(dialog.getByRole("alert")).toContainText("DependencyViolation");
    await expect(dialog.getByRole("listitem").filter({ hasText: "Delete internet gateway stuck-igw" })).toContainText("failed");
    // It looks again, and begins with what is left.
    await dialog.getByRole("button", { name: "Go on from here" }).click();
    await expect(dialog.getByRole("alert")).toContainText("DependencyViolation");
    await expect(dialog.getByRole("listitem").filter({ hasText: "Delete subnet" })).toHaveCount(0);
  });
});

test("instances stand in the way of a teardown until they are part of it", async ({ page }) => {
  await enterWorld(page, {});
  await open(page, "/instances");
  await rows(page, /running/).first().getByRole("rowheader").getByRole("link").click();
  await page.getByRole("tab", { name: "Networking" }).click();
  const vpc = page.getByRole("tabpanel").getByRole("link", { name: /^vpc-/ }).first();
  await vpc.click();
  await page.getByRole("main").getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Delete with all that is in it" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Nothing can be deleted before they are terminated:")).toBeVisible();
  const button = dialog.getByRole("button", { name: /Delete it in \d+ steps/ });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await dialog.getByLabel(/Terminate (this instance|these \d+ instances) too/).check();
  await expect(dialog.getByRole("listitem").filter({ hasText: /^Terminate instance/ }).first()).toBeVisible();
  await expect(button).not.toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("button", { name: "Cancel" }).click();
});
