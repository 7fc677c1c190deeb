// Without a mouse.

import { enterWorld, heading, rows } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

test("a menu opens, moves and closes by keys, and gives the focus back", async ({ page }) => {
  await enterWorld(page, {}, "/instances?q=web-1");
  const button = page.getByRole("button", { name: "Actions for web-1", exact: true });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem").nth(1)).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem").last()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  await expect(button).toBeFocused();
});

test("a dialog holds the focus, and Escape changes nothing", async ({ page }) => {
  await enterWorld(page, {}, "/instances?q=web-1");
  await page.getByRole("button", { name: "Actions for web-1", exact: true }).click();
  await page.getByRole("menuitem", { name: "Stop", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Stop web-1?" });
  await expect(dialog).toBeVisible();
  for (let step = 0; step < 8; step++) {
    await page.keyboard.press("Tab");
    const inside = await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null);
    expect(inside).toBe(true);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(rows(page, "web-1").first()).toContainText("running");
});

test("the first stop of the Tab key leads past the navigation", async ({ page }) => {
  await enterWorld(page, {}, "/instances");
  await expect(heading(page, "Instances")).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("tabs are walked by arrows", async ({ page }) => {
  await enterWorld(page, {}, "/instances?q=web-1");
  await page.getByRole("link", { name: "web-1", exact: true }).click();
  await page.getByRole("tab", { name: "General" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Storage" })).toHaveAttribute("aria-selected", "true");
  await expect(page).toHaveURL(/tab=storage/);
});

test("Shift chooses all rows between", async ({ page }) => {
  await enterWorld(page, {}, "/instances");
  const boxes = page.getByRole("grid").getByRole("checkbox");
  await boxes.nth(1).click();
  await boxes.nth(5).click({ modifiers: ["Shift"] });
  await expect(page.getByText("5 selected")).toBeVisible();
});
