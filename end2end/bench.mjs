// `make bench`: what Canopy costs, each figure beside a peer on the same server in the same run. Prints a table and writes docs/benchmarks.md.
//
// An absolute time says more about the machine than about Canopy; the ratios are what is to be looked at.

import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { counted, firstLoad, signedIn, waitingForRows } from "./bench/browser.mjs";
import * as lists from "./bench/lists.mjs";
import { startPeers } from "./bench/peers.mjs";
import { fetchTimed, requestsPerSecond, signIn, raw } from "./bench/http.mjs";
import { bytes, median, milliseconds, ratio, Report } from "./bench/report.mjs";
import { browserOptions, startCanopy } from "./canopy.mjs";

const IMAGES = 14_000;
const RUNS = 7;
const root = fileURLToPath(new URL("..", import.meta.url));
const region = "us-east-1";
const listPath = `/api/images?region=${region}&owner=all`;
const cached = [
  // Of those that are cached, the shortest that is long enough to be worth it.
  { name: "short", path: `/api/instance-types?region=${region}` },
  { name: "long", path: listPath },
];

// The peers are static files beside the site: the very bytes that the lists have on the wire.
const site = mkdtempSync(join(tmpdir(), "canopy-bench-"));
cpSync(process.env.CANOPY_SITE ?? join(root, "target/site"), site, { recursive: true });
process.env.CANOPY_SITE = site;

const report = new Report();
// Of those asked for, the demo cloud keeps a few for other accounts alone.
let nImages = 0;
const browser = await chromium.launch(browserOptions);
let canopy = await startCanopy({ args: ["--log-filter", "error"] });
try {
  const cookie = await signIn(canopy.origin, { images: IMAGES });
  for (const { name, path } of cached) {
    await raw(canopy.origin, path, cookie);
    const body = await raw(canopy.origin, path, cookie);
    writeFileSync(join(site, `${name}.ndjson.gz`), body);
    writeFileSync(join(site, `${name}.ndjson`), gunzipSync(body));
    const rows = gunzipSync(body).toString().trim().split("\n").flatMap((line) => JSON.parse(line).rows ?? []);
    writeFileSync(join(site, `${name}.json`), JSON.stringify(rows));
    if (path === listPath) nImages = rows.length;
  }
  await canopy.stop();
  canopy = await startCanopy({ args: ["--log-filter", "error"] });

  await bytesOfTheFirstLoad();
  await timeToRows();
  for (const [n, runs] of /** @type {const} */ ([[IMAGES, 5], [100_000, 3]])) await listsBesideOthers(n, runs);
  await requests();
} finally {
  await browser.close();
  await canopy.stop();
  rmSync(site, { recursive: true });
}
report.write(join(root, "docs/benchmarks.md"), {
  cores: cpus().length,
  node: process.version,
  chromium: browser.version(),
});

async function bytesOfTheFirstLoad() {
  for (const [path, what] of /** @type {const} */ ([["/login", "signing in"], ["/instances", "the list of instances, signed in"]])) {
    const heading = `First load: ${what}`;
    const loads = await repeated(() => firstLoad(browser, canopy.origin, path));
    const [load] = loads;
    for (const { name, size } of load.files) report.add(heading, name, bytes(size));
    report.add(heading, `all ${load.files.length} requests, headers included`, bytes(load.total), path === "/login" ? "at most 400 kB" : "");
    report.add(heading, "first contentful paint", milliseconds(median(loads.map((each) => each.firstPaint))));
    report.add(heading, "application alive (hydrated)", milliseconds(median(loads.map((each) => each.alive))));
  }
}

