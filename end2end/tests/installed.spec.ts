// Canopy as it is installed: what the browser keeps of it, how it starts without a connection, and how a new version comes.

import { chromium, type Page } from "@playwright/test";
import { browserOptions } from "../canopy.mjs";
import { enterWorld, heading, open, rows } from "../fixtures/console";
import { startFront, type Front } from "../fixtures/front";
import { everythingKept } from "../fixtures/kept";
import { expect, test } from "../fixtures/test";

test.use({ serviceWorkers: "allow" });

/** Waits until the service worker has kept the shell and rules the page. */
async function kept(page: Page) {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe("activated");
}

const deployed = test.extend<{ front: Front }>({
  front: async ({ canopy }, use) => {
    const front = await startFront(canopy.origin);
    await use(front);
    await front.stop();
  },
  baseURL: async ({ front }, use) => use(front.origin),
});

test("a browser finds nothing that keeps Canopy from being installed", async ({ canopy }, info) => {
  // A window that keeps nothing cannot install anything.
  const context = await chromium.launchPersistentContext(info.outputPath("profile"), browserOptions);
  const page = context.pages()[0] ?? (await context.newPage());
  await open(page, `${canopy.origin}/login`);
  await kept(page);
  const cdp = await context.newCDPSession(page);
  const { errors: wrong } = await cdp.send("Page.getAppManifest");
  expect(wrong).toEqual([]);
  const { installabilityErrors } = await cdp.send("Page.getInstallabilityErrors");
  expect(installabilityErrors).toEqual([]);
  await context.close();
});

test.describe("without a connection", () => {
  test.use({ provoked: [/net::ERR_INTERNET_DISCONNECTED/] });

  test("an open page says how old it is, another one says that there is nothing, and goes on by itself", async ({ page, context }) => {
    await enterWorld(page, {}, "/instances");
    await expect(rows(page, "running").first()).toBeVisible();
    await kept(page);
    await context.setOffline(true);
    await expect(page.getByRole("status").filter({ hasText: /^Offline, as of \d/ })).toBeVisible();
    await expect(rows(page, "running").first()).toBeVisible();
    await open(page, "/volumes?state=in-use");
    await expect(heading(page, "Canopy cannot be reached")).toBeVisible();
    await expect(page.getByRole("link", { name: "Try again" })).toHaveAttribute("href", "/volumes?state=in-use");
    await context.setOffline(false);
    await expect(heading(page, "Volumes")).toBeVisible();
    await expect(rows(page, /in.use/i).first()).toBeVisible();
    expect(new URL(page.url()).search).toContain("state=in-use");
  });
});

deployed.describe("while Canopy does not run", () => {
  deployed.use({ provoked: [/net::ERR_EMPTY_RESPONSE/] });

  deployed("one is told, and is where one wanted to be as soon as it runs again", async ({ page, front }) => {
    await enterWorld(page, {}, "/instances");
    await kept(page);
    front.decide(() => "none");
    await open(page, "/volumes?state=in-use");
    await expect(heading(page, "Canopy cannot be reached")).toBeVisible();
    front.decide(() => "pass");
    await expect(rows(page, /in.use/i).first()).toBeVisible();
  });
});

test("what is kept belongs to nobody, and signing out leaves nothing else", async ({ page }) => {
  await enterWorld(page, {}, "/instances?state=running");
  await expect(rows(page, "running").first()).toBeVisible();
  await kept(page);
  const session = (await (await page.request.get("/api/session")).json()) as { account: string; arn: string };
  const cached = (await everythingKept(page)).slice(2);
  expect(cached.some((text) => text.startsWith("/offline "))).toBe(true);
  for (const text of cached) {
    expect(text).not.toContain(session.account);
    expect(text).not.toContain(session.arn);
    expect(text.startsWith("/api")).toBe(false);
  }
  await page.getByRole("button", { name: /demo/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(heading(page, "Sign in to Canopy")).toBeVisible();
  const [local, tab] = await everythingKept(page);
  expect([local, tab]).toEqual(["{}", "{}"]);
});

deployed("a new version waits until nothing that was typed is lost by it", async ({ page, front }) => {
  await enterWorld(page, {}, "/instances/new?step=details");
  await kept(page);
  const name = page.getByRole("textbox", { name: /^Name\s?(optional)?$/ });
  await name.fill("typed before");
  const notice = page.getByRole("status").filter({ hasText: "New version" });
  await expect(notice).toBeHidden();
  const nextVersion = (text: string) => text.replace(/const VERSION = "\w+"/, 'const VERSION = "next"');
  front.decide(({ path }) => (path === "/sw.js" ? nextVersion : "pass"));
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(notice).toBeVisible();
  await notice.getByRole("button", { name: "New version" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "would be lost" })).toBeVisible();
  await expect(name).toHaveValue("typed before");
  await page.getByRole("link", { name: "Volumes", exact: true }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
  await expect(heading(page, "Volumes")).toBeVisible();
  await Promise.all([page.waitForEvent("load"), notice.getByRole("button", { name: "New version" }).click()]);
  await expect(heading(page, "Volumes")).toBeVisible();
  await expect(notice).toBeHidden();
  expect(await page.evaluate(() => caches.keys())).toContain("canopy-next");
});
