// What people decide is seen wherever it matters, and not any more when it is taken back.
import assert from "node:assert/strict";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ready } from "./browser.mjs";

const headers = { "content-type": "application/json" };

const json = async (address, body) => {
  const answer = await fetch(address, body === undefined ? {} : { method: "POST", headers, body: JSON.stringify(body) });
  return answer.json();
};

/** Asks until it is so: incidents are clustered anew after a judgement. */
async function until(ask, is) {
  for (let i = 0; i < 500; i++) {
    const found = await ask();
    if (is(found)) return found;
  }
  assert.fail("it never came to be so");
}

/** Goes to the claim of the queue that is wanted. */
async function reach(page, base, wanted) {
  const { items } = await json(`${base}/api/v1/review?limit=100`);
  const at = items.findIndex(wanted);
  assert.ok(at >= 0, "there is such a claim");
  await page.goto(`${base}/ar/review`);
  await ready(page);
  await page.locator(".snippet").waitFor();
  for (let i = 0; i < at; i++) {
    await page.keyboard.press("j");
    // The next page of the queue comes in by itself.
    if (i % 10 === 9) await page.locator(".queue [aria-current]").waitFor();
  }
  await page.waitForFunction((id) => document.querySelector(`.desk-card a[href*="${id}"]`), items[at].claim.id);
  return items[at];
}

const said = (page, verdict) => page.waitForFunction((verdict) => document.querySelector(".said")?.dataset.verdict === verdict, verdict);

export const reflecting = {
  async "a rejected claim is struck out in its report and its incident until it is taken back"(page, base) {
    const { items } = await json(`${base}/api/v1/review?kind=toll&limit=50`);
    const { claim, report, incident } = items.find((item) => item.incident && item.claim.count);
    const { act } = await json(`${base}/api/v1/claims/${claim.id}/reviews`, { verdict: "reject", reason: "عدد الجرحى لا القتلى" });
    for (const at of [`reports/${encodeURIComponent(report.id)}?claim=${claim.id}`, `incidents/${incident}`]) {
      await page.goto(`${base}/ar/${at}`);
      await ready(page);
      await page.locator(".card.rejected .ruling q").first().waitFor();
      assert.ok((await page.locator(".tag.ruled.reject").count()) >= 1, at);
    }
    assert.ok((await page.locator(".figure-said .tag.ruled.reject").count()) >= 1, "the figure is struck out");
    await json(`${base}/api/v1/acts/${act.entry}/undo`, {});
    await page.reload();
    await ready(page);
    assert.equal(await page.locator(".card.rejected, .tag.ruled").count(), 0);
  },

  async "m puts incidents together and s takes a claim out, and both are undone by u"(page, base) {
    const incident = (id) => json(`${base}/api/v1/incidents/${id}`);
    const { items } = await json(`${base}/api/v1/review?limit=100`);
    const told = new Map();
    for (const item of items) {
      if (!item.incident || told.has(item.incident)) continue;
      const reports = (await incident(item.incident)).claims.map(({ report }) => report.id);
      told.set(item.incident, new Set(reports).size);
    }
    const one = await reach(page, base, (item) => told.get(item.incident) === 2);
    const ids = (found) => (found.claims ?? []).map(({ claim }) => claim.id);
    await page.keyboard.press("s");
    await page.locator("dialog input[name=reason]").fill("يوم آخر");
    await page.keyboard.press("Enter");
    await said(page, "different");
    const of = async (claim) => (await json(`${base}/api/v1/review?limit=500`)).items.find((item) => item.claim.id === claim)?.incident;
    const elsewhere = (found) => (found.claims ?? []).filter(({ report }) => report.id !== one.report.id).map(({ claim }) => claim.id);
    await until(async () => elsewhere(await incident(await of(one.claim.id))), (found) => found.length === 0);
    await page.keyboard.press("u");
    await said(page, "undone");
    await until(() => incident(one.incident), (found) => ids(found).includes(one.claim.id));

    const two = await reach(page, base, (item) => item.incident && item.claim.place?.[0]?.id);
    const place = two.claim.place[0].id;
    const others = (await json(`${base}/api/v1/incidents?place=${encodeURIComponent(place)}&limit=30`)).items.filter(({ id }) => id !== two.incident);
    await page.keyboard.press("m");
    await page.locator("dialog").waitFor();
    assert.equal(await page.locator("dialog input[type=radio]").count(), others.length);
    if (others.length === 0) return;
    const other = (await incident(others[0].id)).claims[0].claim.id;
    await page.locator("dialog input[name=reason]").fill("الحادثة نفسها");
    await page.keyboard.press("Enter");
    await said(page, "same");
    await until(async () => ids(await incident(await of(two.claim.id))), (all) => all.includes(other));
    await page.keyboard.press("u");
    await said(page, "undone");
    await until(async () => ids(await incident(await of(two.claim.id))), (all) => !all.includes(other));
  },

  async "a folder that is dropped is read with all that is in it"(page, base) {
    const folder = await mkdtemp(path.join(tmpdir(), "dropped-"));
    await mkdir(path.join(folder, "أيلول"));
    await writeFile(path.join(folder, "أيلول", "نبأ.txt"), "أصيب خمسة مدنيين في قصف مدفعي على حي الجورة يوم 9 أيلول 2017.");
    await writeFile(path.join(folder, "آخر.txt"), "سيطر الجيش على قرية الشولا يوم 4 أيلول 2017.");
    await page.goto(`${base}/ar/ingest`);
    await ready(page);
    const { x, y, width } = await page.locator(".zone").boundingBox();
    const cdp = await page.context().newCDPSession(page);
    const data = { items: [], files: [folder], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"]) await cdp.send("Input.dispatchDragEvent", { type, x: x + width / 2, y: y + 20, data });
    await page.locator(".picked .files li").nth(1).waitFor();
    const listed = await page.locator(".picked .files li").allInnerTexts();
    assert.ok(listed.some((name) => name.includes("أيلول/نبأ.txt")), listed.join());
    await page.locator(".zone button.strong").click();
    await page.locator(".job tbody tr").nth(1).waitFor();
    await page.waitForFunction(() => document.querySelector(".job progress")?.value === 1);
    await rm(folder, { recursive: true });
  },

  async "hard words are folded until they are wanted"(page, base) {
    const { items } = await json(`${base}/api/v1/claims?type=event/execution&limit=1`);
    const [{ claim, report }] = items;
    const address = `${base}/ar/reports/${encodeURIComponent(report.id)}?claim=${claim.id}`;
    await page.goto(address);
    await ready(page);
    const text = page.locator(".sheet .text");
    assert.equal(await text.count(), 0, "the text is folded");
    await page.locator(".sheet .unfold").click();
    assert.ok((await text.innerText()).includes(claim.evidence.exact));
    await page.locator(".foot button.graphic").click();
    await ready(page);
    assert.equal(await page.locator(".folded").count(), 0, "nothing is folded for who does not want it");
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await ready(page);
    assert.equal(await text.count(), 0);
  },
};
