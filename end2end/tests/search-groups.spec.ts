// Groups of filters: made, edited line by line and taken apart, by keyboard alone.

import { type Locator } from "@playwright/test";
import { CLOUDS, enterCloud, enterWorld, rows } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

/** Chooses in a list of choices as the keyboard does: by its focus, without a click. */
async function choose(select: Locator, label: string) {
  await select.focus();
  await select.selectOption({ label });
}

test("a filter becomes a group, gets a second line, an operator of its own, and is taken apart", async ({ page }) => {
  await enterWorld(page, {}, "/instances?state=stopped");
  await expect(rows(page, "stopped").first()).toBeVisible();
  await page.getByRole("button", { name: "Edit State is Stopped" }).press("Enter");
  await page.getByRole("dialog", { name: "Edit filter" }).getByRole("button", { name: "Make a group" }).press("Enter");

  const form = page.getByRole("dialog", { name: "Edit group" });
  const first = form.getByRole("group", { name: "Filter 1" });
  await expect(first.getByLabel("Value")).toHaveValue("stopped");
  await form.getByRole("button", { name: "Add a filter" }).press("Enter");
  await expect(form.getByRole("status")).toHaveText("Filter 2 added");
  const second = form.getByRole("group", { name: "Filter 2" });
  await expect(second.getByLabel("Property")).toBeFocused();
  await choose(second.getByLabel("Property"), "State");
  await choose(second.getByLabel("Comparison"), "is");
  await second.getByLabel("Value").focus();
  await page.keyboard.type("running");
  await page.keyboard.press("Enter");
  await expect(form).toBeHidden();
  await expect(page).toHaveURL(/q=\(state%3Dstopped%20or%20state%3Drunning\)/);
  await expect(rows(page, "running").first()).toBeVisible();

  // All of two states fits nothing; it is the group's own operator.
  const pill = page.getByRole("button", { name: /^Edit \(State = Stopped or State = Running\)/ });
  await pill.press("Enter");
  await choose(form.getByLabel("What of the group has to fit"), "All of these");
  await form.getByRole("button", { name: "Apply" }).press("Enter");
  await expect(page.getByText("Nothing fits this search")).toBeVisible();

  // A line less, and the focus stays in the form.
  await page.getByRole("button", { name: /^Edit \(State = Stopped and State = Running\)/ }).press("Enter");
  await form.getByRole("button", { name: "Remove filter 1" }).press("Enter");
  await expect(form.getByRole("status")).toHaveText("1 filter left");
  await expect(form.getByRole("group", { name: "Filter 1" }).getByLabel("Property")).toBeFocused();
  await expect(form.getByRole("group", { name: "Filter 1" }).getByLabel("Value")).toHaveValue("running");
  await form.getByRole("button", { name: "Ungroup" }).press("Enter");
  await expect(page).toHaveURL(/[?&]state=running/);
  await expect(page.getByRole("button", { name: "Edit State is Running" })).toBeVisible();
  await expect(rows(page, "stopped")).toHaveCount(0);
});

test("a line that makes no sense says why, and the others stay as they were", async ({ page }) => {
  await enterWorld(page, {}, "/instances?q=(state%3Drunning%20or%20web)");
  await page.getByRole("button", { name: /^Edit \(State = Running or/ }).press("Enter");
  const form = page.getByRole("dialog", { name: "Edit group" });
  const second = form.getByRole("group", { name: "Filter 2" });
  await choose(second.getByLabel("Property"), "Launched");
  await second.getByLabel("Value").fill("soon");
  await form.getByRole("button", { name: "Apply" }).press("Enter");
  await expect(second.getByRole("alert")).toContainText("neither a date");
  await expect(form.getByRole("group", { name: "Filter 1" }).getByLabel("Value")).toHaveValue("running");
  await page.keyboard.press("Escape");
  await expect(form).toBeHidden();
  await expect(page).toHaveURL(/q=\(state%3Drunning%20or%20web\)/);
});

for (const cloud of CLOUDS) {
  test(`a pill says who looks for it once the list is complete, on ${cloud.label}`, async ({ page }) => {
    await enterCloud(page, cloud, "/images?owner=all&architecture=x86_64");
    await expect(rows(page, "x86_64").first()).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: /so far/ })).toHaveCount(0);
    await expect(page.getByRole("img", { name: "Looked for here, in the browser" })).toHaveCount(1);
    await expect(page.getByRole("img", { name: "Looked for by the cloud" })).toHaveCount(0);
  });
}

test("what fits is there long before a long list is complete, because the cloud looked for it", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await enterWorld(page, { instances: 5000, delay: 1500 }, "/instances?state=stopped&q=-no-such-word");
  await expect(page.getByRole("img", { name: "Looked for by the cloud" })).toHaveCount(1);
  await expect(page.getByRole("img", { name: "Looked for here, in the browser" })).toHaveCount(1);
  await expect(rows(page, "stopped").first()).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: /so far/ })).toBeVisible();
  expect(asked.filter((url) => url.includes("filters=")).map((url) => new URL(url).searchParams.get("filters"))).toEqual([
    '{"instance-state-name":["stopped"]}',
  ]);

  // Then it is the same as ever.
  const count = page.getByRole("status").filter({ hasText: /^[\d,]+ of 5,000 instances$/ });
  await expect(count).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("img", { name: "Looked for by the cloud" })).toHaveCount(0);
  const said = await count.innerText();
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByRole("status").filter({ hasText: /so far/ })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: said })).toBeVisible({ timeout: 30_000 });
});
