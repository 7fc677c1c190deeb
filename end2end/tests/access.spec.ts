// Who can do what: what a user may do and by which statement, who may do a thing, on a cloud with a policy simulator and on one without.

import type { Locator, Page } from "@playwright/test";
import { axe } from "../fixtures/axe";
import { act, CLOUDS, create, enterCloud, enterWorld, heading, open, rows, send } from "../fixtures/console";
import { allowing, remove } from "../fixtures/identity";
import { expect, test } from "../fixtures/test";

const answer = (page: Page, action: string): Locator => page.getByRole("table", { name: "Answers" }).getByRole("row").filter({ hasText: action });

/** Types an action into the search, and puts it in. */
async function choose(page: Page, action: string) {
  await page.getByRole("searchbox", { name: "Search actions and services" }).fill(action);
  await page.getByRole("button", { name: `Add ${action}` }).click();
  await expect(page.getByRole("button", { name: `Remove ${action}` })).toBeVisible();
}

/** Chooses a user out of the list. */
async function chooseUser(page: Page, name: string) {
  await page.getByRole("button", { name: "Choose a user" }).click();
  await page.getByRole("radio", { name: `Choose ${name}`, exact: true }).click();
  await expect(page.getByRole("textbox", { name: "User or role" })).toHaveValue(new RegExp(`:user/(.*/)?${name}$`));
}

