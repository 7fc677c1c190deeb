// Elastic addresses as people used them in the console before this one: its flow 7, but for what network.spec.ts has.

import { act, CLOUDS, confirm, enterCloud, rows, send } from "../fixtures/console";
import { becomes, fromDashboard, go } from "../fixtures/flow";
import { launch, list, REGION } from "../fixtures/given";
import { expect, test } from "../fixtures/test";

for (const cloud of CLOUDS) {
  test(`flow 7: elastic addresses, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(180_000);
    await enterCloud(page, cloud, "/keypairs");
    const addresses = () => list(page, `addresses?region=${REGION}`);
    const before = (await addresses()).map((row) => row.id);
    const made = async (n: number) => {
      const added = (await addresses()).filter((row) => !before.includes(row.id));
      expect(added).toHaveLength(n);
      return added.map((row) => row.id) as [string, ...string[]];
    };
    await go(page, "Elastic addresses");
    await page.getByRole("main").getByRole("button", { name: "Allocate addresses" }).first().click();
    await send(page, {}, "Allocate");
    const [only] = await made(1);
    await act(page, only, "Release");
    await confirm(page, "Release");
    await expect(rows(page, only)).toHaveCount(0);

    await fromDashboard(page, "Allocate addresses");
    await send(page, { "How many": "2" }, "Allocate");
    await expect(page.getByText("Created: 2 elastic addresses")).toBeVisible();
    const two = await made(2);
    for (const id of two) await rows(page, id).getByRole("checkbox").check();
    await page.getByRole("group", { name: "Actions for the selected" }).getByRole("button", { name: "Release" }).click();
    await confirm(page, "Release");
    await expect(page.getByText("2 addresses are released")).toBeVisible();
    for (const id of two) await expect(rows(page, id)).toHaveCount(0);

    // Association from the four places is in network.spec.ts; here the rest of the flow: what is associated is free when its instance is gone.
    const { id: instance } = await launch(page, cloud, "flow-host");
    await page.getByRole("main").getByRole("button", { name: "Allocate addresses" }).first().click();
    await send(page, {}, "Allocate");
    const [address] = await made(1);
    await act(page, address, "Associate with instance");
    await send(page, { Instance: instance }, "Associate");
    await expect(rows(page, address).getByRole("link", { name: instance })).toBeVisible();
    await go(page, "Instances");
    await act(page, "flow-host", "Terminate");
    await expect(page.getByRole("dialog").getByText("These elastic addresses stay yours, and go on to cost:")).toBeVisible();
    await confirm(page, "Terminate");
    await becomes(page, "flow-host", "terminated");
    await go(page, "Elastic addresses");
    // moto leaves addresses with what is terminated.
    if (cloud.label === "Moto") {
      await act(page, address, "Disassociate");
      await confirm(page, "Disassociate");
    }
    await expect(rows(page, address)).toContainText("free");
    await act(page, address, "Release");
    await confirm(page, "Release");
    await expect(rows(page, address)).toHaveCount(0);
  });
}
