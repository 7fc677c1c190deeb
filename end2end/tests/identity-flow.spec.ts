// Identity and access as one goes through it: a group with a built policy, users in it with keys, one of them at work and denied what she may
// not do, a role that an instance has, and all of it deleted.

import { act, CLOUDS, confirm, create, enterCloud, fillIn, open, rows, signIn } from "../fixtures/console";
import { launch, list, REGION } from "../fixtures/given";
import { createUsers, remove } from "../fixtures/identity";
import { expect, test } from "../fixtures/test";

const NAMES = ["e2e-ann", "e2e-bob", "e2e-cleo"];

for (const cloud of CLOUDS) {
  test.describe(`on ${cloud.label}`, () => {
    // What is denied is answered with a status that the browser's console notes.
    test.use({ provoked: [/the server responded with a status of 4\d\d/] });

    test("from a group with a built policy to nothing left", async ({ page, browser }) => {
      test.setTimeout(240_000);
      await enterCloud(page, cloud, "/groups");
      const dialog = page.getByRole("dialog");

      await test.step("a group, and a policy put together out of actions", async () => {
        await create(page, "Create group", { Name: "e2e-watchers" });
        await act(page, "e2e-watchers", "Write inline policy");
        await fillIn(dialog, { Name: "watch" });
        await dialog.getByRole("tab", { name: "Visual" }).click();
        const statement = dialog.getByRole("listitem", { name: "Statement 1" });
        await statement.getByRole("searchbox").fill("ec2:Describe*");
        await statement.getByRole("searchbox").press("Enter");
        await expect(statement.getByText("ec2:Describe*", { exact: true })).toBeVisible();
        await dialog.getByRole("button", { name: "Save policy" }).click();
        await expect(dialog).toBeHidden();
        await open(page, "/groups/e2e-watchers?tab=permissions");
        await expect(page.getByRole("region", { name: "watch" })).toContainText("ec2:Describe*");
      });

      const keys = await test.step("three users in it, whose keys come as one file", async () => {
        await open(page, "/users");
        const made = await createUsers(page, { "e2e-watchers": true, Names: NAMES.join("\n"), "Make an access key for each": true });
        expect(made.map(([name]) => name)).toEqual(NAMES);
        const [, , id = "", secret = ""] = made[0] ?? [];
        return { id, secret };
      });

      // moto takes every key for that of somebody who may do everything.
      if (cloud.label === "Demo") {
        await test.step("one of them looks around, and what is denied is shown as denied", async () => {
          const context = await browser.newContext({ baseURL: new URL(page.url()).origin });
          const hers = await context.newPage();
          await signIn(hers, cloud.label, keys);
          await open(hers, "/instances");
          await expect(rows(hers, "web-1").first()).toBeVisible();
          await act(hers, "web-1", "Stop");
          await confirm(hers, "Stop");
          await expect(hers.getByRole("alert").getByText("not authorized to perform: ec2:StopInstances", { exact: false }).first()).toBeVisible();
          await open(hers, "/users");
          await expect(hers.getByRole("main").getByText("not authorized to perform: iam:ListUsers", { exact: false }).first()).toBeVisible();
          await context.close();
        });
      }

      await test.step("a role for instances, and an instance that has it", async () => {
        await open(page, "/roles");
        await create(page, "Create role", { Name: "e2e-worker" });
        await expect(rows(page, "e2e-worker")).toContainText("ec2.amazonaws.com");
        const { id } = await launch(page, cloud, "e2e-worker-1", { role: "e2e-worker" });
        const arn = (await list(page, `instances?region=${REGION}`)).find((row) => row.id === id)?.instance_profile_arn;
        expect(arn).toMatch(/instance-profile\/e2e-worker$/);
        await open(page, "/roles/e2e-worker");
        await expect(page.getByRole("region", { name: "Instances that have it, in this region" })).toContainText("e2e-worker-1");
        await open(page, "/instances");
        await act(page, "e2e-worker-1", "Terminate");
        await confirm(page, "Terminate");
      });

      await test.step("everything is deleted, in the order that the cloud accepts", async () => {
        for (const name of NAMES) {
          await remove(page, "/users", name, [/^Delete access key \w+$/, "Remove it from group e2e-watchers", `Delete user ${name}`]);
        }
        await remove(page, "/groups", "e2e-watchers", ["Delete inline policy watch", "Delete group e2e-watchers"]);
        await remove(page, "/roles", "e2e-worker", ["Delete instance profile e2e-worker", "Delete role e2e-worker"]);
      });
    });
  });
}
