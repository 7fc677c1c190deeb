import { defineConfig } from "@playwright/test";
import { browserOptions } from "./canopy.mjs";

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // A test that fails now and then is a defect of the test or of Canopy: it is not run again until it passes.
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env.CI === "true",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["html", { open: "never", outputFolder: "report/html" }]],
  use: {
    launchOptions: browserOptions,
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    timezoneId: "UTC",
    actionTimeout: 10_000,
    // Pictures of every step of every test, of which none is looked at, took a third of the time of all tests, and what CI records nobody opens.
    trace: process.env.CI === "true" ? "off" : { mode: "retain-on-failure", screenshots: false, snapshots: true },
    screenshot: "only-on-failure",
    // It would answer for the server what a test wants to see asked; installed.spec.ts is about it.
    serviceWorkers: "block",
  },
});