for (const cloud of CLOUDS) {
  test(`a user's permissions are told with the statement that decides, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(180_000);
    await enterCloud(page, cloud, "/users");
    await create(page, "Create users", { Names: "e2e-asked" });
    await act(page, "e2e-asked", "Write inline policy");
    await send(page, { Name: "e2e-look", Policy: allowing("ec2:Describe*") }, "Save policy");

    await test.step("from the user's own page", async () => {
      await open(page, "/users/e2e-asked");
      await page.getByRole("button", { name: "Actions", exact: true }).click();
      await page.getByRole("menuitem", { name: "What may it do?" }).click();
      await expect(heading(page, "Who can do what")).toBeVisible();
      await expect(page.getByRole("textbox", { name: "User or role" })).toHaveValue(/:user\/e2e-asked$/);
      await choose(page, "ec2:DescribeInstances");
      await choose(page, "ec2:StartInstances");
      await page.getByRole("button", { name: "Ask", exact: true }).click();
      await expect(answer(page, "ec2:DescribeInstances")).toContainText("Allowed", { timeout: 30_000 });
      await expect(answer(page, "ec2:StartInstances")).toContainText("Not allowed");
      const by = cloud.label === "Demo" ? "The cloud’s own simulator says so." : "The console says so, from the policies that it could read";
      await expect(page.getByRole("note").filter({ hasText: by })).toBeVisible();
    });

    await test.step("the address holds the question", async () => {
      await expect(page).toHaveURL(/actions=ec2%3ADescribeInstances%2Cec2%3AStartInstances/);
      await page.reload();
      await expect(answer(page, "ec2:DescribeInstances")).toContainText("Allowed", { timeout: 30_000 });
    });

    await test.step("the statement leads to its policy", async () => {
      await answer(page, "ec2:DescribeInstances").getByRole("link", { name: "Statement 1 of e2e-look" }).click();
      await expect(page.getByRole("tab", { name: "Permissions" })).toHaveAttribute("aria-selected", "true");
      await expect(page.getByRole("region", { name: "e2e-look" }).locator("mark")).toContainText("ec2:Describe*");
    });

    await test.step("a change of the policy is known at once", async () => {
      await open(page, "/users");
      await act(page, "e2e-asked", "Write inline policy");
      await send(page, { Name: "e2e-look", Policy: allowing("ec2:Start*") }, "Save policy");
      await open(page, "/access?ask=everybody&actions=ec2:StartInstances");
      const able = page.getByRole("table", { name: "Who may do it" }).getByRole("row").filter({ hasText: "e2e-asked" });
      await expect(able).toContainText("Allowed", { timeout: 30_000 });
      await expect(able).toContainText("Statement 1 of e2e-look");
    });

    await remove(page, "/users", "e2e-asked", ["Delete inline policy e2e-look", "Delete user e2e-asked"]);
  });
}

test("a group's statement is named, and a condition makes an answer that depends on it", async ({ page }) => {
  await enterWorld(page, {}, "/access");
  await expect(page.getByText("What may a user or a role do?")).toBeVisible();
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.getByText("Choose a user or a role, or enter the ARN of one.")).toBeVisible();
  await expect(page.getByText("Choose an action.")).toBeVisible();
  await chooseUser(page, "farid");
  await choose(page, "ec2:StartInstances");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  const row = answer(page, "ec2:StartInstances");
  await expect(row).toContainText("Statement 1 (Change) of restart-instances");
  await expect(row).toContainText("by the group operations");
  await row.getByText("Its text").click();
  await expect(row.getByRole("region", { name: "Its text" })).toContainText("ec2:RebootInstances");
  await row.getByRole("link").click();
  await expect(page).toHaveURL(/\/groups\/operations\?/);
  await expect(page.getByRole("region", { name: "restart-instances" }).locator("mark")).toContainText('"Sid": "Change"');
  await page.goBack();
  await expect(row).toContainText("Allowed");
  await page.getByRole("textbox", { name: /^Condition keys/ }).fill("aws:SourceIp");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.getByText("Write a key and a value on each line", { exact: false })).toBeVisible();
  await expect(page.getByRole("textbox", { name: /^Condition keys/ })).toHaveValue("aws:SourceIp");
});

test("without a simulator it depends on what is not said", async ({ page }) => {
  await enterWorld(page, { faults: "SimulatePrincipalPolicy:ServiceUnavailable" }, "/users");
  const near = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Deny", Action: "ec2:*", Resource: "*", Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } },
  });
  await act(page, "elena", "Write inline policy");
  await send(page, { Name: "near", Policy: near }, "Save policy");
  await open(page, "/access?actions=ec2:StartInstances");
  await chooseUser(page, "elena");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(answer(page, "ec2:StartInstances")).toContainText("It depends on aws:SourceIp");
  await page.getByRole("textbox", { name: /^Condition keys/ }).fill("aws:SourceIp = 10.1.2.3");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(answer(page, "ec2:StartInstances")).toContainText("Statement 1 of AdministratorAccess");
});

test.describe("when nobody may be looked at", () => {
  test.use({ provoked: [/the server responded with a status of 403/] });

  test("who may do it is an error that says which permission is missing, and what was typed stays", async ({ page }) => {
    await enterWorld(page, { faults: "GetAccountAuthorizationDetails:AccessDenied" }, "/access");
    await page.getByRole("tab", { name: "Who may do this?" }).click();
    await expect(page.getByText("the users and roles of the account are looked through", { exact: false })).toBeVisible();
    await choose(page, "iam:CreateUser");
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    const error = page.getByRole("alert").filter({ hasText: "You are not allowed to do this" });
    await expect(error).toContainText("iam:GetAccountAuthorizationDetails");
    await expect(page.getByRole("button", { name: "Remove iam:CreateUser" })).toBeVisible();
  });
});

test("the page is fit for a screen reader, and for a narrow screen", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await enterWorld(page, {}, "/access?ask=everybody&actions=iam:CreateUser");
  const table = page.getByRole("table", { name: "Who may do it" });
  await expect(table.getByRole("row")).toHaveCount(4);
  await expect(table.getByRole("rowheader")).toHaveText(["demo", "elena", "administrator"]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await axe(page)).toEqual([]);
  await page.getByRole("tab", { name: "Who may do this?" }).press("ArrowLeft");
  await expect(page.getByRole("tab", { name: "What may one do?" })).toBeFocused();
  await expect(page.getByRole("textbox", { name: "User or role" })).toBeVisible();
});

test("a role leads to those who may take it on", async ({ page }) => {
  await enterWorld(page, {}, "/roles/administrator");
  await page.getByRole("button", { name: "Actions", exact: true }).click();
  await page.getByRole("menuitem", { name: "Who may take it on?" }).click();
  const table = page.getByRole("table", { name: "Who may do it" });
  await expect(table.getByRole("rowheader")).toHaveText(["amara", "ben", "chen", "demo", "diego", "elena", "administrator"]);
  await expect(page.getByRole("textbox", { name: /^Resource/ })).toHaveValue(/:role\/administrator$/);
  await table.getByRole("link", { name: "amara" }).click();
  await expect(heading(page, "amara")).toBeVisible();
});

test("a policy begins with what was just used", async ({ page }) => {
  await enterWorld(page, {}, "/volumes");
  await expect(rows(page, "vol-").first()).toBeVisible();
  await open(page, "/groups");
  await act(page, "auditors", "Write inline policy");
  const dialog = page.getByRole("dialog", { name: "Inline policy of auditors" });
  await dialog.getByRole("button", { name: "As just used" }).click();
  const policy = dialog.getByRole("textbox", { name: "Policy", exact: true });
  await expect(policy).toHaveValue(/"ec2:DescribeVolumes"/);
  await expect(policy).toHaveValue(/"iam:ListGroups"/);
  await expect(policy).not.toHaveValue(/CreateVolume/);
});
