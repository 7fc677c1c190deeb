// The console's main job, from the door to the door: sign in, launch, change, clean up, sign out.

import { act, chooseImage, CLOUDS, confirm, heading, nameField, next, onPage, rows, signIn } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

for (const cloud of CLOUDS) {
  test(`from signing in to the last instance gone, on ${cloud.label}`, async ({ page, canopy, playwright }) => {
    test.setTimeout(180_000);
    await signIn(page, cloud.label);
    await expect(page.getByRole("banner").getByText(cloud.label, { exact: true })).toBeVisible();

    await test.step("launch, with a key pair and a security group made on the way", async () => {
      await page.getByRole("link", { name: "Launch instances" }).click();
      await expect(heading(page, "Launch instances")).toBeVisible();
      await chooseImage(page, "amzn2");
      await next(page, "Details");
      await nameField(page).fill("journey");
      await next(page, "Network and security");

      await page.getByRole("button", { name: "Create key pair" }).click();
      const keyPair = page.getByRole("dialog", { name: "Create key pair" });
      await keyPair.getByLabel("Name").fill("journey-key");
      const download = page.waitForEvent("download");
      await keyPair.getByRole("button", { name: "Create key pair" }).click();
      expect((await download).suggestedFilename()).toBe("journey-key.pem");
      await page.getByRole("button", { name: "I have the file" }).click();
      await expect(page.getByLabel("Key pair", { exact: true })).toHaveValue("journey-key");

      await page.getByRole("button", { name: "Create security group" }).click();
      const group = page.getByRole("dialog", { name: "Create security group" });
      await group.getByLabel("Name").fill("journey-group");
      await group.getByRole("textbox", { name: "Description" }).first().fill("For the journey");
      await group.getByRole("button", { name: "Create security group" }).click();
      await expect(group).toBeHidden();
      await expect(page.getByRole("checkbox", { name: /journey-group/ })).toBeChecked();

      await page.getByRole("button", { name: "Launch instance" }).click();
      await expect(heading(page, "Instances")).toBeVisible();
      await expect(rows(page, "journey")).toHaveCount(1);
      await expect(rows(page, "journey")).toContainText("running");
      await expect(rows(page, "journey")).toContainText("journey-key");
    });

    await test.step("stop and start", async () => {
      await act(page, "journey", "Stop");
      await confirm(page, "Stop");
      if (cloud.takesTime) await expect(rows(page, "journey")).toContainText("stopping");
      await expect(rows(page, "journey")).toContainText("stopped");
      await act(page, "journey", "Start");
      if (cloud.takesTime) await expect(rows(page, "journey")).toContainText("pending");
      await expect(rows(page, "journey")).toContainText("running");
    });

    await test.step("tag", async () => {
      await page.getByRole("link", { name: "journey", exact: true }).click();
      await expect(heading(page, /^journey \(i-/)).toBeVisible();
      await page.getByRole("tab", { name: "Tags" }).click();
      await page.getByRole("button", { name: "Add tag" }).click();
      await page.getByRole("textbox", { name: "Key", exact: true }).last().fill("purpose");
      await page.getByRole("textbox", { name: "Value of purpose" }).fill("proof");
      await page.getByRole("button", { name: "Save tags" }).click();
      await expect(page.getByText("The tags of journey are saved")).toBeVisible();
      await page.reload();
      await expect(page.getByRole("textbox", { name: "Value of purpose" })).toHaveValue("proof");
    });

    await test.step("launch more like this", async () => {
      await onPage(page, "Launch more like this");
      await expect(heading(page, "Launch instances")).toBeVisible();
      const summary = page.getByRole("complementary", { name: "Summary" });
      await expect(summary).toContainText("journey-key");
      await expect(summary).toContainText("journey-group");
      await nameField(page).fill("journey too");
      await page.getByRole("button", { name: "Launch instance" }).click();
      await expect(heading(page, "Instances")).toBeVisible();
      await expect(rows(page, "journey")).toHaveCount(2);
    });

    await test.step("terminate all at once", async () => {
      await page.getByRole("combobox", { name: "Search instances" }).fill("journey");
      await page.getByRole("combobox", { name: "Search instances" }).press("Enter");
      await page.getByRole("checkbox", { name: "Select all that are shown" }).check();
      await expect(page.getByText("2 selected")).toBeVisible();
      await page.getByRole("group", { name: "Actions for the selected" }).getByRole("button", { name: "Terminate" }).click();
      await expect(page.getByRole("dialog", { name: "Terminate 2 instances?" })).toBeVisible();
      await confirm(page, "Terminate");
      await expect(page.getByText("Terminating 2 instances")).toBeVisible();
      await expect(rows(page, "journey").filter({ hasText: "terminated" })).toHaveCount(2);
    });

    await test.step("sign out, and the old cookie opens nothing", async () => {
      const before = await page.context().storageState();
      await page.getByRole("banner").locator(".account").getByRole("button").click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
      await expect(heading(page, "Sign in to Canopy")).toBeVisible();
      const thief = await playwright.request.newContext({ baseURL: canopy.origin, storageState: before });
      const answer = await thief.get("/api/session");
      expect(answer.status()).toBe(401);
      expect(await answer.json()).toMatchObject({ code: "session_expired" });
      await thief.dispose();
    });
  });
}
