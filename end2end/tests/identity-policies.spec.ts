// Managed policies: made, changed by versions, attached from either side, and deleted with all that hangs on them.

import { act, CLOUDS, create, enterCloud, enterWorld, fillIn, open, rows } from "../fixtures/console";
import { allowing, POLICY, remove } from "../fixtures/identity";
import { expect, test } from "../fixtures/test";

// A name that is taken.
test.use({ provoked: [/Failed to load resource.*409/] });

for (const cloud of CLOUDS) {
  test(`a policy and those who have it, from the first to the last, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(180_000);
    await enterCloud(page, cloud, "/policies");
    const dialog = page.getByRole("dialog");

    await test.step("create it; a second one of its name is refused at the name", async () => {
      await create(page, "Create policy", { Name: "e2e-reads", Description: "Reads and no more", Policy: POLICY });
      await expect(rows(page, "e2e-reads")).toContainText("v1");
      await page.getByRole("main").getByRole("button", { name: "Create policy" }).first().click();
      await fillIn(dialog, { Name: "e2e-reads", Policy: POLICY });
      await dialog.getByRole("button", { name: "Create policy" }).click();
      await expect(dialog.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
      await dialog.getByRole("button", { name: "Cancel" }).click();
    });

    await test.step("what is edited is a new version, and the old one holds again when that is wanted", async () => {
      await act(page, "e2e-reads", "Edit");
      await expect(dialog.getByLabel("Policy", { exact: true })).toHaveValue(/ec2:Describe/);
      await fillIn(dialog, { Policy: allowing("s3:GetObject") });
      await dialog.getByRole("button", { name: "Save as new version" }).click();
      await expect(dialog).toBeHidden();
      await expect(rows(page, "e2e-reads")).toContainText("v2");
      await rows(page, "e2e-reads").getByRole("link").first().click();
      await expect(page.getByRole("region", { name: "e2e-reads v2" })).toContainText("s3:GetObject");
      await page.getByRole("tab", { name: "Versions" }).click();
      const versions = page.getByRole("region", { name: "Versions" });
      await expect(versions.getByRole("row").filter({ hasText: "v2" })).toContainText("Yes");
      await expect(page.getByRole("region", { name: "e2e-reads v1" })).toContainText("ec2:Describe*");
      const changed = page.getByRole("region", { name: "From v1 to v2" });
      await expect(changed.locator("del")).toContainText("ec2:Describe*");
      await expect(changed.locator("ins")).toContainText("s3:GetObject");
      await open(page, "/policies");
      await act(page, "e2e-reads", "Set default version");
      await fillIn(dialog, { Version: "v1" });
      await dialog.getByRole("button", { name: "Set default version" }).click();
      await expect(rows(page, "e2e-reads")).toContainText("v1");
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(rows(page, "e2e-reads")).toContainText("v2");
    });

    await test.step("attach it from its own side", async () => {
      await open(page, "/groups");
      await create(page, "Create group", { Name: "e2e-readers" });
      await open(page, "/policies");
      await act(page, "e2e-reads", "Attach");
      await dialog.getByRole("button", { name: "Attach", exact: true }).click();
      await expect(dialog.getByText("Choose somebody: a user, a group or a role.")).toBeVisible();
      await dialog.getByRole("checkbox", { name: "e2e-readers" }).check();
      await dialog.getByRole("button", { name: "Attach", exact: true }).click();
      await expect(page.getByText("e2e-reads is attached")).toBeVisible();
      await rows(page, "e2e-reads").getByRole("link").first().click();
      await page.getByRole("tab", { name: "Attached to" }).click();
      await expect(page.getByRole("region", { name: "Attached to" }).getByRole("link", { name: "e2e-readers" })).toBeVisible();
    });

    await test.step("detach it from theirs, take that back, and do it by its own after all", async () => {
      await open(page, "/groups");
      await act(page, "e2e-readers", "Detach policy");
      await fillIn(dialog, { Policy: "e2e-reads" });
      await dialog.getByRole("button", { name: "Detach", exact: true }).click();
      await expect(page.getByText("The policy is detached from e2e-readers")).toBeVisible();
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(page.getByText("Taken back")).toBeVisible();
      await open(page, "/groups/e2e-readers?tab=permissions");
      await expect(page.getByRole("region", { name: "Attached policies" }).getByRole("link", { name: "e2e-reads" })).toBeVisible();
    });

    await test.step("delete it: first from whoever has it, then its versions, then itself", async () => {
      await remove(page, "/policies", "e2e-reads", ["Detach it from group e2e-readers", "Delete version v1", "Delete policy e2e-reads"]);
      await remove(page, "/groups", "e2e-readers", ["Delete group e2e-readers"]);
    });
  });
}

test("AWS’s policies are shown apart, can be attached and not changed", async ({ page }) => {
  await enterWorld(page, {}, "/policies");
  await expect(rows(page, "read-site-bucket")).toBeVisible();
  await expect(rows(page, "AdministratorAccess")).toHaveCount(0);
  await page.getByRole("combobox", { name: "Owner" }).selectOption({ label: "AWS managed" });
  await expect(rows(page, "AmazonEC2ReadOnlyAccess")).toBeVisible();
  await page.getByRole("button", { name: "Actions for AmazonEC2ReadOnlyAccess" }).click();
  await expect(page.getByRole("menuitem", { name: "Edit" })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Escape");
  await open(page, "/users");
  await act(page, "amara", "Attach policy");
  const dialog = page.getByRole("dialog");
  await fillIn(dialog, { Policy: "AmazonEC2ReadOnlyAccess" });
  await dialog.getByRole("button", { name: "Attach", exact: true }).click();
  await expect(page.getByText("The policy is attached to amara")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Taken back")).toBeVisible();
  await open(page, "/users/amara?tab=permissions");
  await expect(page.getByText("No policy is attached.")).toBeVisible();
});

test("a sixth version says which one makes room", async ({ page }) => {
  await enterWorld(page, {}, "/policies");
  const dialog = page.getByRole("dialog");
  for (const version of ["v2", "v3", "v4", "v5"]) {
    await act(page, "old-reports", "Edit");
    await expect(dialog.getByLabel("Version that makes room")).toHaveCount(0);
    await fillIn(dialog, { Policy: allowing(`s3:Get${version}`) });
    await dialog.getByRole("button", { name: "Save as new version" }).click();
    await expect(rows(page, "old-reports")).toContainText(version);
  }
  await act(page, "old-reports", "Edit");
  await expect(dialog.getByLabel("Version that makes room")).toHaveValue("v1");
  await dialog.getByRole("button", { name: "Save as new version" }).click();
  await expect(rows(page, "old-reports")).toContainText("v6");
});

test("to take a policy from the administrators, its name has to be typed", async ({ page }) => {
  await enterWorld(page, {}, "/groups");
  await act(page, "administrators", "Detach policy");
  const dialog = page.getByRole("dialog");
  const button = dialog.getByRole("button", { name: "Detach", exact: true });
  await fillIn(dialog, { Policy: "AdministratorAccess" });
  await expect(dialog.getByText("You are signed in with this policy", { exact: false })).toBeVisible();
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await dialog.getByLabel("Type administrators to go on").fill("administrators");
  await expect(button).not.toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await act(page, "administrators", "Remove users");
  await dialog.getByRole("checkbox", { name: "demo" }).check();
  await expect(dialog.getByText("You are one of them", { exact: false })).toBeVisible();
  await expect(dialog.getByLabel("Type administrators to go on")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await open(page, "/policies?scope=aws");
  await act(page, "AdministratorAccess", "Detach");
  await expect(dialog.getByText("Who administers the account by this policy alone", { exact: false })).toBeVisible();
});
