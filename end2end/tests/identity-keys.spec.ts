// Access keys in a row: one takes the place of another; and a user who can do nothing for a while.

import { act, CLOUDS, enterCloud, fillIn, open, rows } from "../fixtures/console";
import { createUsers } from "../fixtures/identity";
import { expect, test } from "../fixtures/test";

for (const cloud of CLOUDS) {
  test(`a key is rotated, left half-way and gone on with, and its user disabled and enabled, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(120_000);
    await enterCloud(page, cloud, "/users");
    const made = await createUsers(page, { Names: "e2e-keys", "Make a password for each": true, "Make an access key for each": true });
    const first = made[0]?.[2] ?? "";
    await expect(rows(page, "e2e-keys")).toHaveCount(1);

    const dialog = page.getByRole("dialog", { name: "Rotate the access key of e2e-keys" });
    const keys = page.getByRole("region", { name: "Access keys" });

    await test.step("a second key is made, and comes once", async () => {
      await act(page, "e2e-keys", "Rotate access key");
      await expect(dialog.getByText(first)).toBeVisible();
      const saved = page.waitForEvent("download");
      await dialog.getByRole("button", { name: "Make a second key" }).click();
      expect((await saved).suggestedFilename()).toBe("e2e-keys-credentials.csv");
      await page.getByRole("button", { name: "I have the file" }).click();
      await expect(dialog.getByText("There are two keys", { exact: false })).toBeVisible();
      await dialog.getByRole("button", { name: "Leave it so" }).click();
      await expect(dialog).toBeHidden();
    });

    await test.step("another day the cloud says where it stands; the old key goes only when the new one is in use", async () => {
      await open(page, "/users");
      await act(page, "e2e-keys", "Rotate access key");
      const off = dialog.getByRole("button", { name: "Deactivate the old key" });
      await expect(off).toHaveAttribute("aria-disabled", "true");
      await fillIn(dialog, { "The new key is in use everywhere": true });
      await off.click();
      await expect(dialog.getByRole("button", { name: "Activate the old key again" })).toBeVisible();
      await expect(dialog.getByText("Inactive")).toBeVisible();
      await dialog.getByRole("button", { name: "Delete the old key" }).click();
      await expect(dialog.getByText("The old key is gone, and the new one has its place.")).toBeVisible();
      await dialog.getByRole("button", { name: "Done" }).click();
      await open(page, "/users/e2e-keys?tab=security");
      await expect(keys.getByRole("row")).toHaveCount(2);
      await expect(keys).not.toContainText(first);
    });

    await test.step("disabled, it has no password and no key that works; enabled, it has its key", async () => {
      const plan = page.getByRole("dialog", { name: "Disable e2e-keys" });
      const again = page.getByRole("dialog", { name: "Enable e2e-keys" });
      await open(page, "/users");
      await act(page, "e2e-keys", "Disable");
      await expect(plan.getByText("its password cannot come back", { exact: false })).toBeVisible();
      const steps = ["Delete the password of e2e-keys", /^Deactivate access key \w+$/];
      await expect(plan.getByRole("list", { name: "Steps" }).getByRole("listitem")).toHaveText(steps);
      await plan.getByRole("button", { name: "Disable it in 2 steps" }).click();
      await expect(plan.getByText("e2e-keys is disabled.")).toBeVisible({ timeout: 30_000 });
      await plan.getByRole("button", { name: "Done" }).click();
      await act(page, "e2e-keys", "Disable");
      await expect(plan.getByText("It is disabled already", { exact: false })).toBeVisible();
      await plan.getByRole("button", { name: "Cancel" }).click();
      await open(page, "/users/e2e-keys?tab=security");
      await expect(keys.getByRole("row").nth(1)).toContainText("Inactive");
      await open(page, "/users");
      await act(page, "e2e-keys", "Enable");
      await again.getByRole("button", { name: "Enable it in 1 step" }).click();
      await expect(again.getByText("The keys of e2e-keys work again.")).toBeVisible({ timeout: 30_000 });
      await again.getByRole("button", { name: "Done" }).click();
      await open(page, "/users/e2e-keys?tab=security");
      await expect(keys.getByRole("row").nth(1)).toContainText("Active");
    });
  });
}

for (const cloud of CLOUDS) {
  test(`the credential report tells of everybody's passwords and keys, on ${cloud.label}`, async ({ page }) => {
    await enterCloud(page, cloud, "/users");
    await createUsers(page, { Names: "e2e-key\ne2e-none", "Make an access key for each": true });
    await act(page, "e2e-none", "Disable");
    await page.getByRole("dialog").getByRole("button", { name: "Disable it in 1 step" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Done" }).click({ timeout: 30_000 });
    // The cloud makes it while one waits.
    await open(page, "/credential-report?key=true");
    await expect(rows(page, "e2e-key")).toHaveCount(1, { timeout: 30_000 });
    await expect(rows(page, "e2e-none")).toHaveCount(0);
    await open(page, "/credential-report/e2e-none");
    await expect(page.getByRole("region", { name: "Access keys" }).getByRole("row").nth(1)).toContainText("Inactive", { timeout: 30_000 });
    await page.getByRole("main").getByRole("link", { name: "e2e-none", exact: true }).click();
    await expect(page.getByRole("tab", { name: "Security credentials" })).toBeVisible();
  });
}

test("who disables themselves types the name first", async ({ page }) => {
  await enterCloud(page, { label: "Demo", takesTime: true }, "/users");
  await act(page, "demo", "Disable");
  const dialog = page.getByRole("dialog", { name: "Disable demo" });
  await expect(dialog.getByText("You are signed in as this user.", { exact: false })).toBeVisible();
  const button = dialog.getByRole("button", { name: /^Disable it in/ });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await dialog.getByLabel("Type demo to go on").fill("demo");
  await expect(button).not.toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("button", { name: "Cancel" }).click();
});
