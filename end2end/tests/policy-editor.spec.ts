// The field in which a policy is written: as text, which says at its place what is wrong with it, and as statements to be put together.

import type { Locator, Page } from "@playwright/test";
import { axe } from "../fixtures/axe";
import { act, CLOUDS, create, enterWorld, fillIn, open, signIn } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

const ALLOW = (action: string, resource = "*") =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: resource }] }, null, 2);

/** Opens the field for a new policy of a group that is there. */
async function write(page: Page, group = "administrators"): Promise<Locator> {
  await act(page, group, "Write inline policy");
  const dialog = page.getByRole("dialog", { name: `Inline policy of ${group}` });
  await expect(field(dialog)).toBeVisible();
  return dialog;
}

const field = (dialog: Locator) => dialog.getByRole("textbox", { name: "Policy", exact: true });
const findings = (dialog: Locator) => dialog.getByRole("list", { name: "Findings" }).getByRole("listitem");
const summary = (dialog: Locator) => dialog.getByRole("status");

/** The policy as the text says it. */
const policyOf = async (dialog: Locator) => JSON.parse(await field(dialog).inputValue());

test("what is wrong is said at its place while it is typed, and put right from the list", async ({ page }) => {
  await enterWorld(page, {}, "/groups");
  const dialog = await write(page);
  await field(dialog).fill(ALLOW("ec2:RunInstance"));
  const finding = findings(dialog).filter({ hasText: "ec2:RunInstances is meant" });
  await expect(finding).toContainText("Line 6, column 17");
  await expect(summary(dialog)).toHaveText("1 warning");
  await expect(dialog.locator(".policy-line").nth(5)).toHaveAttribute("data-mark", "warning");
  await expect(dialog.locator("[data-wrong=warning]")).toHaveText('"ec2:RunInstance"');

  await finding.getByRole("button", { name: "Line 6, column 17", exact: false }).click();
  await expect(field(dialog)).toBeFocused();
  expect(await field(dialog).evaluate((text: HTMLTextAreaElement) => text.value.slice(text.selectionStart, text.selectionEnd))).toBe('"ec2:RunInstance"');

  await finding.getByRole("button", { name: 'Replace with "ec2:RunInstances"' }).click();
  await expect(field(dialog)).toHaveValue(ALLOW("ec2:RunInstances"));
  await expect(findings(dialog)).toHaveCount(0);
  await expect(summary(dialog)).toHaveText("Nothing is wrong with it.");

  // What a button did is undone like what is typed.
  await field(dialog).press("ControlOrMeta+z");
  await expect(field(dialog)).toHaveValue(ALLOW("ec2:RunInstance"));

  await field(dialog).fill('{\n  "Statement": [,]\n}');
  await expect(findings(dialog).filter({ hasText: "Line 2, column 17" })).toContainText("remove it");
  await expect(field(dialog)).toHaveAttribute("aria-invalid", "true");
  await expect(dialog.getByRole("button", { name: "Format" })).toHaveAttribute("aria-disabled", "true");
});

test("a template to begin with, lines that go on where the text does, and one layout", async ({ page }) => {
  await enterWorld(page, {}, "/groups");
  const dialog = await write(page);
  await expect(summary(dialog)).toHaveText("");
  await dialog.getByRole("button", { name: "Read-only" }).click();
  await expect(field(dialog)).toHaveValue(/"ec2:Describe\*"/);
  await expect(dialog.getByRole("button", { name: "Read-only" })).toBeHidden();

  await field(dialog).fill(JSON.stringify(JSON.parse(ALLOW("ec2:*"))));
  await expect(summary(dialog)).toHaveText("Nothing is wrong with it.");
  await dialog.getByRole("button", { name: "Format" }).click();
  await expect(field(dialog)).toHaveValue(`${ALLOW("ec2:*")}\n`);

  await field(dialog).fill("");
  await field(dialog).pressSequentially("{");
  await field(dialog).press("Enter");
  await field(dialog).pressSequentially('"Statement": []');
  await field(dialog).press("ArrowLeft");
  await field(dialog).press("Enter");
  await expect(field(dialog)).toHaveValue('{\n  "Statement": [\n    \n  ]');

  // The field lets go of the focus by Tab, both ways.
  await field(dialog).press("Tab");
  await expect(field(dialog)).not.toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(field(dialog)).toBeFocused();
});

