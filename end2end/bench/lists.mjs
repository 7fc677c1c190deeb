// What somebody who searches a long list waits for, measured in the same way for Canopy's list and for the pages beside it.

import { bytes, milliseconds } from "./report.mjs";

/** @typedef {import("@playwright/test").Page} Page */
/** @typedef {{ count: string, first: string, input: string, sort: string, scroller?: string }} Places where a list shows what was found and takes what is asked: CSS selectors */

/** @type {Places} */
export const FLOOR = { count: "output", first: "tbody tr:first-child td:first-child", input: "input", sort: "th button" };
/** @type {Places} */
export const CANOPY = { count: ".list-count", first: "main tbody th a", input: "main input[role=combobox]", sort: "main thead th button", scroller: ".list-scroll" };
/** @type {Places} */
export const CLOUDSCAPE = {
  count: "h2",
  first: "tbody tr:first-child td:first-child",
  input: "input",
  sort: "thead th:first-child [role=button]",
};

/**
 * From the next key or click to the first frame in which the text at `selector` is another one, milliseconds; NaN where it stays as it is.
 * @param {Page} page
 * @param {string} selector
 * @param {() => Promise<void>} act
 */
export async function painted(page, selector, act) {
  await page.evaluate((selector) => {
    const text = () => document.querySelector(selector)?.textContent;
    const before = text();
    const done = new Promise((resolve) => {
      /** @type {number | undefined} */
      let start;
      const begin = (/** @type {Event} */ event) => (start ??= event.timeStamp);
      addEventListener("keydown", begin, { capture: true, once: true });
      addEventListener("pointerup", begin, { capture: true, once: true });
      const observer = new MutationObserver(() => {
        if (start === undefined || text() === before) return;
        observer.disconnect();
        // A message that is posted in a frame arrives when it is painted.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - (start ?? NaN));
          port2.postMessage(0);
        });
      });
      observer.observe(document, { childList: true, subtree: true, characterData: true });
    });
    Object.assign(window, { done });
  }, selector);
  await act();
  return await page.evaluate(
    () => Promise.race([/** @type {any} */ (window).done, new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 1000, NaN)))]),
  );
}

/**
 * Types words, key by key, and takes the time to the rows of each.
 * @param {Page} page
 * @param {Places} places
 * @param {string[]} words
 */
export async function typing(page, places, words) {
  /** @type {number[]} */
  const keys = [];
  const input = page.locator(places.input).first();
  for (const word of words) {
    for (const key of word) keys.push(await painted(page, places.count, () => input.press(key)));
    await input.fill("");
  }
  return keys.filter((time) => !Number.isNaN(time));
}

/**
 * Puts words in and sends them, and takes the time from Enter to the rows.
 * @param {Page} page
 * @param {Places} places
 * @param {string} words
 */
export async function entering(page, places, words) {
  await page.locator(places.input).first().fill(words);
  return painted(page, places.count, () => page.locator(places.input).first().press("Enter"));
}

/**
 * @param {Page} page
 * @param {Places} places
 */
export const sorting = (page, places) => painted(page, places.first, () => page.locator(places.sort).first().click());

/**
 * Scrolls from the top to the bottom, a two-hundredth in each frame, and gives the longest of the frames, milliseconds.
 * @param {Page} page
 * @param {string} selector what scrolls
 */
export const scrolling = (page, selector) =>
  page.evaluate(async (selector) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const scroller = document.querySelector(selector);
    if (!scroller) return NaN;
    let before = await frame();
    let longest = 0;
    for (let step = 1; step <= 200; step += 1) {
      scroller.scrollTop = ((scroller.scrollHeight - scroller.clientHeight) * step) / 200;
      const now = await frame();
      longest = Math.max(longest, now - before);
      before = now;
    }
    return longest;
  }, selector);

/**
 * Keeps count of how long keys and clicks block the page, as the browser reports it (in steps of 8 ms).
 * @param {Page} page
 */
export async function watchEvents(page) {
  await page.evaluate(() => {
    /** @type {Map<number, number>} */
    const events = new Map();
    Object.assign(window, { events });
    new PerformanceObserver((list) => {
      for (const entry of /** @type {any[]} */ (list.getEntries())) {
        if (entry.interactionId) events.set(entry.interactionId, Math.max(events.get(entry.interactionId) ?? 0, entry.duration));
      }
    }).observe(/** @type {any} */ ({ type: "event", durationThreshold: 16 }));
  });
  return async () => Math.max(0, ...(await page.evaluate(() => [.../** @type {any} */ (window).events.values()])));
}

/**
 * What the page holds after a garbage collection, bytes: objects, array buffers, and what its WebAssembly has.
 * @param {Page} page
 */
export async function memory(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize, backingStorageSize = 0 } = /** @type {any} */ (await cdp.send("Runtime.getHeapUsage"));
  await cdp.detach();
  // The glue's own start gives the module that runs, once it does.
  const wasm = await page.evaluate(async () => {
    const glue = document.querySelector("script[type=module][src^='/pkg/']")?.getAttribute("src");
    return glue ? (await (await import(glue)).default()).memory.buffer.byteLength : 0;
  });
  return usedSize + backingStorageSize + wasm;
}

/** @typedef {{ worst: number, middle: number, blocked: number, entered: number, sorted: number, scrolled: number, memory: number }} Figures */

const shown = (/** @type {number} */ time) => (Number.isNaN(time) ? "–" : milliseconds(time));

/** @type {[keyof Figures, string, (figure: number) => string][]} */
export const WHAT = [
  ["middle", "a key typed → rows that fit painted, median", shown],
  ["worst", "a key typed → rows that fit painted, worst", shown],
  ["blocked", "longest time that a key or click blocks the page", shown],
  ["entered", "words entered, Enter → rows painted", shown],
  ["sorted", "sorted by name → painted", shown],
  ["scrolled", "longest frame, scrolled from top to bottom", shown],
  ["memory", "memory after all that", bytes],
];

/**
 * Everything of one page. Where a page does not do a thing (Cloudscape filters on Enter alone, the others while one types), it is NaN.
 * @param {Page} page
 * @param {Places} places
 * @returns {Promise<Figures>}
 */
export async function figures(page, places) {
  const blocked = await watchEvents(page);
  const keys = (await typing(page, places, ["ubuntu", "windows", "server", "ami-0", "zzz"])).sort((a, b) => a - b);
  const entered = await entering(page, places, "windows");
  const sorted = await sorting(page, places);
  return {
    worst: keys.at(-1) ?? NaN,
    middle: keys[keys.length >> 1] ?? NaN,
    entered,
    sorted,
    blocked: await blocked(),
    // The others draw fifty rows, which scroll nowhere.
    scrolled: places.scroller ? await scrolling(page, places.scroller) : NaN,
    memory: await memory(page),
  };
}
