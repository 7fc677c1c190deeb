// The charts of the Monitoring tab: on the demo cloud with curves, on moto with what was pushed there and nothing else.

import type { Page } from "@playwright/test";
import { enterWorld, heading, open, rows, signIn } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

/** Opens the Monitoring tab of the first resource whose row says this. */
async function monitoring(page: Page, slug: string, words: string | RegExp) {
  // The oldest first: what was launched a minute ago has measured nothing yet.
  await open(page, `/${slug}?sort=${slug === "instances" ? "launched" : "created"}`);
  await rows(page, words).first().getByRole("rowheader").getByRole("link").click();
  await page.getByRole("tab", { name: "Monitoring" }).click();
  await expect(page.getByRole("tabpanel").getByLabel("Range")).toBeVisible();
}

const charts = (page: Page) => page.getByRole("tabpanel").getByRole("slider");

test("the charts of a running instance can be read by keyboard, by pointer and as a table", async ({ page }) => {
  await enterWorld(page, {});
  await monitoring(page, "instances", /running/);
  await expect(charts(page)).toHaveCount(10);
  const cpu = page.getByRole("slider", { name: "Processor use" });
  const read = () => cpu.getAttribute("aria-valuetext");

  await test.step("by keyboard", async () => {
    await cpu.press("Home");
    const first = await read();
    expect(first).toMatch(/^[\d.]+ % at .+\d/);
    await cpu.press("ArrowRight");
    await expect.poll(read).not.toBe(first);
    await cpu.press("ArrowLeft");
    await expect.poll(read).toBe(first);
  });

  await test.step("by pointer", async () => {
    const box = await cpu.boundingBox();
    if (!box) throw new Error("the chart is not drawn");
    const before = await read();
    await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2);
    await expect.poll(read).not.toBe(before);
  });

  await test.step("as a table", async () => {
    const figure = page.getByRole("figure").filter({ has: cpu });
    await figure.getByRole("button", { name: "Show as a table: Processor use" }).click();
    const table = figure.getByRole("table");
    await expect(table.getByRole("columnheader", { name: "Time" })).toBeVisible();
    expect(await table.getByRole("row").count()).toBeGreaterThan(30);
    await figure.getByRole("button", { name: "Hide the table: Processor use" }).click();
    await expect(table).toHaveCount(0);
  });

  await test.step("over another range, by another period", async () => {
    const asked = page.waitForRequest(/\/metrics\?.*range=86400/);
    await page.getByLabel("Range").selectOption({ label: "Last day" });
    expect((await asked).url()).toContain("period=300");
    await expect(page.getByText("Average of each 5 minutes").first()).toBeVisible();
    await page.getByLabel("Period", { exact: true }).selectOption({ label: "1 hour" });
    await expect(page.getByText("Sum of each 1 hour").first()).toBeVisible();
    await expect(cpu).toHaveAttribute("aria-valuemax", /^2[2-4]$/);
    const again = page.waitForRequest(/\/metrics\?.*period=3600/);
    await page.getByRole("tabpanel").getByRole("button", { name: "Refresh" }).click();
    await again;
  });
});

test("what does not run says why there is nothing", async ({ page }) => {
  await enterWorld(page, {});
  await monitoring(page, "instances", /stopped/);
  await expect(page.getByText("No data in this range")).toBeVisible();
  await expect(page.getByText("An instance measures only while it runs.")).toBeVisible();
});

test("a volume in use has charts, one that is attached to nothing has none", async ({ page }) => {
  await enterWorld(page, {});
  await monitoring(page, "volumes", /available/);
  await expect(page.getByText("A volume measures only while it is attached to an instance.")).toBeVisible();
  await monitoring(page, "volumes", /in-use/);
  await expect(charts(page).or(page.getByText("No data in this range")).first()).toBeVisible();
});

test("an older cloud is asked chart by chart", async ({ page }) => {
  await enterWorld(page, { faults: "GetMetricData:InvalidAction" });
  await monitoring(page, "instances", /running/);
  await expect(charts(page)).toHaveCount(10);
});

test.describe("a cloud that fails", () => {
  test.use({ provoked: [/the server responded with a status of 5\d\d/] });

  test("is said, with the way to try again", async ({ page }) => {
    await enterWorld(page, { faults: "GetMetricData:InternalFailure" });
    await monitoring(page, "instances", /running/);
    await expect(page.getByRole("main").getByRole("alert")).toContainText("The cloud failed");
    await expect(page.getByRole("main").getByRole("alert").getByRole("button", { name: "Try again" })).toBeVisible();
  });
});

test("the charts fit a narrow screen", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await enterWorld(page, {});
  await monitoring(page, "instances", /running/);
  await expect(charts(page)).toHaveCount(10);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBe(0);
});

test("moto measures nothing by itself, and shows what was pushed there", async ({ page, motoProcess }) => {
  /** Asks moto as an SDK would; it looks at the scope of a signature, and not at the signature. */
  const ask = async (service: string, params: Record<string, string>) => {
    const scope = `Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/${service}/aws4_request`;
    const answer = await fetch(motoProcess.origin, {
      method: "POST",
      headers: { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=none` },
      body: new URLSearchParams(params),
    });
    const text = await answer.text();
    expect(answer.ok, text).toBe(true);
    return text;
  };
  const ec2 = { Version: "2016-11-15" };
  const images = await ask("ec2", { ...ec2, Action: "DescribeImages" });
  const image = images.match(/<imageId>(ami-[0-9a-f]+)</)?.[1] ?? "";
  const run = { ...ec2, Action: "RunInstances", ImageId: image, InstanceType: "t3.micro", MinCount: "1", MaxCount: "1" };
  const instance = (await ask("ec2", run)).match(/<instanceId>(i-[0-9a-f]+)</)?.[1] ?? "";

  await signIn(page, "Moto");
  await open(page, `/instances/${instance}?tab=monitoring`);
  await expect(heading(page, new RegExp(instance))).toBeVisible();
  await expect(page.getByText("No data in this range")).toBeVisible();
  await expect(page.getByText(/Basic monitoring brings a point every five minutes/)).toBeVisible();

  await ask("monitoring", {
    Version: "2010-08-01",
    Action: "PutMetricData",
    Namespace: "AWS/EC2",
    "MetricData.member.1.MetricName": "CPUUtilization",
    "MetricData.member.1.Value": "42",
    "MetricData.member.1.Unit": "Percent",
    "MetricData.member.1.Timestamp": new Date(Date.now() - 20 * 60_000).toISOString(),
    "MetricData.member.1.Dimensions.member.1.Name": "InstanceId",
    "MetricData.member.1.Dimensions.member.1.Value": instance,
  });
  await page.getByRole("tabpanel").getByRole("button", { name: "Refresh" }).click();
  await expect(charts(page)).toHaveCount(1);
  await expect(page.getByRole("slider", { name: "Processor use" })).toHaveAttribute("aria-valuetext", /^42 % at /);
});
