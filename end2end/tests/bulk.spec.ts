// What is done to many at once, and what leaves the list as a file.

import { readFileSync } from "node:fs";
import { CLOUDS, enterWorld, heading, rows, signIn } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

test("tags are set and removed on many, and the rest of theirs stays", async ({ page }) => {
  await enterWorld(page, {}, "/instances?q=web-");
  await expect(rows(page, "web-").first()).toBeVisible();
  await page.getByRole("checkbox", { name: "Select all that are shown" }).check();
  await page.getByRole("button", { name: "Edit tags" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Add tag" }).click();
  await dialog.getByRole("textbox", { name: "Key", exact: true }).fill("cost-centre");
  await dialog.getByRole("textbox", { name: "Value", exact: true }).fill("4711 <script>");
  await dialog.getByText("What will be called").click();
  await expect(dialog.getByText(/aws ec2 create-tags --resources i-/)).toBeVisible();
  await dialog.getByRole("button", { name: "Save tags" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/The tags of \d+ instances are saved/)).toBeVisible();
  await rows(page, "web-").first().getByRole("link").first().click();
  await page.getByRole("tab", { name: "Tags" }).click();
  await expect(page.getByRole("textbox", { name: "Value of cost-centre" })).toHaveValue("4711 <script>");
  await expect(page.getByRole("textbox", { name: "Value of Name" })).toHaveValue(/web-/);
});

test("tags that were saved on a page are taken back", async ({ page }) => {
  await enterWorld(page, {}, "/instances?q=web-1");
  await page.getByRole("link", { name: "web-1", exact: true }).click();
  await page.getByRole("tab", { name: "Tags" }).click();
  await page.getByRole("textbox", { name: "Value of Name" }).fill("web-one");
  await page.getByRole("button", { name: "Add tag" }).click();
  await page.getByRole("textbox", { name: "Key", exact: true }).last().fill("season");
  await page.getByRole("button", { name: "Save tags" }).click();
  await expect(heading(page, /^web-one/)).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Taken back")).toBeVisible();
  await expect(heading(page, /^web-1/)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Value of season" })).toHaveCount(0);
});

test("a tag that the API would refuse is told before anything is sent, and stays as typed", async ({ page }) => {
  await enterWorld(page, {}, "/instances");
  await page.getByRole("checkbox", { name: "Select all that are shown" }).check();
  await page.getByRole("button", { name: "Edit tags" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Add tag" }).click();
  await dialog.getByRole("textbox", { name: "Key", exact: true }).fill("aws:mine");
  await dialog.getByRole("button", { name: "Save tags" }).click();
  await expect(dialog.getByText("Keys that begin with aws: or euca: belong to the cloud.")).toBeVisible();
  await expect(dialog.getByRole("textbox", { name: "Key", exact: true })).toHaveValue("aws:mine");
});

for (const cloud of CLOUDS) {
  test(`what the list shows leaves it as CSV and as JSON, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(120_000);
    await signIn(page, cloud.label);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Images", exact: true }).click();
    await page.getByRole("combobox", { name: "Owner" }).selectOption({ label: "All" });
    await page.getByRole("combobox", { name: "Search images" }).fill("amzn2");
    await page.getByRole("combobox", { name: "Search images" }).press("Enter");
    // Moto makes its list of images anew while the dashboard's questions are still before it.
    await expect(page.getByRole("status").filter({ hasText: / of .* images/ })).toBeVisible({ timeout: 60_000 });
    // While it still arrives, what is counted is not all of it.
    await expect(page.getByRole("button", { name: "Export" })).not.toHaveAttribute("aria-disabled", { timeout: 60_000 });
    const shown = Number((await page.getByRole("status").filter({ hasText: / of .* images/ }).innerText()).split(" ")[0]);
    const save = async (format: string) => {
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Export" }).click();
      await page.getByRole("menuitem", { name: format }).click();
      return readFileSync(await (await download).path(), "utf8");
    };
    const lines = (await save("CSV")).trimEnd().split("\r\n");
    expect(lines).toHaveLength(shown + 1);
    expect(lines[0]).toMatch(/^name,id,/);
    const objects = JSON.parse(await save("JSON"));
    expect(objects).toHaveLength(shown);
    expect(objects[0].id).toMatch(/^ami-/);
  });
}

test("hundreds go in portions: one sees how far it is, stops it, and has the rest tried again", async ({ page }) => {
  test.setTimeout(120_000);
  await enterWorld(page, { instances: 1_000 }, "/instances?state=running");
  // The third portion waits until it is told to stop.
  let portions = 0;
  const sent: string[] = [];
  let goOn = () => {};
  const stopped = new Promise<void>((resolve) => (goOn = resolve));
  await page.route(/\/api\/instances\/actions\?/, async (route) => {
    portions += 1;
    sent.push(...route.request().postDataJSON().ids);
    if (portions === 3) await stopped;
    await route.continue();
  });
  // While it still arrives, what is shown is not all of it.
  await expect(page.getByRole("status").filter({ hasText: / of 1,000 instances/ })).toBeVisible();
  await page.getByRole("checkbox", { name: "Select all that are shown" }).check();
  await page.getByRole("group", { name: "Actions for the selected" }).getByRole("button", { name: "Reboot" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reboot", exact: true }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  const progress = page.getByText(/^100 of \d+ done$/);
  await expect(progress).toBeVisible();
  const all = Number(/of (\d+)/.exec(await progress.innerText())?.[1]);
  expect(all).toBeGreaterThanOrEqual(500);
  await page.getByRole("region", { name: "Messages" }).getByRole("button", { name: "Stop", exact: true }).click();
  goOn();
  const told = page.getByRole("alert").filter({ hasText: `${all - 150} of ${all} failed` });
  await expect(told).toBeVisible();
  expect(portions).toBe(3);
  await told.getByRole("button", { name: "Try those again" }).click();
  await expect(page.getByText(`Rebooting ${all - 150} instances`)).toBeVisible({ timeout: 30_000 });
  expect(portions).toBe(3 + Math.ceil((all - 150) / 50));
  expect(new Set(sent).size).toBe(all);
  expect(sent).toHaveLength(all);
});
