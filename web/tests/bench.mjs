// How quick the interface is: node tests/bench.mjs CASE LONG, two addresses; writes one JSON object.
//
// CASE serves many reports, LONG one long report. Each figure stands beside the same of an empty
// page, taken on the same machine at the same time, so that two machines can be compared.
import http from "node:http";
import { open, ready } from "./browser.mjs";
import { asked, wishes } from "./readers.mjs";

const RUNS = 5;
const POINTS = 20_000;

const [base, long] = process.argv.slice(2);

/** A page with nothing in it, served by a program that does nothing else. */
const nothing = http.createServer((_, answer) => {
  answer.setHeader("content-type", "text/html; charset=utf-8");
  answer.end("<!doctype html><html lang=en><title>nothing</title><link rel=icon href=data:,><main id=main><p>nothing</p></main>");
});
await new Promise((done) => nothing.listen(0, "127.0.0.1", done));
const empty = `http://127.0.0.1:${nothing.address().port}`;

const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const get = async (path, from = base) => {
  const answer = await fetch(from + path);
  if (!answer.ok) throw new Error(`${answer.status} of ${path}`);
  return answer.json();
};

/** Repeats the points of a case, each time a little elsewhere, until there are as many as the aim names. */
function many(answer) {
  const own = answer.points;
  const points = Array.from({ length: Math.max(POINTS, own.length) }, (_, i) => {
    const [point, round] = [own[i % own.length], Math.floor(i / own.length)];
    const [lat, lon] = [point.lat + 0.013 * Math.sin(i) * round, point.lon + 0.013 * Math.cos(i) * round];
    return { ...point, id: round === 0 ? point.id : `${point.id}-${round}`, lat, lon };
  });
  return { ...answer, points, total: points.length };
}

/** Answers of what takes a while to be made the first time. */
const made = async (path) => {
  for (;;) {
    const answer = await fetch(base + path);
    if (answer.status !== 503) return answer.json();
  }
};

const { browser, faults } = await open([base, long, empty]);

/** Opens an address with nothing in the cache, and waits until it is drawn: milliseconds, best and middle. */
async function opened(address, drawn, prepare) {
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: "ar" });
    const page = await context.newPage();
    await prepare?.(page);
    const start = performance.now();
    await page.goto(address, { waitUntil: "commit" });
    await drawn(page);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    times.push(performance.now() - start);
    await context.close();
  }
  return { middle: Math.round(middle(times)), best: Math.round(Math.min(...times)) };
}

await made("/api/v1/incidents?limit=5");
const points = many(await made("/api/v1/incident-points"));
const [report] = (await get("/api/v1/documents?limit=1", long)).items;
const whole = await get(`/api/v1/documents/${encodeURIComponent(report.id)}`, long);

const nothingAtAll = await opened(empty, (page) => page.locator("#main p").waitFor());
const first = await opened(`${base}/ar/overview`, ready);
const map = await opened(`${base}/ar/map?mode=incidents`, (page) => page.locator("[data-ready]").waitFor({ timeout: 120_000 }), (page) => {
  const body = JSON.stringify(points);
  return page.route("**/api/v1/incident-points*", (route) => route.fulfill({ contentType: "application/json", body }));
});
const reader = await opened(`${long}/ar/reports/${encodeURIComponent(report.id)}`, ready);

await browser.close();
const readers = await asked(base, await wishes(get));
const emptyReaders = await asked(empty, [[1, ["/"]]]);

nothing.close();
if (faults.length > 0) throw new Error(faults.join("\n"));
console.log(
  JSON.stringify({
    documents: (await get("/api/v1/overview")).documents,
    points: points.points.length,
    long: { bytes: Buffer.byteLength(whole.text), spans: whole.mentions.length + whole.claims.length },
    nothing: nothingAtAll,
    first,
    map,
    reader,
    readers,
    emptyReaders,
  }),
);
