// Every page: for those who do not see it, in both themes, on a narrow screen, and in another language.

import { axe } from "../fixtures/axe";
import { open } from "../fixtures/console";
import { PAGES } from "../fixtures/pages";
import { expect, test } from "../fixtures/test";

for (const { name, visit } of PAGES) {
  test(`${name}: axe finds nothing in either theme, and 390 pixels are wide enough`, async ({ page, context, canopy }) => {
    await context.addCookies([{ name: "theme", value: "light", url: canopy.origin }]);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await visit(page);
    const document = page.locator("html");
    await expect(document).toHaveAttribute("data-theme", "light");
    expect(await axe(page)).toEqual([]);
    await document.evaluate((html) => html.setAttribute("data-theme", "dark"));
    expect(await axe(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => document.evaluate((html) => html.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  test(`${name}: every text is translated`, async ({ page, context, canopy }) => {
    await context.addCookies([{ name: "locale", value: "en-XA", url: canopy.origin }]);
    await visit(page);
    await expect(page.locator("html")).toHaveAttribute("lang", "en-XA");
    expect(await page.evaluate(untranslated)).toEqual([]);
  });
}

test("the pseudo-locale is what it claims to be", async ({ page, context, canopy }) => {
  await context.addCookies([{ name: "locale", value: "en-XA", url: canopy.origin }]);
  await open(page, "/login");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^⟦.*⟧$/);
});

/** Visible texts and names that did not come through the locale layer. Data of the cloud stands in elements that are marked as not to be translated. */
function untranslated(): string[] {
  const found: string[] = [];
  // Numbers, times and signs are the browser's to write; the brand is a name.
  const isNeutral = (text: string) => !/\p{L}/u.test(text) || text === "Canopy";
  const isData = (element: Element | null) => element?.closest("[translate=no], script, style, noscript, time, .old-browser, option:empty") !== null;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const [text, element] = [node.textContent?.trim() ?? "", node.parentElement];
    if (text === "" || isNeutral(text) || isData(element) || !element?.checkVisibility()) continue;
    // The whole of what the element says counts: a sentence may be in pieces.
    const whole = element.textContent?.trim() ?? "";
    if (!/^⟦.*⟧$/su.test(text) && !/^⟦.*⟧$/su.test(whole)) found.push(text);
  }
  for (const attribute of ["aria-label", "title", "placeholder", "alt"]) {
    for (const element of document.body.querySelectorAll(`[${attribute}]`)) {
      const text = element.getAttribute(attribute)?.trim() ?? "";
      // The page is named after what it shows, which may be data.
      if (text === "" || isNeutral(text) || isData(element) || element.matches("main") || !element.checkVisibility()) continue;
      if (!text.includes("⟦")) found.push(`${attribute}: ${text}`);
    }
  }
  return [...new Set(found)];
}
