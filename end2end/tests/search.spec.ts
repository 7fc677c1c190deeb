// The search: facets, values, text, and the address that holds them.

import { enterWorld, rows } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

test("values of one facet widen, another facet narrows, and the address keeps it", async ({ page }) => {
  // Tall enough for all of them: only rows in sight are in the document.
  await page.setViewportSize({ width: 1440, height: 2400 });
  await enterWorld(page, {}, "/instances?state=stopped");
  await expect(rows(page, "stopped").first()).toBeVisible();
  await expect(rows(page, "running")).toHaveCount(0);
  const stopped = await rows(page, "stopped").count();

  const search = page.getByRole("combobox", { name: "Search instances" });
  await search.fill("State");
  await search.press("ArrowDown");
  await search.press("Enter");
  await page.getByRole("option", { name: /Running/ }).click();
  await expect(page).toHaveURL(/state=stopped&state=running/);
  await expect(rows(page, "running").first()).toBeVisible();
  await expect(rows(page, "stopped")).toHaveCount(stopped);

  await page.reload();
  await expect(rows(page, "running").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /Remove State/ })).toHaveCount(2);
});

test("a search that came with the address is cleared by one button", async ({ page }) => {
  await enterWorld(page, {}, "/instances?state=stopped");
  await page.getByRole("button", { name: "Clear search" }).click();
  await expect(page).not.toHaveURL(/state=/);
});

test("going back brings back what was asked before", async ({ page }) => {
  await enterWorld(page, {}, "/instances");
  const search = page.getByRole("combobox", { name: "Search instances" });
  await search.fill("web-");
  await search.press("Enter");
  await expect(page).toHaveURL(/q=web-/);
  await rows(page, "web-").first().getByRole("link").first().click();
  await expect(page.getByRole("tab", { name: "General" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/q=web-/);
  await expect(rows(page, "web-").first()).toBeVisible();
  await expect(rows(page, "bastion")).toHaveCount(0);
});

test("nothing that fits is told apart from nothing there", async ({ page }) => {
  await enterWorld(page, {}, "/instances?q=no-such-thing");
  await expect(page.getByText("Nothing fits this search")).toBeVisible();
  await enterWorld(page, { instances: 0 }, "/instances");
  await expect(page.getByText("No instances yet")).toBeVisible();
});

test("another region is another list, on the same page", async ({ page }) => {
  await enterWorld(page, {}, "/instances?state=running");
  await expect(rows(page, "running").first()).toBeVisible();
  await page.getByRole("combobox", { name: "Region" }).selectOption("eu-west-1");
  await expect(page).toHaveURL(/state=running.*region=eu-west-1/);
  await expect(rows(page, "eu-west-1").first()).toBeVisible();
  await expect(rows(page, "us-east-1")).toHaveCount(0);
});

test("by keyboard alone: find, refine, negate, switch off, edit as text", async ({ page }) => {
  await enterWorld(page, {}, "/instances");
  await expect(rows(page, "running").first()).toBeVisible();
  await page.keyboard.press("/");
  const search = page.getByRole("combobox", { name: "Search instances" });
  await expect(search).toBeFocused();

  // Half a value narrows; Enter takes the one that is meant.
  await page.keyboard.type("state=stopp");
  await expect(rows(page, "running")).toHaveCount(0);
  await expect(page.getByRole("option", { name: /Stopped/ })).toBeVisible();
  await page.keyboard.type("ed");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/state=stopped/);
  await expect(page.getByRole("button", { name: "Remove State is Stopped" })).toBeVisible();

  // The pill becomes text again, and turns into its opposite.
  await page.keyboard.press("Backspace");
  await expect(search).toHaveValue("state=stopped");
  await page.keyboard.press("Home");
  await page.keyboard.type("-");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=state!%3Dstopped/);
  await expect(rows(page, "running").first()).toBeVisible();
  await expect(rows(page, "stopped")).toHaveCount(0);

  // A pill is edited in place.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByRole("button", { name: "Edit State is not Stopped" })).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Edit filter" });
  await expect(dialog.getByLabel("Property")).toBeFocused();
  await dialog.getByRole("button", { name: "Switch off" }).press("Enter");
  await expect(page.getByRole("button", { name: /switched off/ })).toBeVisible();
  await expect(rows(page, "stopped").first()).toBeVisible();
});