test("a policy that is too long says by how much", async ({ page }) => {
  await enterWorld(page, {}, "/groups");
  const dialog = await write(page);
  await field(dialog).fill(ALLOW(`ec2:${"Describe".repeat(700)}*`));
  await expect(dialog.getByText(/^5,\d{3} of 5,120 characters: \d+ too many$/)).toBeVisible();
  await expect(findings(dialog).filter({ hasText: "too long" })).toBeVisible();
});

test.describe("when the list of actions cannot be fetched", () => {
  test.use({ provoked: [/Failed to load resource/] });

  test("names are not checked, and that is said; the rest is", async ({ page }) => {
    await page.route("**/iam-actions.txt", (route) => route.abort());
    await enterWorld(page, {}, "/groups");
    const dialog = await write(page);
    await field(dialog).fill(ALLOW("ec2:RunInstance").replace("Effect", "Efect"));
    await expect(findings(dialog).filter({ hasText: "Effect is meant" })).toBeVisible();
    await expect(findings(dialog).filter({ hasText: "RunInstances" })).toHaveCount(0);
    await page.unrouteAll();
    await dialog.getByRole("button", { name: "Try again" }).click();
    await expect(findings(dialog).filter({ hasText: "ec2:RunInstances is meant" })).toBeVisible();
  });
});

test.describe("when the cloud refuses it", () => {
  test.use({ provoked: [/Failed to load resource/] });

  test("the text is still there, and the cloud's words beside it", async ({ page }) => {
    await enterWorld(page, { faults: "PutGroupPolicy:MalformedPolicyDocument" }, "/groups");
    const dialog = await write(page);
    await fillIn(dialog, { Name: "look", Policy: ALLOW("ec2:Describe*") });
    await dialog.getByRole("button", { name: "Save policy" }).click();
    await expect(dialog.getByRole("alert")).toBeVisible();
    await expect(field(dialog)).toHaveValue(ALLOW("ec2:Describe*"));
  });
});

test("a policy is built, and what only its JSON shows stays in it", async ({ page }) => {
  await enterWorld(page, {}, "/groups");
  const dialog = await write(page);
  await field(dialog).fill('{"Version": "2012-10-17", "Extra": 1e3, "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*", "Odd": [null]}}');
  await dialog.getByRole("tab", { name: "Visual" }).click();
  const first = dialog.getByRole("listitem", { name: "Statement 1" });
  await expect(first.getByText("sqs:SendMessage")).toBeVisible();
  await expect(first.getByText("keeps it: Odd", { exact: false })).toBeVisible();
  await expect(dialog.getByText("keeps it: Extra", { exact: false })).toBeVisible();

  // By words, over all services.
  await first.getByRole("button", { name: "Choose actions" }).click();
  const search = first.getByRole("searchbox", { name: "Search actions and services" });
  await search.fill("ec2 startinst");
  await first.getByRole("checkbox", { name: "ec2:StartInstances" }).check();
  // By level, with as few wildcards as say the same.
  await search.fill("amazon sqs");
  await first.getByRole("button", { name: "Amazon SQS" }).click();
  await first.getByRole("checkbox", { name: /^Read ?\d+$/ }).check();
  await expect(first.getByRole("checkbox", { name: /^Read ?\d+\/\d+$/ })).toBeChecked();

  // A resource of the type that the actions act on.
  await first.getByRole("button", { name: "Build an ARN" }).click();
  await first.getByRole("combobox", { name: "Type" }).selectOption({ label: "sqs: queue" });
  await first.getByLabel("Queue Name").fill("jobs");
  await first.getByRole("button", { name: "Add this ARN" }).click();

  // A condition, whose operator follows the type of its key.
  await first.getByRole("button", { name: "Add a condition" }).click();
  const condition = first.getByRole("group", { name: "Condition 1" });
  await condition.getByLabel("Condition key").fill("aws:SourceIp");
  await condition.getByLabel("Condition key").blur();
  await expect(condition.getByLabel("Operator")).toHaveValue("IpAddress");
  await condition.getByLabel("Value 1", { exact: true }).fill("203.0.113.0/24");

  await dialog.getByRole("button", { name: "Add a statement" }).click();
  const second = dialog.getByRole("listitem", { name: "Statement 2" });
  await second.getByRole("radio", { name: "Deny" }).check();
  await second.getByRole("searchbox").fill("iam:*");
  await second.getByRole("searchbox").press("Enter");
  await expect(second.getByText("iam:*", { exact: true })).toBeVisible();
  await second.getByRole("combobox", { name: "Which actions" }).selectOption("All actions but these");
  await dialog.getByRole("button", { name: "Move statement 2 up" }).click();
  await expect(dialog.getByRole("button", { name: "Move statement 1 down" })).toBeVisible();

  await dialog.getByRole("tab", { name: "JSON" }).click();
  const policy = await policyOf(dialog);
  expect(policy.Extra).toBe(1000);
  expect(policy.Statement[0]).toEqual({ Effect: "Deny", NotAction: "iam:*", Resource: "*" });
  expect(policy.Statement[1].Odd).toEqual([null]);
  expect(policy.Statement[1].Action).toEqual(expect.arrayContaining(["sqs:SendMessage", "ec2:StartInstances"]));
  expect(policy.Statement[1].Action.some((action: string) => action.startsWith("sqs:List"))).toBe(true);
  expect(policy.Statement[1].Resource).toMatch(/^arn:aws:sqs:\*:\d{12}:jobs$/);
  expect(policy.Statement[1].Condition).toEqual({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } });

  // What is changed there is shown here; what cannot be read leads back.
  await field(dialog).fill(ALLOW("s3:GetObject"));
  await dialog.getByRole("tab", { name: "Visual" }).click();
  await expect(first.getByText("s3:GetObject")).toBeVisible();
  await expect(second).toHaveCount(0);
  await dialog.getByRole("tab", { name: "JSON" }).click();
  await field(dialog).fill('{"Statement": [}');
  await dialog.getByRole("tab", { name: "Visual" }).click();
  await dialog.getByRole("button", { name: "Show the place" }).click();
  await expect(field(dialog)).toBeFocused();
});

