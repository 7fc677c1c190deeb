// Roles: made for a service and for another account, changed, given a policy, and deleted with their instance profiles.

import { act, CLOUDS, create, enterCloud, enterWorld, fillIn, onPage, open, rows } from "../fixtures/console";
import { POLICY, remove } from "../fixtures/identity";
import { expect, test } from "../fixtures/test";

for (const cloud of CLOUDS) {
  test(`a role, from the first to the last, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(180_000);
    await enterCloud(page, cloud, "/roles");
    const dialog = page.getByRole("dialog");

    await test.step("create one for instances, whose instance profile comes by itself", async () => {
      await create(page, "Create role", { Name: "e2e-builder", Description: "Builds", "Longest session (seconds)": "7200" });
      await expect(rows(page, "e2e-builder")).toContainText("ec2.amazonaws.com");
      await expect(rows(page, "e2e-builder")).toContainText("2 hours");
      await rows(page, "e2e-builder").getByRole("link").first().click();
      await expect(page.getByText("Instance profile", { exact: true })).toBeVisible();
      // Moto reads its thirteen hundred images with the first call to EC2.
      await expect(page.getByText("No instance of this region has it.")).toBeVisible({ timeout: 30_000 });
      await page.getByRole("tab", { name: "Trust" }).click();
      await expect(page.getByRole("region", { name: "e2e-builder" })).toContainText("ec2.amazonaws.com");
    });

    await test.step("create one for another account, whose number is looked at", async () => {
      await open(page, "/roles");
      await page.getByRole("main").getByRole("button", { name: "Create role" }).first().click();
      await fillIn(dialog, { Name: "e2e-partner", "Who may take it on": "Another account" });
      await fillIn(dialog, { "Account ID": "1111", "External ID": "shared-word", "Only after an MFA code": true });
      await dialog.getByRole("button", { name: "Create role" }).click();
      await expect(dialog.getByText("An account ID has twelve digits.")).toBeVisible();
      await fillIn(dialog, { "Account ID": "111122223333" });
      await dialog.getByRole("button", { name: "Create role" }).click();
      await expect(dialog).toBeHidden();
      await expect(rows(page, "e2e-partner")).toContainText("111122223333");
      await open(page, "/roles/e2e-partner?tab=trust");
      await expect(page.getByRole("region", { name: "e2e-partner" })).toContainText("shared-word");
    });

    await test.step("its trust policy is changed, and is as before when that is taken back", async () => {
      await open(page, "/roles");
      await act(page, "e2e-partner", "Edit trust policy");
      const field = dialog.getByLabel("Trust policy", { exact: true });
      await field.fill((await field.inputValue()).replace("111122223333", "444455556666"));
      await dialog.getByRole("button", { name: "Save trust policy" }).click();
      await expect(rows(page, "e2e-partner")).toContainText("444455556666");
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(rows(page, "e2e-partner")).toContainText("111122223333");
    });

    await test.step("it gets a policy", async () => {
      await open(page, "/policies");
      await create(page, "Create policy", { Name: "e2e-builds", Policy: POLICY });
      await open(page, "/roles");
      await act(page, "e2e-builder", "Attach policy");
      await fillIn(dialog, { "Sort of policy": "Customer managed", Policy: "e2e-builds" });
      await dialog.getByRole("button", { name: "Attach", exact: true }).click();
      await expect(page.getByText("The policy is attached to e2e-builder")).toBeVisible();
      await open(page, "/roles/e2e-builder?tab=permissions");
      await expect(page.getByRole("region", { name: "Attached policies" }).getByRole("link", { name: "e2e-builds" })).toBeVisible();
    });

    await test.step("a boundary is set, and taken away again", async () => {
      await open(page, "/roles/e2e-builder");
      await onPage(page, "Set permissions boundary");
      await fillIn(dialog, { "Sort of policy": "Customer managed", Policy: "e2e-builds" });
      await dialog.getByRole("button", { name: "Set boundary" }).click();
      await expect(page.getByText("The boundary of e2e-builder is set")).toBeVisible();
      await expect(page.getByRole("main").getByRole("link", { name: "e2e-builds" })).toBeVisible();
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(page.getByRole("main").getByRole("link", { name: "e2e-builds" })).toHaveCount(0);
    });

    await test.step("delete everything, in the order that the cloud accepts", async () => {
      const steps = ["Delete instance profile e2e-builder", "Detach policy e2e-builds", "Delete role e2e-builder"];
      await remove(page, "/roles", "e2e-builder", steps);
      await remove(page, "/roles", "e2e-partner", ["Delete role e2e-partner"]);
      await remove(page, "/policies", "e2e-builds", ["Delete policy e2e-builds"]);
    });
  });
}

test("a role names the instances that have it, and one that a service keeps is left alone", async ({ page }) => {
  await enterWorld(page, {}, "/roles/web-server");
  const instances = page.getByRole("region", { name: "Instances that have it, in this region" });
  await expect(instances.getByRole("row").nth(1)).toContainText("web-");
  await open(page, "/roles/AWSServiceRoleForEC2Spot");
  await expect(page.getByText("A service of the cloud keeps this role", { exact: false }).first()).toBeVisible();
  await open(page, "/roles");
  await page.getByRole("button", { name: "Actions for AWSServiceRoleForEC2Spot" }).click();
  await expect(page.getByRole("menuitem", { name: /^Delete A service/ })).toHaveAttribute("aria-disabled", "true");
});