async function timeToRows() {
  const cookie = await signIn(canopy.origin, { images: IMAGES });
  const runs = await repeated(async () => ({
    "from the cloud, not cached": await fetchTimed(canopy.origin, listPath, cookie, { "cache-control": "no-cache" }),
    cached: await fetchTimed(canopy.origin, listPath, cookie),
    file: await fetchTimed(canopy.origin, "/long.ndjson", cookie),
  }));
  const heading = `${nImages.toLocaleString("en")} images (${bytes(runs[0].file.size)} of JSON), over HTTP`;
  for (const from of /** @type {const} */ (["from the cloud, not cached", "cached"])) {
    for (const [key, rows] of /** @type {const} */ ([["first", "first row"], ["all", "all rows"]])) {
      const peer = `file: ${milliseconds(median(runs.map((run) => run.file[key])))}`;
      report.add(heading, `${from}: ${rows}`, milliseconds(median(runs.map((run) => run[from][key]))), peer);
    }
  }
  const visits = await repeated(() => waitingForRows(browser, canopy.origin, { images: IMAGES }, nImages));
  const page = `${nImages.toLocaleString("en")} images, in the browser`;
  const peer = `fetch and JSON.parse of the file: ${milliseconds(median(visits.map((visit) => visit.file)))}`;
  report.add(page, "address entered, cloud not cached: first row on the screen", milliseconds(median(visits.map((visit) => visit.first))), peer);
  report.add(page, "address entered, cloud not cached: all rows searchable", milliseconds(median(visits.map((visit) => visit.all))), peer);
  report.add(page, "in-app navigation, cached: first row on the screen", milliseconds(median(visits.map((visit) => visit.again))));
}

/**
 * The same rows in Canopy's list, in the least that a page can do, and in AWS's own design system.
 * @param {number} images
 * @param {number} runs
 */
async function listsBesideOthers(images, runs) {
  const cookie = await signIn(canopy.origin, { images });
  const rows = await fetch(canopy.origin + listPath, { headers: { cookie, accept: "application/json" } }).then((answer) => answer.text());
  const n = JSON.parse(rows).length;
  const peers = await startPeers(() => rows);
  /** @type {Record<string, lists.Figures[]>} */
  const taken = { canopy: [], floor: [], cloudscape: [] };
  for (let run = 0; run < runs; run += 1) {
    const { context, page } = await signedIn(browser, canopy.origin, { images });
    await page.goto(canopy.origin + `/images?region=${region}&owner=all`);
    await page.locator(lists.CANOPY.count).getByText(counted(n), { exact: true }).waitFor({ timeout: 120_000 });
    taken.canopy?.push(await lists.figures(page, lists.CANOPY));
    await context.close();
    for (const [name, places] of /** @type {const} */ ([["floor", lists.FLOOR], ["cloudscape", lists.CLOUDSCAPE]])) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(`${peers.origin}/${name}.html`);
      await page.evaluate(async () => /** @type {any} */ (window).show(await (await fetch("rows.json")).text()));
      await page.locator(places.first).first().waitFor({ timeout: 120_000 });
      taken[name]?.push(await lists.figures(page, places));
      await page.close();
    }
  }
  await peers.stop();
  const heading = `A list of ${n.toLocaleString("en")} images`;
  for (const [key, what, unit] of lists.WHAT) {
    const [own, floor, cloudscape] = Object.values(taken).map((figures) => median(figures.map((each) => each[key])));
    report.add(heading, what, unit(own ?? NaN), `floor: ${unit(floor ?? NaN)}, Cloudscape: ${unit(cloudscape ?? NaN)}`);
  }
}

async function requests() {
  const cookie = await signIn(canopy.origin, { images: IMAGES });
  for (const { name, path } of cached) {
    // Once for the cache.
    const size = (await raw(canopy.origin, path, cookie)).length;
    const runs = await repeated(async () => ({
      list: await requestsPerSecond(canopy.origin, path, cookie),
      file: await requestsPerSecond(canopy.origin, `/${name}.ndjson`, cookie),
    }));
    const [list, file] = [median(runs.map((run) => run.list)), median(runs.map((run) => run.file))];
    const peer = `file of the same bytes: ${Math.round(file).toLocaleString("en")} (${ratio(list / file)})`;
    report.add("Requests per second", `cached list of ${bytes(size)}`, Math.round(list).toLocaleString("en"), peer);
  }
}

/**
 * @template T
 * @param {() => Promise<T>} run
 * @returns {Promise<[T, ...T[]]>}
 */
async function repeated(run) {
  /** @type {[T, ...T[]]} */
  const results = [await run()];
  while (results.length < RUNS) results.push(await run());
  return results;
}
