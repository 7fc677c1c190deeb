// The table of a list: its columns, its keys, what is chosen in it, and that it stays where one looks.

import { readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";
import { CLOUDS, enterWorld, open, rows, signIn } from "../fixtures/console";
import { launch, REGION } from "../fixtures/given";
import { test } from "../fixtures/test";

const DEMO = CLOUDS[0] as (typeof CLOUDS)[number];

const grid = (page: Page): Locator => page.getByRole("grid");
const head = (page: Page, name: string): Locator => page.getByRole("columnheader", { name: new RegExp(`^${name}\\b.* Column ${name}$`) });

/** The labels of the columns, as they stand. */
const labels = async (page: Page) =>
  (await page.getByRole("columnheader").allInnerTexts()).map((text) => text.trim()).filter((text) => text !== "" && text !== "Actions");

const widthOf = async (locator: Locator) => (await locator.boundingBox())?.width ?? 0;

/** Opens the choice of columns without a mouse. */
async function chooseColumns(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Columns", exact: true }).focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "Columns" });
  await expect(panel.getByRole("checkbox").first()).toBeVisible();
  return panel;
}

async function press(control: Locator, key: string) {
  await control.focus();
  await control.press(key);
}

/** What is exported, line by line. */
async function csv(page: Page): Promise<string[]> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "CSV" }).click();
  return readFileSync(await (await download).path(), "utf8").trimEnd().split("\r\n");
}

for (const cloud of CLOUDS) {
  test(`columns are hidden, moved, resized and added by keyboard, kept, and exported as they stand, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(120_000);
    await signIn(page, cloud.label);
    const { id } = await launch(page, cloud, "table-e2e");
    await open(page, "/instances");
    await expect(rows(page, "table-e2e")).toBeVisible();
    const panel = await chooseColumns(page);

    await press(panel.getByRole("checkbox", { name: "Zone", exact: true }), "Space");
    await expect(head(page, "Zone")).toHaveCount(0);
    await press(panel.getByRole("button", { name: "Move State up", exact: true }), "Enter");
    await expect(panel.getByRole("status")).toHaveText(/^State: 2 of \d+$/);
    await expect(panel.getByRole("button", { name: "Move State up", exact: true })).toBeFocused();
    expect((await labels(page)).slice(0, 3)).toEqual(["Name", "State", "Instance ID"]);

    const before = await widthOf(head(page, "Name").first());
    await press(panel.getByRole("button", { name: "Make Name wider", exact: true }), "Enter");
    await expect.poll(() => widthOf(head(page, "Name").first())).toBe(Math.floor(before) + 16);

    await press(panel.getByLabel("Add a tag as a column"), "N");
    await page.keyboard.type("ame");
    await page.keyboard.press("Enter");
    await expect(head(page, "Name")).toHaveCount(2);
    await press(panel.getByRole("radio", { name: "Compact" }), "Space");
    await expect.poll(async () => (await rows(page, "table-e2e").boundingBox())?.height).toBe(28);
    await page.keyboard.press("Escape");
    await expect(panel).toBeHidden();

    await expect(head(page, "Name")).toHaveCount(2);
    const expected = ["Name", "State", "Instance ID", "Type", "Public address", "Private address", "Key pair", "Launched", "Name"];
    expect(await labels(page)).toEqual(expected);
    await page.reload();
    await expect(rows(page, "table-e2e")).toBeVisible();
    await expect.poll(() => labels(page)).toEqual(expected);
    expect(await widthOf(head(page, "Name").first())).toBe(Math.floor(before) + 16);
    expect((await rows(page, "table-e2e").boundingBox())?.height).toBe(28);
    await expect(rows(page, "table-e2e").getByRole("gridcell").filter({ hasText: /^table-e2e$/ })).toBeVisible();

    const kept = await page.evaluate(() => JSON.stringify(localStorage));
    expect(kept).not.toContain(id);
    expect(kept).not.toContain("table-e2e");

    const lines = await csv(page);
    expect(lines[0]).toBe("name,state,id,type,public_ip,private_ip,key,launched,tag:Name");
    expect(lines.find((line) => line.includes(id))).toMatch(/^table-e2e,running,i-.*,table-e2e$/);
  });

  test(`all that match are chosen as they are: what comes later is not among them, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(120_000);
    await signIn(page, cloud.label);
    await launch(page, cloud, "early-1");
    await launch(page, cloud, "early-2");
    await open(page, "/instances?q=early-");
    await expect(rows(page, "early-")).toHaveCount(2);
    await page.getByRole("checkbox", { name: "Select all that are shown" }).check();
    await expect(page.getByText("All 2 selected")).toBeVisible();
    await launch(page, cloud, "early-3");
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(rows(page, "early-")).toHaveCount(3);
    await expect(page.getByText("2 selected", { exact: true })).toBeVisible();
    await expect(page.getByRole("checkbox", { name: "Select early-3" })).not.toBeChecked();
    await expect(page.getByRole("checkbox", { name: "Select early-2" })).toBeChecked();
    await page.getByRole("button", { name: "Select all 3" }).click();
    await expect(page.getByText("All 3 selected")).toBeVisible();
    await page.getByRole("button", { name: "Clear selection" }).click();
    await expect(page.getByRole("checkbox", { name: "Select early-1" })).not.toBeChecked();
  });
}

