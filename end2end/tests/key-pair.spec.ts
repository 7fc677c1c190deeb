// Key pairs that people bring along.

import { enterWorld, rows } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

test("a public key is looked at before it is sent", async ({ page }) => {
  await enterWorld(page, {}, "/keypairs");
  await page.getByRole("main").getByRole("button", { name: "Create key pair" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create key pair" });
  await dialog.getByLabel("Name").fill("e2e-imported");
  await dialog.getByLabel("Import a public key").check();
  const key = dialog.getByRole("textbox", { name: "Public key" });
  await key.fill("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=\n-----END OPENSSH PRIVATE KEY-----");
  await dialog.getByRole("button", { name: "Import key pair" }).click();
  await expect(dialog.getByText("This is a private key: keep it to yourself.", { exact: false })).toBeVisible();
  const good = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@example";
  await dialog.locator("input[type=file]").setInputFiles({ name: "id.pub", mimeType: "text/plain", buffer: Buffer.from(good.replace("GKJl", "G")) });
  await expect(dialog.getByText("The key is not complete: copy all of it.")).toBeVisible();
  await dialog.locator("input[type=file]").setInputFiles({ name: "id.pub", mimeType: "text/plain", buffer: Buffer.from(good) });
  await expect(key).toHaveValue(good);
  await dialog.getByRole("button", { name: "Import key pair" }).click();
  await expect(rows(page, "e2e-imported")).toContainText("ed25519");
});
