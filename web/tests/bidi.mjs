// Words of two directions: letters join, brackets open where they should, marks move nothing.
import assert from "node:assert/strict";
import { ready } from "./browser.mjs";

const open = async (page, hostile, language) => {
  const { items } = await (await fetch(`${hostile}/api/v1/documents`)).json();
  const { id } = items.find((one) => one.id.endsWith("bidi.txt"));
  await page.goto(`${hostile}/${language}/reports/${encodeURIComponent(id)}`);
  await ready(page);
};

/** Where the characters of some words stand: the left edge of each, by its place in the words. */
const lefts = (page, selector, words) =>
  page.evaluate(
    ([selector, words]) => {
      for (const element of document.querySelectorAll(selector)) {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const start = node.data.indexOf(words);
          if (start < 0) continue;
          return [...words].map((_, i) => {
            const range = document.createRange();
            range.setStart(node, start + i);
            range.setEnd(node, start + i + 1);
            const { left, right, top } = range.getBoundingClientRect();
            return { left, right, top };
          });
        }
      }
      return null;
    },
    [selector, words],
  );

/** The pixels in which two pictures differ; where a mark ends, edges are smoothed a shade otherwise. */
const apart = (page, one, other) =>
  page.evaluate(
    async (pictures) => {
      const [a, b] = await Promise.all(
        pictures.map(async (picture) => {
          const bytes = Uint8Array.from(atob(picture), (char) => char.charCodeAt(0));
          const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
          const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
          context.drawImage(bitmap, 0, 0);
          return context.getImageData(0, 0, bitmap.width, bitmap.height);
        }),
      );
      if (a.width !== b.width || a.height !== b.height) return ["size"];
      const found = [];
      for (let i = 0; i < a.data.length && found.length < 10; i++) {
        if (Math.abs(a.data[i] - b.data[i]) > 24) found.push(Math.floor(i / 4));
      }
      return found;
    },
    [one, other].map((picture) => picture.toString("base64")),
  );

const brackets = async (page, selector, language) => {
  const words = "العرب (كوباني)";
  const found = await lefts(page, selector, words);
  assert.ok(found, `«${words}» is shown in ${language}`);
  const [opens, first, closes] = [words.indexOf("("), words.indexOf("ك"), words.indexOf(")")].map((i) => found[i]);
  if (opens.top !== closes.top) return;
  assert.ok(opens.left > first.left && first.left > closes.left, `brackets stand around their word in ${language}`);
};

export const bidi = {
  async "brackets stand around their words in both languages"(page, base, hostile) {
    for (const language of ["ar", "en"]) {
      await open(page, hostile, language);
      await brackets(page, ".text", language);
      await page.goto(`${hostile}/${language}/reports`);
      await ready(page);
      await brackets(page, ".report", language);
      await page.goto(`${hostile}/${language}/search?q=${encodeURIComponent("كوباني")}`);
      await ready(page);
      await brackets(page, ".report", language);
    }
  },

  async "a share behind guillemets keeps its digits and its sign in order"(page, base, hostile) {
    for (const language of ["ar", "en"]) {
      await open(page, hostile, language);
      const words = "«داعش» 95%";
      const found = await lefts(page, ".text", words);
      const at = (sign) => found[words.indexOf(sign)];
      assert.ok(at("«").left > at("د").left && at("ش").left > at("»").left, "guillemets stand around the name");
      if (at("»").top !== at("9").top) continue;
      assert.ok(at("»").left > at("9").left, "the share stands behind the name");
      // A sign behind Arabic words and digits stands at their left, as Unicode has it.
      assert.ok(at("%").left < at("9").left && at("9").left < at("5").left, "digits are read from the left");
    }
  },

  async "Latin letters within Arabic are read from the left"(page, base, hostile) {
    await open(page, hostile, "ar");
    const words = "(Su-24)";
    const found = await lefts(page, ".text", words);
    const at = (sign) => found[words.indexOf(sign)];
    assert.ok(at("S").left < at("u").left && at("u").left < at("2").left);
    assert.ok(at("(").left > at(")").left, "the brackets are those of the Arabic sentence");
  },

  async "marks within a word and across an emoji change no pixel of the letters"(page, base, hostile) {
    await open(page, hostile, "ar");
    await page.locator(".cards .card").first().focus();
    const inside = await page.evaluate(() => {
      const text = document.querySelector(".text").textContent;
      const isLetter = (char) => /\p{L}/u.test(char ?? "");
      let inside = 0;
      for (const [, highlight] of CSS.highlights) {
        for (const { startOffset, endOffset } of highlight) {
          if (isLetter(text[startOffset - 1]) && isLetter(text[startOffset])) inside += 1;
          if (isLetter(text[endOffset - 1]) && isLetter(text[endOffset])) inside += 1;
        }
      }
      return inside;
    });
    assert.ok(inside > 0, "a mark begins or ends within a word");
    const marked = await page.evaluate(() => {
      const names = [...CSS.highlights.keys()];
      const invisible = names.map((name) => `::highlight(${name}), .marked::highlight(${name}) { background-color: transparent !important; text-decoration: none !important; }`);
      const style = new CSSStyleSheet();
      style.replaceSync(invisible.join("\n"));
      document.adoptedStyleSheets.push(style);
      return names.length;
    });
    assert.ok(marked >= 3);
    await page.evaluate(() => document.activeElement.blur());
    const text = page.locator(".text");
    const drawn = await text.screenshot();
    await page.evaluate(() => CSS.highlights.clear());
    const plain = await text.screenshot();
    assert.deepEqual(await apart(page, drawn, plain), [], "the picture is the same with marks that have no colour and without marks");
    // The same comparison sees a word that does not join.
    await page.evaluate(() => {
      const node = document.querySelector(".text").firstChild;
      node.data = node.data.replace("القصف", "ال\u200cقصف");
    });
    assert.notDeepEqual(await apart(page, await text.screenshot(), plain), []);
  },

  async "letters join: a word is narrower than its letters alone"(page, base, hostile) {
    await open(page, hostile, "ar");
    const [joined, alone] = await page.evaluate(() => {
      const probe = (text) => {
        const span = document.createElement("span");
        span.textContent = text;
        document.querySelector(".text").append(span);
        const { width } = span.getBoundingClientRect();
        span.remove();
        return width;
      };
      return [probe("القصف"), probe([..."القصف"].join("\u200c"))];
    });
    assert.ok(joined < 0.95 * alone, `${joined} of ${alone}`);
  },

  async "the root has no direction, so that labels of the map are not mirrored twice"(page, base) {
    await page.goto(`${base}/ar/overview`);
    await ready(page);
    assert.deepEqual(await page.evaluate(() => [document.documentElement.dir, document.body.dir]), ["", "rtl"]);
  },

  async "nothing is wider than the window, also a narrow one"(page, base) {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 860 });
      for (const path of ["overview", "reports", "incidents", "timeline", "sources", "search?q=SDF", "review", "audit"]) {
        for (const language of width < 500 ? ["ar", "en"] : ["en"]) {
          await page.goto(`${base}/${language}/${path}`);
          await ready(page);
          const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.ok(wider <= 1, `${language}/${path} at ${width}: ${wider} too wide`);
        }
      }
    }
  },
};
