// `make screenshots`: every page in both themes and two widths, in report/, for eyes and for reviews. SHOT=README makes docs/screenshot.png.

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { browserOptions, startCanopy } from "./canopy.mjs";

const folder = fileURLToPath(new URL("report/", import.meta.url));
mkdirSync(folder, { recursive: true });

const PAGES = {
  login: "/login",
  dashboard: "/",
  instances: "/instances",
  "instances-search": "/instances?state=running&state=stopped&q=web",
  images: "/images?owner=all",
  volumes: "/volumes",
  "instance-types": "/instance-types",
  keypairs: "/keypairs",
  securitygroups: "/securitygroups",
  vpcs: "/vpcs",
  subnets: "/subnets",
  users: "/users",
  groups: "/groups",
  roles: "/roles",
  policies: "/policies",
  "launch-image": "/instances/new?step=image",
  "launch-details": "/instances/new?step=details",
  "launch-security": "/instances/new?step=security",
  "launch-advanced": "/instances/new?step=advanced",
};
const TABS = ["general", "storage", "networking", "tags", "console"];

const canopy = await startCanopy();
const browser = await chromium.launch(browserOptions);
try {
  for (const theme of ["light", "dark"]) {
    for (const [width, height] of /** @type {const} */ ([[1440, 900], [390, 844]])) {
      const context = await browser.newContext({ viewport: { width, height }, reducedMotion: "reduce", locale: "en-US", timezoneId: "UTC" });
      await context.addCookies([{ name: "theme", value: theme, url: canopy.origin }]);
      const page = await context.newPage();
      const shoot = async (/** @type {string} */ name, /** @type {string} */ address) => {
        await page.goto(canopy.origin + address, { waitUntil: "networkidle" });
        await page.screenshot({ path: `${folder}${name}-${theme}-${width}.png` });
      };
      await shoot("login", PAGES.login);
      const answer = await context.request.post(`${canopy.origin}/api/session`, {
        headers: { "x-canopy": "1" },
        data: { cloud: "demo", region: "us-east-1", demo: {} },
      });
      if (!answer.ok()) throw new Error(`sign-in failed: ${answer.status()}`);
      for (const [name, address] of Object.entries(PAGES).slice(1)) await shoot(name, address);
      const instances = await (await context.request.get(`${canopy.origin}/api/instances?region=us-east-1`, { headers: { accept: "application/json" } })).json();
      const running = instances.find((/** @type {{ state: string }} */ instance) => instance.state === "running");
      for (const tab of TABS) await shoot(`instance-${tab}`, `/instances/${running.id}?tab=${tab}`);
      if (process.env.SHOT === "README" && theme === "light" && width === 1440) {
        await page.goto(`${canopy.origin}${PAGES.instances}`, { waitUntil: "networkidle" });
        await page.screenshot({ path: fileURLToPath(new URL("../docs/screenshot.png", import.meta.url)) });
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  await canopy.stop();
}
console.log(`Pictures are in ${folder}`);
