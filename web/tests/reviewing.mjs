// What a reviewer does, by keyboard.
import assert from "node:assert/strict";
import { ready } from "./browser.mjs";

export const reviewing = {
  async "claims are accepted, corrected, rejected and taken back by keyboard"(page, base) {
    const state = async (id) => (await (await fetch(`${base}/api/v1/claims/${id}/reviews`)).json()).state;
    const queue = async () => (await (await fetch(`${base}/api/v1/review?limit=3`)).json()).items.map(({ claim }) => claim.id);
    const before = await queue();
    const [first, second, third] = before;
    await page.goto(`${base}/ar/review`);
    await ready(page);
    await page.locator(".snippet").waitFor();
    const said = (verdict) => page.waitForFunction((verdict) => document.querySelector(".said")?.dataset.verdict === verdict, verdict);
    await page.keyboard.press("a");
    await said("accept");
    assert.equal(await state(first), "once");
    await page.keyboard.press("r");
    await page.locator("dialog input[name=reason]").waitFor();
    await page.keyboard.type("يتحدث عن بلدة أخرى");
    await page.keyboard.press("Enter");
    await said("reject");
    assert.equal(await state(second), "once");
    await page.keyboard.press("c");
    await page.locator("dialog .correcting select").nth(1).selectOption("conditional");
    await page.locator("dialog input[name=reason]").fill("يشترط ذلك");
    await page.keyboard.press("Enter");
    await said("correct");
    const { acts } = await (await fetch(`${base}/api/v1/claims/${third}/reviews`)).json();
    assert.deepEqual(acts.at(-1).corrections, { modality: "conditional" });
    for (const _ of [1, 2, 3]) {
      await page.keyboard.press("u");
      await said("undone");
      await page.evaluate(() => delete document.querySelector(".said").dataset.verdict);
    }
    assert.deepEqual(await queue(), before);
  },

  async "two readers differ, and a third decides between what they found"(page, base) {
    const { items } = await (await fetch(`${base}/api/v1/review?limit=20`)).json();
    const { id } = items.at(-1).claim;
    const entries = [];
    for (const [reviewer, verdict] of [["منى", "accept"], ["سامر", "reject"]]) {
      const body = JSON.stringify({ reviewer, verdict, reason: "كما قرأته" });
      const answer = await fetch(`${base}/api/v1/claims/${id}/reviews`, { method: "POST", headers: { "content-type": "application/json" }, body });
      entries.push((await answer.json()).act.entry);
    }
    await page.goto(`${base}/ar/review?list=disagreement`);
    await ready(page);
    assert.equal(await page.locator(".reading").count(), 2);
    await page.keyboard.press("a");
    await page.waitForFunction(() => document.querySelector(".said")?.dataset.verdict === "accept");
    const { state } = await (await fetch(`${base}/api/v1/claims/${id}/reviews`)).json();
    assert.equal(state, "adjudicated");
    await page.keyboard.press("u");
    await page.waitForFunction(() => document.querySelector(".said")?.dataset.verdict === "undone");
    for (const entry of entries) await fetch(`${base}/api/v1/acts/${entry}/undo`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
  },

  async "files are put in, and each says what became of it"(page, base) {
    await page.goto(`${base}/en/ingest`);
    await ready(page);
    const report = { name: "نبأ.txt", mimeType: "text/plain", buffer: Buffer.from("قُتل ثلاثة مدنيين في قصف على بلدة هجين يوم 3 كانون الأول 2017.") };
    const broken = { name: "broken.txt", mimeType: "text/plain", buffer: Buffer.from([0, 159, 146, 150, 0, 159, 146, 150]) };
    await page.locator("#files").setInputFiles([report, broken]);
    await page.locator("input[name=outlet]").fill("enab-baladi");
    await page.locator(".zone button.strong").click();
    await page.locator(".job tbody tr").nth(1).waitFor();
    await page.waitForFunction(() => document.querySelector(".job progress")?.value === 1);
    const states = await page.locator(".job tbody .tag").allInnerTexts();
    assert.deepEqual(states, ["failed", "new"]);
    await page.locator(".job tbody a").first().click();
    await page.locator(".reader .text").waitFor();
    assert.match(await page.locator(".text").innerText(), /هجين/);
    // The same file again is no other report.
    await page.goto(`${base}/en/ingest`);
    await ready(page);
    await page.locator("#files").setInputFiles([report]);
    await page.locator(".zone button.strong").click();
    await page.waitForFunction(() => document.querySelector(".job tbody .tag")?.textContent === "duplicate");
  },
};
