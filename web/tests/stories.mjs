// What a reader does, by keyboard and pointer.
import assert from "node:assert/strict";
import { ready } from "./browser.mjs";

const document = async (base, part) => {
  const found = await (await fetch(`${base}/api/v1/documents?limit=500`)).json();
  return found.items.find((one) => one.id.includes(part)).id;
};

const reader = async (page, base, part, language = "ar") => {
  await page.goto(`${base}/${language}/reports/${encodeURIComponent(await document(base, part))}`);
  await ready(page);
  const folded = page.locator(".sheet .unfold");
  if (await folded.count()) await folded.click();
};

/** Lists what is marked under a name. */
const marked = (page, name) =>
  page.evaluate((name) => [...(CSS.highlights.get(name) ?? [])].map(String), name);

export const stories = {
  async "marks do not touch the text"(page, base) {
    await reader(page, base, "49-abu-kamal-telegram");
    const [nodes, drawn, plain] = await page.evaluate(() => {
      const text = document.querySelector(".text");
      const height = () => text.getBoundingClientRect().height;
      const drawn = height();
      CSS.highlights.clear();
      return [text.childNodes.length, drawn, height()];
    });
    assert.equal(nodes, 1, "the text is one node");
    assert.equal(drawn, plain, "marks move nothing");
  },

  async "what is marked is what the API says, also behind an emoji"(page, base) {
    await reader(page, base, "49-abu-kamal-telegram");
    const id = await document(base, "49-abu-kamal-telegram");
    const found = await (await fetch(`${base}/api/v1/documents/${encodeURIComponent(id)}`)).json();
    assert.ok(/\p{Extended_Pictographic}/u.test(found.text), "the report has an emoji");
    const cards = page.locator(".cards .card");
    assert.equal(await cards.count(), found.claims.length);
    for (const [i, claim] of found.claims.entries()) {
      await cards.nth(i).focus();
      assert.deepEqual(await marked(page, "chosen"), [claim.evidence.exact]);
      assert.deepEqual(await marked(page, "slot-agent"), (claim.agent ?? []).map((slot) => slot.text));
    }
  },

  async "claims are walked and asked for their why by keyboard"(page, base) {
    await reader(page, base, "33-raqqa-share-daily");
    await page.locator(".text").focus();
    await page.keyboard.press("Enter");
    const first = await marked(page, "chosen");
    await page.keyboard.press("ArrowDown");
    assert.notDeepEqual(await marked(page, "chosen"), first);
    await page.keyboard.press("Enter");
    await page.locator(".chosen .because .fired").first().waitFor();
    await page.keyboard.press("Escape");
    assert.ok(await page.locator(".text").evaluate((text) => text === document.activeElement));
  },

  async "pointing at words chooses their claim"(page, base) {
    await reader(page, base, "33-raqqa-share-daily");
    const box = await page.evaluate(() => {
      const [range] = CSS.highlights.get("evidence");
      const { x, y, width, height } = range.getClientRects()[0];
      return { x: x + width / 2, y: y + height / 2 };
    });
    await page.mouse.move(box.x, box.y);
    await page.locator(".card.chosen").waitFor();
  },

  async "a link to a claim opens its report at it"(page, base) {
    const found = await (await fetch(`${base}/api/v1/claims?kind=toll&limit=1`)).json();
    const [{ claim, report }] = found.items;
    await page.goto(`${base}/en/reports/${encodeURIComponent(report.id)}?claim=${claim.id}`);
    await ready(page);
    await page.locator(`#${claim.id}.chosen`).waitFor();
  },

  async "a search finds, narrows down and goes back"(page, base) {
    await page.goto(`${base}/ar/overview`);
    await ready(page);
    await page.locator(".bar input[name=q]").fill("SDF");
    await page.keyboard.press("Enter");
    await page.locator(".facets input").first().waitFor();
    const before = await page.locator(".lead[role=status]").innerText();
    await page.locator(".facets fieldset").last().locator("input").last().check();
    await page.waitForFunction((before) => document.querySelector(".lead[role=status]")?.innerText !== before, before);
    await page.goBack();
    await page.waitForFunction((before) => document.querySelector(".lead[role=status]")?.innerText === before, before);
  },

  async "the language changes where one is, and is remembered"(page, base) {
    await page.goto(`${base}/ar/sources`);
    await ready(page);
    await page.locator("a.language").click();
    await page.waitForURL(`${base}/en/sources`);
    await page.goto(base);
    await page.waitForURL(`${base}/en/overview`);
    await page.evaluate(() => localStorage.clear());
  },

  async "digits are Latin until the reader chooses others"(page, base) {
    await page.goto(`${base}/ar/overview`);
    await ready(page);
    assert.match(await page.locator(".figure dd").first().innerText(), /^[0-9,]+$/);
    await page.locator(".foot button.plain").first().click();
    await page.waitForFunction(() => /[٠-٩]/.test(document.querySelector(".figure dd")?.textContent ?? ""));
    await page.evaluate(() => localStorage.clear());
  },

  async "nothing that is read becomes markup or a link"(page, base, hostile) {
    const { items } = await (await fetch(`${hostile}/api/v1/documents`)).json();
    assert.equal(items.length, 4);
    const paths = ["overview", "reports", "sources", "incidents", "map?mode=claims", "timeline", "audit"];
    paths.push(...items.map((one) => `reports/${encodeURIComponent(one.id)}`));
    paths.push(`search?q=${encodeURIComponent("<img src=x onerror=window.hit=1>")}`);
    for (const path of paths) {
      await page.goto(`${hostile}/en/${path}`);
      await ready(page);
      const [hit, alien, links] = await page.evaluate(() => [
        window.hit ?? 0,
        document.querySelectorAll("main img, main script, main iframe").length,
        [...document.querySelectorAll("a")].filter((one) => /^\s*javascript:/i.test(one.href)).length,
      ]);
      assert.deepEqual([hit, alien, links], [0, 0, 0], path);
    }
    assert.ok((await page.title()).length > 0);
    await page.goto(`${base}/en/reports/${encodeURIComponent("<script>alert(1)</script>")}`);
    await page.locator(".problem").waitFor();
    assert.equal(await page.locator("main script").count(), 0);
  },

  async "the day is moved and the places follow"(page, base) {
    await page.goto(`${base}/ar/map?as_of=2017-04-01`);
    await ready(page);
    await page.locator("[data-ready]").waitFor();
    const before = await page.locator(".held").count();
    await page.locator(".slider input").first().focus();
    await page.keyboard.press("End");
    await page.waitForFunction((before) => document.querySelectorAll(".held").length > before, before);
    assert.match(page.url(), /as_of=2017-1[01]/);
  },

  async "an incident says how many voices there are, not how many articles"(page, base) {
    const { items } = await (await fetch(`${base}/api/v1/incidents?limit=1`)).json();
    await page.goto(`${base}/ar/incidents/${items[0].id}`);
    await ready(page);
    assert.equal(await page.locator(".origins").count(), 1);
    const shown = await page.locator(".side-by-side .card").count();
    assert.equal(shown, items[0].claims);
  },
};
