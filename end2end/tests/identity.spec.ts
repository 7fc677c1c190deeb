// Identity and access: a group, its policy and users with their credentials, from the first to the last; and what would lock one out.

import { readFileSync } from "node:fs";
import { act, CLOUDS, create, enterCloud, enterWorld, fillIn, heading, onPage, open, rows, send } from "../fixtures/console";
import { POLICY, remove } from "../fixtures/identity";
import { expect, test } from "../fixtures/test";

for (const cloud of CLOUDS) {
  test(`a group and its users, from the first to the last, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(180_000);
    await enterCloud(page, cloud, "/groups");

    await test.step("create a group, and write its policy: what is no JSON is said with its place", async () => {
      await create(page, "Create group", { Name: "e2e-team", Path: "/e2e/" });
      await expect(rows(page, "e2e-team")).toContainText("/e2e/");
      await act(page, "e2e-team", "Write inline policy");
      const dialog = page.getByRole("dialog", { name: "Inline policy of e2e-team" });
      await fillIn(dialog, { Name: "look", Policy: '{\n  "Statement": [,]\n}' });
      await dialog.getByRole("button", { name: "Save policy" }).click();
      await expect(dialog.getByText("Line 2, column 17", { exact: false })).toBeVisible();
      await fillIn(dialog, { Policy: POLICY });
      await dialog.getByRole("button", { name: "Save policy" }).click();
      await expect(dialog).toBeHidden();
    });

    await test.step("create two users in it, whose secrets come once as a file", async () => {
      await open(page, "/users");
      await page.getByRole("main").getByRole("button", { name: "Create users" }).first().click();
      const dialog = page.getByRole("dialog", { name: "Create users" });
      await fillIn(dialog, { Names: "e2e-ann\ne2e-bob", "Make a password for each": true, "Make an access key for each": true });
      await dialog.getByRole("checkbox", { name: "e2e-team" }).check();
      const saved = page.waitForEvent("download");
      await dialog.getByRole("button", { name: "Create users" }).click();
      const file = await saved;
      expect(file.suggestedFilename()).toBe("credentials.csv");
      const lines = readFileSync(await file.path(), "utf8").trim().split("\r\n");
      expect(lines[0]).toBe("User name,Password,Access key ID,Secret access key");
      expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(["e2e-ann", "e2e-bob"]);
      const keep = page.getByRole("dialog", { name: "Keep the credentials" });
      await expect(keep.getByText("credentials.csv")).toBeVisible();
      await keep.getByRole("button", { name: "I have the file" }).click();
      await expect(rows(page, "e2e-ann")).toContainText("e2e-team");
      await expect(rows(page, "e2e-bob")).toContainText("e2e-team");
    });

    await test.step("a key is deactivated, and active again when that is taken back", async () => {
      await open(page, "/users/e2e-ann?tab=security");
      const keys = page.getByRole("region", { name: "Access keys" });
      await expect(keys.getByRole("row").nth(1)).toContainText("Active");
      const key = (await keys.getByRole("row").nth(1).getByRole("cell").first().textContent())?.trim() ?? "";
      await open(page, "/users");
      await act(page, "e2e-ann", "Deactivate access key");
      const dialog = page.getByRole("dialog", { name: "Deactivate an access key of e2e-ann" });
      await fillIn(dialog, { "Access key": key });
      await dialog.getByRole("button", { name: "Deactivate", exact: true }).click();
      await expect(page.getByText("The key of e2e-ann is inactive")).toBeVisible();
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(page.getByText("Taken back")).toBeVisible();
      await open(page, "/users/e2e-ann?tab=security");
      await expect(keys.getByRole("row").nth(1)).toContainText("Active");
    });

    await test.step("the group shows who is in it, and what they may do", async () => {
      await open(page, "/groups/e2e-team");
      const users = page.getByRole("region", { name: "Users" });
      // In the order in which they came: they were made side by side.
      await expect(users.getByRole("link")).toHaveCount(2);
      for (const name of ["e2e-ann", "e2e-bob"]) await expect(users.getByRole("link", { name })).toBeVisible();
      await page.getByRole("tab", { name: "Permissions" }).click();
      await expect(page.getByRole("region", { name: "look" })).toContainText("ec2:Describe*");
    });

    await test.step("a user and the group are renamed, and belong together as before", async () => {
      await open(page, "/users");
      await act(page, "e2e-bob", "Rename");
      await send(page, { Name: "e2e-robert", Path: "/e2e/" }, "Rename");
      await expect(rows(page, "e2e-robert")).toContainText("/e2e/");
      await expect(rows(page, "e2e-bob")).toHaveCount(0);
      await expect(rows(page, "e2e-robert")).toContainText("e2e-team");
      await act(page, "e2e-robert", "Rename");
      await send(page, { Name: "e2e-bob" }, "Rename");
      await open(page, "/groups/e2e-team");
      await onPage(page, "Rename");
      await send(page, { Name: "e2e-squad" }, "Rename");
      await expect(heading(page, "Groups")).toBeVisible();
      await expect(rows(page, "e2e-squad")).toHaveCount(1);
      await act(page, "e2e-squad", "Rename");
      await send(page, { Name: "e2e-team" }, "Rename");
      await expect(rows(page, "e2e-team")).toHaveCount(1);
    });

    await test.step("delete everything, in the order that the cloud accepts", async () => {
      for (const name of ["e2e-ann", "e2e-bob"]) {
        await remove(page, "/users", name, [
          `Delete the password of ${name}`,
          /^Delete access key \w+$/,
          "Remove it from group e2e-team",
          `Delete user ${name}`,
        ]);
      }
      await remove(page, "/groups", "e2e-team", ["Delete inline policy look", "Delete group e2e-team"]);
    });
  });
}

test("what would lock one out has to be typed", async ({ page }) => {
  await enterWorld(page, {}, "/users");
  await act(page, "demo", "Delete");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("You are signed in as this user.", { exact: false })).toBeVisible();
  const button = dialog.getByRole("button", { name: /^Delete it in/ });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await dialog.getByLabel("Type demo to go on").fill("demo");
  await expect(button).not.toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await open(page, "/groups");
  await act(page, "administrators", "Delete");
  await expect(dialog.getByText("Every user who administers this account does so by this group.", { exact: false })).toBeVisible();
});

test("an account's users are the same in every region", async ({ page }) => {
  await enterWorld(page, {}, "/groups?region=us-east-1");
  await create(page, "Create group", { Name: "e2e-everywhere" });
  await open(page, "/groups?region=eu-west-1");
  await expect(rows(page, "e2e-everywhere")).toHaveCount(1);
});

test("who deletes a user on its own page, with all that hangs on it, is led back to the list", async ({ page }) => {
  await enterWorld(page, {}, "/users/amara");
  await onPage(page, "Delete");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Delete it in/ }).click();
  await expect(dialog.getByText("amara and all that hung on it is deleted.")).toBeVisible({ timeout: 30_000 });
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(heading(page, "Users")).toBeVisible();
  await expect(rows(page, "amara")).toHaveCount(0);
});
