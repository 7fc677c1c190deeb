// Where else one is signed in, and the end of it.

import type { Browser, Page } from "@playwright/test";
import { CLOUDS, confirm, enterCloud, heading, open, type TestCloud } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

/** A browser beside the test's own, signed in with the same keys. */
async function another(browser: Browser, origin: string, cloud: TestCloud): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: origin })).newPage();
  await enterCloud(page, cloud, "/keypairs");
  return page;
}

const sessions = (page: Page) => page.getByRole("main").getByRole("listitem");

for (const cloud of CLOUDS) {
  test.describe(cloud.label, () => {
    test("a session in another browser is seen and ended", async ({ page, browser, canopy }) => {
      await enterCloud(page, cloud, "/keypairs");
      const other = await another(browser, canopy.origin, cloud);
      await page.locator(".account").getByRole("button").click();
      await page.getByRole("menuitem", { name: "Sessions" }).click();
      await expect(heading(page, "Sessions")).toBeVisible();
      await expect(sessions(page)).toHaveCount(2);
      await expect(sessions(page).first()).toContainText("This session");
      await expect(sessions(page).first()).toContainText(/Chrome \d+, Linux/);
      await expect(sessions(page).last()).toContainText("127.0.0.1");
      await sessions(page).last().getByRole("button", { name: /^End the session in Chrome/ }).click();
      await expect(sessions(page)).toHaveCount(1);
      await expect(page.getByRole("button", { name: "End all others" })).toHaveAttribute("aria-disabled", "true");
      await open(other, "/keypairs");
      await expect(heading(other, "Sign in to Canopy")).toBeVisible();
      await other.context().close();
    });
  });
}

test("all others are ended after a question, and this one goes on", async ({ page, browser, canopy }) => {
  const [demo] = CLOUDS as [TestCloud];
  await enterCloud(page, demo, "/sessions");
  const others = [await another(browser, canopy.origin, demo), await another(browser, canopy.origin, demo)];
  await page.getByRole("button", { name: "Look again" }).click();
  await expect(sessions(page)).toHaveCount(3);
  await page.getByRole("button", { name: "End all others" }).click();
  await expect(page.getByRole("dialog")).toContainText("2 other sessions are ended at once.");
  await confirm(page, "End all others");
  await expect(sessions(page)).toHaveCount(1);
  // Where somebody works, they are asked to sign in, and nothing on the page is lost.
  for (const other of others) {
    await other.getByRole("main").getByRole("button", { name: "Refresh" }).click();
    await expect(other.getByRole("dialog", { name: "Sign in to go on" })).toBeVisible();
    await other.context().close();
  }
  await open(page, "/keypairs");
  await expect(heading(page, "Key pairs")).toBeVisible();
});
