// Secrets that go in, looked for everywhere where they must not come out.

import { readFileSync } from "node:fs";
import { freePort } from "../canopy.mjs";
import { enterKeys, open, rows } from "../fixtures/console";
import { everythingKept } from "../fixtures/kept";
import { startStore, type Store } from "../fixtures/store";
import { expect, test as base } from "../fixtures/test";

const TYPED = "c4naryc4naryc4naryc4naryc4naryc4nary0001";
/** What moto gives for it: <https://github.com/getmoto/moto/blob/master/moto/sts/models.py>. */
const GIVEN = ["wJalrXUtnFEMI", "AQoEXAMPLEH4aoAH0gNCAPyJxz4BlCFFxWNE1OPTgk5TthT"];

const test = base.extend<{ store: Store; audit: string }>({
  store: async ({}, use) => {
    const store = await startStore(await freePort());
    await use(store);
    await store.stop();
  },
  audit: async ({}, use, info) => use(info.outputPath("audit.jsonl")),
  // The log at its loudest takes its time: nobody is to hold the store for down.
  flags: async ({ store, audit }, use, info) =>
    use(["--store", store.address, "--store-timeout", "10000", "--state", info.outputPath("state"), "--audit", audit, "--log-filter", "trace"]),
});

test.use({ serviceWorkers: "allow", provoked: [/Failed to load resource.*503/] });

test("a secret is nowhere but in the request that brings it", async ({ page, context, canopy, store, audit }) => {
  test.setTimeout(120_000);
  const answers: Promise<string>[] = [];
  page.on("response", (response) => {
    const { "set-cookie": _, ...headers } = response.headers();
    const text = response.status() < 300 || response.status() >= 400 ? response.text().catch(() => "") : Promise.resolve("");
    answers.push(text.then((text) => `${response.url()} ${JSON.stringify(headers)} ${text}`));
  });
  await open(page, "/login");
  await enterKeys(page, "Nowhere", { id: "AKIAIOSFODNN7EXAMPLE", secret: TYPED });
  await expect(page.getByRole("alert").getByText("The cloud cannot be reached")).toBeVisible({ timeout: 30_000 });
  await open(page, "/login?then=/zones");
  await enterKeys(page, "Moto", { id: "AKIAIOSFODNN7EXAMPLE", secret: TYPED });
  await expect(rows(page, "us-east-1a").first()).toBeVisible({ timeout: 60_000 });
  const cookie = (await context.cookies()).find((each) => each.name.includes("canopy"))?.value ?? "";
  expect(cookie).toHaveLength(43);
  const made = await page.request.post("/api/keypairs?region=us-east-1", {
    headers: { "x-canopy": "1", "content-type": "application/json" },
    data: JSON.stringify({ name: "canary", key_type: "rsa" }),
  });
  const [, key = ""] = JSON.stringify(await made.json()).match(/PRIVATE KEY-----\\n([\w+/]{40})/) ?? [];
  expect(key).toHaveLength(40);
  await open(page, "/keypairs");
  await expect(rows(page, "canary")).toBeVisible({ timeout: 30_000 });

  // A list gets there beside its answer.
  await expect.poll(() => store.dump()).toContain("canopy:1:list:");
  const places = {
    answers: (await Promise.all(answers)).join("\n"),
    browser: (await everythingKept(page)).join("\n"),
    document: await page.content(),
    log: canopy.log(),
    audit: readFileSync(audit, "utf8"),
    store: await store.dump(),
  };
  // That it was looked at what there is.
  expect(places.log).toContain("signed in");
  expect(places.audit).toContain("keypairs.create");
  expect(places.store).toContain("canopy:1:session:");
  expect(places.answers).toContain("/api/keypairs");
  for (const [place, text] of Object.entries(places)) {
    for (const secret of [TYPED, ...GIVEN, cookie, key]) expect(text.includes(secret), `${secret} in ${place}`).toBe(false);
  }
});