test("keys lead through the whole list, though only a part of it is drawn", async ({ page }) => {
  await enterWorld(page, { instances: 400 }, "/instances?sort=name");
  await expect(page.getByRole("status").filter({ hasText: /^\d+ instances$/ })).toBeVisible();
  const total = Number(await grid(page).getAttribute("aria-rowcount"));
  expect(total).toBeGreaterThan(300);
  const first = rows(page, "i-").first();
  await first.getByRole("rowheader").getByRole("link").focus();
  const at = () =>
    page.evaluate(() => {
      const cell = document.activeElement?.closest("th, td");
      return [cell?.parentElement?.getAttribute("aria-rowindex"), (cell as HTMLTableCellElement | null)?.cellIndex];
    });
  expect(await at()).toEqual(["2", 1]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await expect.poll(at).toEqual(["3", 2]);
  await page.keyboard.press("End");
  await expect(page.getByRole("button", { name: /^Actions for/ }).and(page.locator(":focus"))).toBeVisible();
  await page.keyboard.press("Home");
  await expect(page.getByRole("checkbox").and(page.locator(":focus"))).toBeVisible();
  await page.keyboard.press("Control+End");
  await expect.poll(async () => (await at())[0]).toBe(String(total));
  await page.keyboard.press("PageUp");
  await expect.poll(async () => Number((await at())[0])).toBeLessThan(total - 5);
  await page.keyboard.press("Control+Home");
  await expect.poll(at).toEqual(["2", 0]);
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("checkbox", { name: "Select all that are shown" })).toBeFocused();
  // The header goes through the sort and the menu of each column.
  await page.keyboard.press("ArrowRight");
  await expect(head(page, "Name").getByRole("button").first()).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: "Column Name", exact: true })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect.poll(at).toEqual(["2", 1]);

  // One stop of the Tab key, whatever is scrolled by.
  await expect(grid(page).locator("[tabindex='0']")).toHaveCount(1);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("[role=grid]"))).toBeNull();
  await page.keyboard.press("Shift+Tab");
  await expect.poll(at).toEqual(["2", 1]);

  await page.keyboard.press("Space");
  await expect(page.getByText("1 selected", { exact: true })).toBeVisible();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByText("3 selected", { exact: true })).toBeVisible();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tab", { name: "General" })).toBeVisible();
});

test("several columns sort by weight, by clicks with Shift and by the menu of a column", async ({ page }) => {
  await enterWorld(page, {}, "/instances");
  const sort = (name: string) => head(page, name).getByRole("button").first();
  await sort("State").click();
  await expect(page).toHaveURL(/[?&]sort=state(&|$)/);
  await expect(head(page, "State")).toHaveAttribute("aria-sort", "ascending");
  await sort("Name").click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/[?&]sort=state,name(&|$)/);
  await expect(sort("State")).toHaveAccessibleName("State 1 ascending");
  await expect(sort("Name")).toHaveAccessibleName("Name 2 ascending");
  await sort("Name").click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/[?&]sort=state,-name(&|$)/);
  const read = (label: string) => {
    const place = labels(page).then((all) => all.findIndex((text) => text.startsWith(label)) + 1);
    return place.then((at) => grid(page).locator("tbody tr[aria-rowindex]").evaluateAll((rows, at) => rows.map((row) => row.children[at]?.textContent ?? ""), at));
  };
  await expect.poll(async () => {
    const [states, names] = [await read("State"), await read("Name")];
    const pairs = states.map((state, at) => [state, names[at] ?? ""] as const);
    const natural = new Intl.Collator("en", { numeric: true });
    const sorted = [...pairs].sort((a, b) => natural.compare(a[0], b[0]) || natural.compare(b[1], a[1]));
    return JSON.stringify(pairs) === JSON.stringify(sorted) && new Set(states).size > 1;
  }).toBe(true);
  await head(page, "Type").hover();
  await page.getByRole("button", { name: "Column Type", exact: true }).click();
  await page.getByRole("menuitem", { name: "Then sort descending" }).click();
  await expect(page).toHaveURL(/[?&]sort=state,-name,-type(&|$)/);
  await page.getByRole("button", { name: "Column State", exact: true }).click();
  await page.getByRole("menuitem", { name: "Take out of the order" }).click();
  await expect(page).toHaveURL(/[?&]sort=-name,-type(&|$)/);
  await expect(head(page, "Name")).toHaveAttribute("aria-sort", "descending");
});