test("the text face says what is wrong and loses nothing", async ({ page }) => {
  await enterWorld(page, {}, "/instances?state=running");
  await page.getByRole("button", { name: "Search as text" }).click();
  const query = page.getByRole("textbox", { name: "Query" });
  await expect(query).toHaveValue("state=running");
  await query.fill("state=running launched>soon");
  const panel = page.getByRole("dialog", { name: "Search as text" });
  await expect(panel.getByRole("alert")).toContainText("neither a date");
  await query.press("Enter");
  await expect(query).toHaveValue("state=running launched>soon");
  await query.fill("(state=running or state=stopped) -tag:none");
  await query.press("Enter");
  await expect(panel).toBeHidden();
  await expect(page).toHaveURL(/q=\(state/);
  await expect(rows(page, "stopped").first()).toBeVisible();
});

test("a search is saved, opens the list, and is shared as a link", async ({ page }) => {
  const context = page.context();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await enterWorld(page, {}, "/instances?state=stopped");
  await page.getByRole("button", { name: "Saved searches" }).click();
  await page.getByRole("textbox", { name: "Name of this search" }).fill("Asleep");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Copy a link to Asleep" }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain("/instances?state=stopped");
  await page.getByRole("button", { name: "Open the list with Asleep" }).click();
  await page.keyboard.press("Escape");

  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByRole("button", { name: "Remove State is Stopped" })).toBeVisible();
  await expect(rows(other, "stopped").first()).toBeVisible();
  await expect(rows(other, "running")).toHaveCount(0);

  // Without a question the list opens with it.
  await other.goto(new URL("/instances", link).href);
  await expect(other).toHaveURL(/state=stopped/);
  await expect(rows(other, "stopped").first()).toBeVisible();

  // And taken by its name, after something else was asked.
  await page.getByRole("button", { name: "Clear search" }).click();
  await expect(page).not.toHaveURL(/state=/);
  await page.getByRole("button", { name: "Saved searches" }).click();
  await page.getByRole("button", { name: "Asleep", exact: true }).click();
  await expect(page).toHaveURL(/state=stopped/);
});

test("a date that is none stays in the box and says why", async ({ page }) => {
  await enterWorld(page, {}, "/instances");
  const search = page.getByRole("combobox", { name: "Search instances" });
  await search.fill("launched>soon");
  await search.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "neither a date" })).toBeVisible();
  await expect(search).toHaveValue("launched>soon");
  await search.fill("launched>1s");
  await search.press("Enter");
  await expect(page.getByRole("button", { name: /Remove Launched is more than 1s/ })).toBeVisible();
  await expect(rows(page, "running").first()).toBeVisible();
});

test("old addresses still mean the same, and several columns sort", async ({ page }) => {
  await enterWorld(page, {}, "/instances?status=stopped&sort=state,-launched");
  await expect(page.getByRole("button", { name: "Remove State is Stopped" })).toBeVisible();
  await expect(rows(page, "stopped").first()).toBeVisible();
  await expect(rows(page, "running")).toHaveCount(0);
});

test("a value in the table is asked for, or left out, by a press", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 2400 });
  await enterWorld(page, {}, "/instances");
  await rows(page, "stopped").first().getByText("stopped").click();
  await page.getByRole("menuitem", { name: "Show only: State is Stopped" }).click();
  await expect(page).toHaveURL(/state=stopped/);
  await expect(rows(page, "running")).toHaveCount(0);
  await expect(page.getByRole("menu")).toHaveCount(0);

  await page.getByRole("button", { name: "Clear search" }).click();
  await expect(rows(page, "running").first()).toBeVisible();
  await rows(page, "running").first().getByText("running").click();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("menuitem", { name: "Leave out: State is Running" }).press("Enter");
  await expect(rows(page, "stopped").first()).toBeVisible();
  await expect(rows(page, "running")).toHaveCount(0);

  await page.getByRole("button", { name: "Clear search" }).click();
  await rows(page, "running").first().getByRole("checkbox").focus();
  const reached = () => page.evaluate(() => document.activeElement?.closest("td, th")?.textContent === "running");
  while (!(await reached())) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: "Show only: State is Running" }).press("Enter");
  await expect(page).toHaveURL(/state=running/);
  await expect(rows(page, "stopped")).toHaveCount(0);
});
