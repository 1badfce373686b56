// Everything by keyboard: each screen is reached, walked through and left.
import assert from "node:assert/strict";
import { ready } from "./browser.mjs";

const SCREENS = ["reports", "incidents", "map", "timeline", "sources", "review", "audit"];

/** What has the focus: whether it can be seen, and in which part of the page it is. */
const focused = (page) =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const { outlineStyle, boxShadow } = getComputedStyle(one);
    const { width, height } = one.getBoundingClientRect();
    return {
      name: `${one.tagName.toLowerCase()}.${one.className?.baseVal ?? one.className} ${one.getAttribute("href") ?? ""}`,
      screen: one.dataset?.screen ?? null,
      isSeen: outlineStyle !== "none" || boxShadow !== "none",
      hasSize: width > 0 && height > 0,
      isMain: document.getElementById("main").contains(one),
    };
  });

export const keyboard = {
  async "the skip link leads to the content"(page, base) {
    await page.goto(`${base}/ar/overview`);
    await ready(page);
    await page.keyboard.press("Tab");
    assert.match((await focused(page)).name, /skip/);
    await page.keyboard.press("Enter");
    // What the server tells of comes in later; before it there is nothing to go to.
    await page.locator("main a[href]").first().waitFor();
    await page.keyboard.press("Tab");
    assert.ok((await focused(page)).isMain);
  },

  async "each screen is reached and walked through by keyboard alone"(page, base) {
    for (const screen of SCREENS) {
      await page.goto(`${base}/ar/overview`);
      await ready(page);
      let now = null;
      for (let i = 0; i < 20 && now?.screen !== screen; i++) {
        await page.keyboard.press("Tab");
        now = await focused(page);
      }
      assert.equal(now?.screen, screen);
      await page.keyboard.press("Enter");
      await page.waitForURL(new RegExp(`/ar/${screen}`));
      await ready(page);
      await page.waitForFunction(() => document.activeElement?.tagName === "H1");
      let last = "";
      let [moved, inMain] = [0, 0];
      for (let i = 0; i < 14; i++) {
        await page.keyboard.press("Tab");
        now = await focused(page);
        if (!now) break;
        assert.ok(now.isSeen, `the focus is seen on ${screen}: ${now.name}`);
        assert.ok(now.hasSize, `what has the focus is there on ${screen}: ${now.name}`);
        moved += now.name === last ? 0 : 1;
        inMain += now.isMain ? 1 : 0;
        last = now.name;
      }
      assert.ok(inMain >= 1, `something can be done on ${screen}`);
      assert.ok(moved >= 1, `the focus moves on ${screen}`);
    }
  },
};
