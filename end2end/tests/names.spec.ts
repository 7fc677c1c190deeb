// Names that break what is careless: they are shown, searched, edited and exported as they are, on every screen.

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { enterWorld, heading, onPage, open, rows } from "../fixtures/console";
import { make, REGION, ZONE } from "../fixtures/given";
import { expect, test } from "../fixtures/test";

const NAMES = {
  quotes: `it's "so" \\ \`called\``,
  script: `"><script>document.title = "mine"</script>`,
  lines: "first line\nsecond line",
  arabic: "خادم الويب",
  hebrew: "שרת 1 (web)",
  emoji: "🌳🏳️‍🌈 canopy",
  long: "n".repeat(256),
  formula: `=HYPERLINK("https://example.org","x")`,
};

/** As a browser shows it: a line break is a space. */
const shown = (name: string) => name.replaceAll("\n", " ");

/** Nothing of what is shown reaches past the window. */
async function staysInside(page: Page) {
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
}

/** A CSV file as rows of fields. */
function fields(text: string): string[][] {
  const found: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    found[found.length - 1]?.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === "\r\n") found.push([]);
  }
  return found;
}

test("names of every sort survive lists, pages, dialogs and files", async ({ page }) => {
  test.setTimeout(180_000);
  await enterWorld(page, {}, "/volumes");
  const ids: Record<string, string> = {};
  for (const [sort, name] of Object.entries(NAMES)) {
    const tags = [{ key: "note", value: name }];
    ids[sort] = await make(page, "volumes", { name, zone: ZONE, size: 1, volume_type: "gp3", tags });
  }
  await open(page, "/volumes?tag:note=" + encodeURIComponent(NAMES.script));
  await expect(rows(page, NAMES.script)).toHaveCount(1);
  await open(page, "/volumes");
  const title = await page.title();

  await test.step("in the table and as tiles", async () => {
    for (const name of Object.values(NAMES)) await expect(page.getByRole("link", { name: shown(name), exact: true })).toHaveCount(1);
    await staysInside(page);
    await page.getByRole("button", { name: "Tiles" }).click();
    for (const name of Object.values(NAMES)) await expect(page.getByRole("listitem").filter({ hasText: shown(name) }).first()).toBeVisible();
    await staysInside(page);
    await page.getByRole("button", { name: "Table" }).click();
  });

  await test.step("in the search", async () => {
    const search = page.getByRole("combobox", { name: "Search volumes" });
    for (const name of [NAMES.arabic, NAMES.emoji, NAMES.script]) {
      await search.fill(`"${name.replaceAll('"', '\\"')}"`);
      await search.press("Enter");
      await expect(rows(page, name).first()).toBeVisible();
      await open(page, "/volumes");
    }
  });

  await test.step("on the page, in the editor of tags, in dialogs and messages", async () => {
    for (const [sort, name] of Object.entries(NAMES)) {
      await open(page, `/volumes/${ids[sort]}?tab=tags`);
      await expect(heading(page, new RegExp(ids[sort] ?? ""))).toContainText(shown(name));
      await expect(page.getByRole("textbox", { name: "Value of note" })).toHaveValue(name);
      await staysInside(page);
      await onPage(page, "Delete");
      await expect(page.getByRole("dialog")).toContainText(shown(name));
      await staysInside(page);
      await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    }
  });

  await test.step("in what will be called, which a shell could run", async () => {
    await open(page, "/volumes");
    await page.getByRole("main").getByRole("button", { name: "Create volume" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill(NAMES.quotes);
    await dialog.getByText("What will be called").click();
    await expect(dialog.getByText(/aws ec2 create-volume/)).toContainText(`it'\\''s`);
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });

  await test.step("in files: nothing is a formula, and nothing is lost", async () => {
    const save = async (format: string) => {
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Export" }).click();
      await page.getByRole("menuitem", { name: format }).click();
      return readFileSync(await (await download).path(), "utf8");
    };
    await page.getByRole("button", { name: "Columns", exact: true }).click();
    const columns = page.getByRole("dialog", { name: "Columns" });
    await columns.getByRole("checkbox", { name: "Tags", exact: true }).check();
    await columns.getByLabel("Add a tag as a column").fill("note");
    await columns.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByRole("columnheader", { name: "note" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(columns).toBeHidden();
    const [head = [], ...lines] = fields(await save("CSV"));
    const objects: { id: string; name: string; tags: Record<string, string> }[] = JSON.parse(await save("JSON"));
    for (const [sort, name] of Object.entries(NAMES)) {
      const line = lines.find((line) => line[head.indexOf("id")] === ids[sort]);
      const written = sort === "formula" ? `'${name}` : name;
      expect([line?.[head.indexOf("name")], line?.[head.indexOf("tag:note")]]).toEqual([written, written]);
      const object = objects.find((object) => object.id === ids[sort]);
      expect([object?.name, object?.tags.note]).toEqual([name, name]);
    }
  });
  expect(await page.title()).toBe(title);
});

test("they survive a screen as narrow as a phone's", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await enterWorld(page, {}, "/volumes");
  const id = await make(page, "volumes", { name: NAMES.long, zone: ZONE, size: 1, volume_type: "gp3", tags: [{ key: "k".repeat(128), value: NAMES.long }] });
  await open(page, "/volumes");
  await expect(rows(page, NAMES.long)).toHaveCount(1);
  await staysInside(page);
  for (const tab of ["general", "tags"]) {
    await open(page, `/volumes/${id}?tab=${tab}&region=${REGION}`);
    await expect(heading(page, new RegExp(id))).toBeVisible();
    await staysInside(page);
  }
});