for (const cloud of CLOUDS) {
  test(`a policy that was built is saved, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(120_000);
    await signIn(page, cloud.label);
    await open(page, "/groups");
    await create(page, "Create group", { Name: "e2e-built" });
    const dialog = await write(page, "e2e-built");
    await fillIn(dialog, { Name: "built" });
    await dialog.getByRole("tab", { name: "Visual" }).click();
    const statement = dialog.getByRole("listitem", { name: "Statement 1" });
    await statement.getByRole("searchbox").fill("ec2:Describe*");
    await statement.getByRole("button", { name: "Add ec2:Describe*" }).click();
    await dialog.getByRole("button", { name: "Save policy" }).click();
    await expect(dialog).toBeHidden();
    await open(page, "/groups/e2e-built?tab=permissions");
    await expect(page.getByRole("region", { name: "built" })).toContainText("ec2:Describe*");
  });
}

for (const theme of ["light", "dark"]) {
  test(`axe finds nothing in both faces, in the ${theme} theme`, async ({ page, context, canopy }) => {
    await context.addCookies([{ name: "theme", value: theme, url: canopy.origin }]);
    await enterWorld(page, {}, "/groups");
    const dialog = await write(page);
    expect(await axe(page)).toEqual([]);
    await field(dialog).fill(ALLOW("ec2:RunInstance").replace('"*"', '"arn:aws:s3:::${aws:username}", 5'));
    await expect(findings(dialog).first()).toBeVisible();
    expect(await axe(page)).toEqual([]);
    await field(dialog).fill(ALLOW("ec2:StartInstances"));
    await dialog.getByRole("tab", { name: "Visual" }).click();
    const statement = dialog.getByRole("listitem", { name: "Statement 1" });
    await statement.getByRole("button", { name: "Choose actions" }).click();
    await statement.getByRole("searchbox").fill("ec2 volume");
    await statement.getByRole("button", { name: "Build an ARN" }).click();
    await statement.getByRole("button", { name: "Add a condition" }).click();
    await expect(statement.getByRole("checkbox", { name: "ec2:CreateVolume" })).toBeVisible();
    expect(await axe(page)).toEqual([]);
  });
}
