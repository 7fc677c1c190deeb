// Server certificates: what does not belong together is said before anything is sent; what does lives from the first to the last.

import { readFileSync } from "node:fs";
import { act, CLOUDS, confirm, enterCloud, enterWorld, fillIn, open, rows } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

const file = (name: string): string => readFileSync(new URL(`../../app/api/tests/certificates/${name}`, import.meta.url), "utf8");

for (const cloud of CLOUDS) {
  test(`a server certificate, from the first to the last, on ${cloud.label}`, async ({ page }) => {
    await enterCloud(page, cloud, "/server-certificates");
    const dialog = page.getByRole("dialog", { name: "Upload server certificate" });
    const upload = dialog.getByRole("button", { name: "Upload server certificate", exact: true });

    await test.step("what does not belong together is said where it stands, and what was typed stays", async () => {
      await page.getByRole("main").getByRole("button", { name: "Upload server certificate" }).first().click();
      await fillIn(dialog, { Name: "e2e-shop", Certificate: file("rsa.pem"), "Private key": file("ec.key"), Chain: file("root.pem") });
      await upload.click();
      await expect(dialog.getByText("This is not the key of the certificate", { exact: false })).toBeVisible();
      const broken = "The certificate was issued by Example Issuing 1, but the chain begins with that of Example Root.";
      await expect(dialog.getByText(broken)).toBeVisible();
      await fillIn(dialog, { "Private key": file("locked.key") });
      await expect(dialog.getByText("The key is locked with a passphrase", { exact: false })).toBeVisible();
      await expect(dialog.getByLabel("Certificate", { exact: true })).toHaveValue(file("rsa.pem"));
    });

    await test.step("the right key comes from its file, and no command line shows it", async () => {
      const chosen = { name: "rsa.key", mimeType: "application/x-pem-file", buffer: Buffer.from(file("rsa.key")) };
      await dialog.getByLabel("Private key from a file").setInputFiles(chosen);
      await expect(dialog.getByLabel("Private key", { exact: true })).toHaveValue(file("rsa.key"));
      await fillIn(dialog, { Chain: file("issuing.pem") });
      await upload.click();
      await expect(dialog).toBeHidden();
      await expect(rows(page, "e2e-shop")).toContainText("/");
    });

    await test.step("its page says whom it is for, and shows the certificate but no key", async () => {
      await open(page, "/server-certificates/e2e-shop");
      const facts = page.getByRole("main");
      for (const fact of ["shop.example.com", "Example Issuing 1", "shop.example.com, *.shop.example.com"]) {
        await expect(facts.getByText(fact, { exact: true }).first()).toBeVisible();
      }
      await page.getByRole("tab", { name: "Certificate", exact: true }).click();
      await page.getByText("certificate.pem", { exact: true }).click();
      await expect(page.getByRole("region", { name: "certificate.pem" })).toContainText("-----BEGIN CERTIFICATE-----");
      await expect(page.getByText("PRIVATE KEY", { exact: false })).toHaveCount(0);
    });

    await test.step("it is deleted", async () => {
      await open(page, "/server-certificates");
      await act(page, "e2e-shop", "Delete");
      await confirm(page, "Delete");
      await expect(rows(page, "e2e-shop")).toHaveCount(0);
    });
  });
}

// moto has no call for it.
test("a certificate is renamed, and a name that is taken is said at its field", async ({ page }) => {
  await enterWorld(page, {}, "/server-certificates");
  await act(page, "shop", "Rename");
  const dialog = page.getByRole("dialog", { name: "Rename shop" });
  await fillIn(dialog, { Name: "old-shop" });
  await dialog.getByRole("button", { name: "Rename" }).click();
  await expect(dialog.getByText("already exists", { exact: false }).first()).toBeVisible();
  await fillIn(dialog, { Name: "shop-2026", Path: "/web/" });
  await dialog.getByRole("button", { name: "Rename" }).click();
  await expect(dialog).toBeHidden();
  await expect(rows(page, "shop-2026")).toContainText("/web/");
  await expect(page.getByRole("button", { name: "Actions for shop", exact: true })).toHaveCount(0);
});
