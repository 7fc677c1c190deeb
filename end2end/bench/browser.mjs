// What a user sees, measured by the browser itself.

/** @typedef {import("@playwright/test").Browser} Browser */

/**
 * A first visit of a page with an empty cache: what is loaded for it (not what the idle browser fetches for later), and how soon it shows.
 * @param {Browser} browser
 * @param {string} origin
 * @param {string} path
 */
export async function firstLoad(browser, origin, path) {
  const { context, page } = path === "/login" ? await signedOut(browser) : await signedIn(browser, origin, {});
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  const names = new Map();
  /** @type {{ name: string, size: number }[]} */
  const files = [];
  cdp.on("Network.requestWillBeSent", ({ requestId, request }) => names.set(requestId, new URL(request.url).pathname));
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    files.push({ name: names.get(requestId), size: encodedDataLength });
  });
  await page.goto(origin + path);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  if (path !== "/login") await page.waitForSelector("main h1");
  const alive = await page.evaluate(() => performance.now());
  const firstPaint = await page.evaluate(
    () =>
      new Promise((/** @type {(value: number) => void} */ resolve) => {
        new PerformanceObserver((list) => {
          const entry = list.getEntriesByName("first-contentful-paint")[0];
          if (entry) resolve(entry.startTime);
        }).observe({ type: "paint", buffered: true });
      }),
  );
  // The browser says of neither request nor answer that nobody waits for it; the document does.
  const later = await page.locator("link[rel=prefetch]").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  await context.close();
  const loaded = files.filter(({ name }) => !name.startsWith("/api/") && !later.includes(name));
  return { files: loaded, total: loaded.reduce((sum, file) => sum + file.size, 0), firstPaint, alive };
}

/** @param {Browser} browser */
async function signedOut(browser) {
  const context = await browser.newContext();
  return { context, page: await context.newPage() };
}

/**
 * Signs in to a world of its own, in a fresh profile.
 * @param {Browser} browser
 * @param {string} origin
 * @param {object} demo
 */
export async function signedIn(browser, origin, demo) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const answer = await context.request.post(`${origin}/api/session`, {
    headers: { "x-canopy": "1" },
    data: { cloud: "demo", region: "us-east-1", demo },
  });
  if (!answer.ok()) throw new Error(`sign-in failed: ${answer.status()}`);
  return { context, page: await context.newPage() };
}

export const counted = (/** @type {number} */ rows) => `${rows.toLocaleString("en")} images`;

/**
 * @param {Browser} browser
 * @param {string} origin
 * @param {object} demo
 * @param {number} rows
 */
export async function waitingForRows(browser, origin, demo, rows) {
  const { context, page } = await signedIn(browser, origin, demo);
  await page.addInitScript((text) => {
    /** @type {Record<string, number>} */
    const seen = {};
    Object.assign(window, { seen });
    new MutationObserver(() => {
      if (!("first" in seen) && document.querySelector("main tbody a[href*='/images/']")) seen.first = performance.now();
      if (!("all" in seen) && document.querySelector("main .list-count")?.textContent?.includes(text)) seen.all = performance.now();
    }).observe(document, { childList: true, subtree: true, characterData: true });
  }, counted(rows));
  await page.goto(`${origin}/images?region=us-east-1&owner=all`);
  await page.waitForFunction(() => "all" in /** @type {any} */ (window).seen);
  const seen = await page.evaluate(() => /** @type {any} */ (window).seen);
  const file = await page.evaluate(async () => {
    const start = performance.now();
    await (await fetch("/long.json", { cache: "no-store" })).json();
    return performance.now() - start;
  });
  // There and back inside the application, now that the proxy has the list.
  await page.getByRole("link", { name: "Instances", exact: true }).first().click();
  await page.getByRole("heading", { name: "Instances" }).waitFor();
  await page.evaluate(() => {
    const seen = /** @type {any} */ (window).seen;
    const clicked = () => {
      delete seen.first;
      seen.clicked = performance.now();
    };
    addEventListener("click", clicked, { capture: true, once: true });
  });
  await page.getByRole("link", { name: "Images", exact: true }).first().click();
  await page.getByRole("heading", { name: "Images" }).waitFor();
  await page.waitForFunction(() => "first" in /** @type {any} */ (window).seen);
  const again = await page.evaluate(() => /** @type {any} */ (window).seen.first - /** @type {any} */ (window).seen.clicked);
  await context.close();
  return { first: seen.first, all: seen.all, file, again };
}