test("a refresh moves nothing that one looks at, and takes no focus and no choice away", async ({ page }) => {
  await enterWorld(page, { instances: 400 }, "/instances");
  await expect(page.getByRole("status").filter({ hasText: /^\d+ instances$/ })).toBeVisible();
  const total = Number(await grid(page).getAttribute("aria-rowcount"));
  await rows(page, "i-").first().getByRole("rowheader").getByRole("link").focus();
  for (let pages = 0; pages < 3; pages++) await page.keyboard.press("PageDown");
  const focused = page.locator(":focus");
  await expect(focused).toHaveRole("link");
  const name = await focused.innerText();
  await page.keyboard.press("Space");
  await expect(page.getByText("1 selected", { exact: true })).toBeVisible();
  const before = await focused.boundingBox();

  // It is the newest, and so the first of the list.
  await launch(page, DEMO, "newcomer");
  await page.getByRole("button", { name: "Refresh" }).evaluate((button: HTMLElement) => button.click());
  await expect(grid(page)).toHaveAttribute("aria-rowcount", String(total + 1));
  await expect(focused).toHaveText(name);
  await expect.poll(async () => (await focused.boundingBox())?.y).toBe(before?.y);
  await expect(page.getByText("1 selected", { exact: true })).toBeVisible();
});

test("what has changed is marked", async ({ page }) => {
  await enterWorld(page, {}, "/instances?q=web-1");
  await expect(rows(page, "web-1").first()).toContainText("running");
  await expect(page.locator(".cell-changed")).toHaveCount(0);
  const id = /i-[0-9a-f]+/.exec(await rows(page, "web-1").first().innerText())?.[0];
  const answer = await page.request.post(`/api/instances/actions?region=${REGION}`, {
    headers: { "x-canopy": "1" },
    data: { action: { do: "stop", force: false }, ids: [id] },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.locator(".cell-changed").filter({ hasText: /stop/ })).toBeVisible();
});

test("a column is moved by the pointer, and back by its menu with the keyboard", async ({ page }) => {
  await enterWorld(page, {}, "/instances");
  await expect(head(page, "State")).toBeVisible();
  const before = await labels(page);
  const [from, to] = [await head(page, "State").boundingBox(), await head(page, "Instance ID").boundingBox()];
  if (!from || !to) throw new Error("the heads are not there");
  await page.mouse.move(from.x + 20, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + 10, to.y + to.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect.poll(async () => (await labels(page)).slice(0, 3)).toEqual(["Name", "State", "Instance ID"]);
  // To let go of it is no click: the order of the rows is what it was.
  await expect(page).not.toHaveURL(/sort=/);

  await press(page.getByRole("button", { name: "Column State", exact: true }), "Enter");
  await press(page.getByRole("menuitem", { name: "Move right", exact: true }), "Enter");
  await expect.poll(() => labels(page)).toEqual(before);
});

test("a column is resized, fitted and hidden by the pointer", async ({ page }) => {
  await enterWorld(page, {}, "/instances");
  const type = head(page, "Type");
  await expect(type).toBeVisible();
  const box = (await type.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const middle = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width - 3, middle);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width + 57, middle, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => widthOf(type)).toBe(box.width + 60);
  await page.mouse.dblclick(box.x + box.width + 57, middle);
  await expect.poll(() => widthOf(type)).toBeLessThan(box.width + 20);

  await head(page, "Zone").hover();
  await page.getByRole("button", { name: "Column Zone", exact: true }).click();
  await page.getByRole("menuitem", { name: "Hide column" }).click();
  await expect(head(page, "Zone")).toHaveCount(0);
});

test("the usual columns have room in a window of 1440 pixels", async ({ page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  await enterWorld(page, {}, "/instances");
  for (const slug of ["instances", "network-interfaces", "volumes", "subnets", "zones"]) {
    await open(page, `/${slug}`);
    await expect(grid(page).getByRole("row").nth(1)).toBeVisible();
    const [content, room] = await grid(page).evaluate((table) => [table.parentElement?.scrollWidth, table.parentElement?.clientWidth]);
    expect(content, slug).toBe(room);
    expect(await widthOf(page.getByRole("columnheader").first()), slug).toBe(36);
  }
});

test("tiles have the choice and the order of the table", async ({ page }) => {
  await enterWorld(page, {}, "/instances?q=web-&sort=-name");
  await page.getByRole("checkbox", { name: "Select web-1", exact: true }).check();
  await page.getByRole("button", { name: "Clear selection" }).click();
  await page.getByRole("button", { name: "Tiles" }).click();
  const names = page.getByRole("list", { name: "Instances" }).getByRole("listitem").getByRole("checkbox");
  await expect(names.first()).toBeVisible();
  const descending = await names.evaluateAll((boxes) => boxes.map((box) => box.getAttribute("aria-label")));
  await names.first().check();
  await page.getByRole("button", { name: "Clear selection" }).click();
  await page.getByRole("button", { name: "Sort", exact: true }).click();
  await page.getByRole("menuitem", { name: "Name", exact: true }).click();
  await expect(page).toHaveURL(/sort=name/);
  await expect.poll(() => names.evaluateAll((boxes) => boxes.map((box) => box.getAttribute("aria-label")))).toEqual([...descending].reverse());
  await names.first().check();
  await expect(page.getByText("1 selected", { exact: true })).toBeVisible();
});
