// Launch templates: made of an instance, and launched.

import { act, CLOUDS, fillIn, open, rows, signIn } from "../fixtures/console";
import { launch, make } from "../fixtures/given";
import { expect, test } from "../fixtures/test";

for (const cloud of CLOUDS) {
  test(`a template is made of an instance, and launches more of it, on ${cloud.label}`, async ({ page }) => {
    test.setTimeout(180_000);
    await signIn(page, cloud.label);
    const model = await launch(page, cloud, "e2e-model");
    await make(page, "launch-templates", { name: "e2e-template", instance_id: model.id });
    await open(page, "/launch-templates");
    await act(page, "e2e-template", "Launch instances");
    const dialog = page.getByRole("dialog", { name: "Launch instances from a template" });
    await expect(dialog.getByLabel("Version")).toHaveValue("1");
    await fillIn(dialog, { "How many": "2", Names: "e2e-first\ne2e-second" });
    await expect(dialog.getByText("--launch-template LaunchTemplateId=lt-", { exact: false })).toHaveCount(1);
    await dialog.getByRole("button", { name: "Launch", exact: true }).click();
    await expect(page.getByText("Created: 2 instances")).toBeVisible();
    await open(page, "/instances");
    for (const name of ["e2e-first", "e2e-second"]) await expect(rows(page, name)).toContainText("t3.micro");
  });
}
