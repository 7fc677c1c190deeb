// A virtual MFA device: made, shown once, assigned by two of its codes, and asked for at sign-in.

import { createHmac } from "node:crypto";
import { act, CLOUDS, enterCloud, fillIn, open, rows, send } from "../fixtures/console";
import { expect, test } from "../fixtures/test";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** What an app shows that was told this key, so many half minutes from now. */
function code(key: string, by: number): string {
  const bits = [...key].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30_000) + by));
  const digest = createHmac("sha1", bytes).update(counter).digest();
  const from = (digest[19] ?? 0) & 15;
  return String((digest.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

for (const cloud of CLOUDS) {
  test.describe(`on ${cloud.label}`, () => {
    // What is refused is answered with a status that the browser's console notes.
    test.use({ provoked: [/the server responded with a status of 4\d\d/] });

    test("an MFA device is assigned, resynchronised and taken away", async ({ page }) => {
      await enterCloud(page, cloud, "/users");
      await page.getByRole("main").getByRole("button", { name: "Create users" }).first().click();
      await send(page, { Names: "e2e-mfa" }, "Create users");

      const dialog = page.getByRole("dialog", { name: "Assign an MFA device to e2e-mfa" });
      const assign = async () => {
        await act(page, "e2e-mfa", "Assign MFA device");
        await expect(dialog.getByLabel("Device name")).toHaveValue("e2e-mfa");
        await dialog.getByRole("button", { name: "Make the device" }).click();
        await expect(dialog.getByRole("img", { name: /^What the app has to scan/ })).toBeVisible();
        return (await dialog.locator(".command code").textContent()) ?? "";
      };

      await test.step("who closes the dialog leaves nothing behind: the name is free again", async () => {
        const first = await assign();
        await dialog.getByRole("button", { name: "Cancel" }).click();
        await expect(dialog).toBeHidden();
        const second = await assign();
        expect(second).toMatch(/^[A-Z2-7]{16,}$/);
        expect(second).not.toBe(first);
      });

      await test.step("codes that do not belong to it leave the dialog as it is", async () => {
        const key = (await dialog.locator(".command code").textContent()) ?? "";
        await fillIn(dialog, { "First code": "12345", "Next code": "12345" });
        await dialog.getByRole("button", { name: "Assign the device" }).click();
        await expect(dialog.getByText("A code has six digits.").first()).toBeVisible();
        // moto takes any code.
        if (cloud.label === "Demo") {
          await fillIn(dialog, { "First code": code(key, 100), "Next code": code(key, 101) });
          await dialog.getByRole("button", { name: "Assign the device" }).click();
          await expect(dialog.getByText("Authentication code for device is not valid.").first()).toBeVisible();
          await expect(dialog.locator(".command code")).toHaveText(key);
        }
        await fillIn(dialog, { "First code": code(key, -1), "Next code": code(key, 0) });
        await dialog.getByRole("button", { name: "Assign the device" }).click();
        await expect(page.getByText("e2e-mfa has an MFA device")).toBeVisible();
        await expect(dialog).toBeHidden();
        // moto has no call for it.
        if (cloud.label === "Demo") {
          await act(page, "e2e-mfa", "Resynchronise MFA device");
          const serial = ":mfa/e2e-mfa";
          await send(page, { Device: serial, "First code": code(key, 3), "Next code": code(key, 4) }, "Resynchronise");
          await expect(page.getByText("The device of e2e-mfa is in step")).toBeVisible();
        }
      });

      await test.step("its page names the device, and the device goes with its user's wish", async () => {
        await open(page, "/users/e2e-mfa?tab=security");
        await expect(page.getByRole("region", { name: "MFA devices" })).toContainText(":mfa/e2e-mfa");
        await open(page, "/users");
        await act(page, "e2e-mfa", "Deactivate MFA device");
        await send(page, { Device: ":mfa/e2e-mfa" }, "Deactivate");
        await open(page, "/users/e2e-mfa?tab=security");
        await expect(page.getByText("It has no MFA device.")).toBeVisible();
        await open(page, "/users");
        await expect(rows(page, "e2e-mfa")).toHaveCount(1);
      });
    });
  });
}
