// How quick the interface is: node tests/bench.mjs CASE LONG, two addresses; writes one JSON object.
//
// CASE serves many reports, LONG one long report. Each figure stands beside the same of an empty
// page, taken on the same machine at the same time, so that two machines can be compared.
import http from "node:http";
import { open, ready } from "./browser.mjs";

const RUNS = 5;
const READERS = 50;
const SECONDS = 12;

const [base, long] = process.argv.slice(2);

/** A page with nothing in it, served by a program that does nothing else. */
const nothing = http.createServer((_, answer) => {
  answer.setHeader("content-type", "text/html; charset=utf-8");
  answer.end("<!doctype html><html lang=en><title>nothing</title><link rel=icon href=data:,><main id=main><p>nothing</p></main>");
});
await new Promise((done) => nothing.listen(0, "127.0.0.1", done));
const empty = `http://127.0.0.1:${nothing.address().port}`;

const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
const get = async (path, from = base) => {
  const answer = await fetch(from + path);
  if (!answer.ok) throw new Error(`${answer.status} of ${path}`);
  return answer.json();
};

/** Answers of what takes a while to be made the first time. */
const made = async (path) => {
  for (;;) {
    const answer = await fetch(base + path);
    if (answer.status !== 503) return answer.json();
  }
};

const { browser, faults } = await open([base, long, empty]);

/** Opens an address with nothing in the cache, and waits until it is drawn: milliseconds, best and middle. */
async function opened(address, drawn) {
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: "ar" });
    const page = await context.newPage();
    const start = performance.now();
    await page.goto(address, { waitUntil: "commit" });
    await drawn(page);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    times.push(performance.now() - start);
    await context.close();
  }
  return { middle: Math.round(middle(times)), best: Math.round(Math.min(...times)) };
}

/** Lets so many readers ask at once, each for one thing after the other. */
async function asked(addresses) {
  const times = new Map(addresses.map((address) => [address, []]));
  const until = performance.now() + SECONDS * 1000;
  const reader = async (first) => {
    for (let i = first; performance.now() < until; i++) {
      const address = addresses[i % addresses.length];
      const start = performance.now();
      const answer = await fetch(address);
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${answer.status} of ${address}`);
      times.get(address).push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: READERS }, (_, i) => reader(i)));
  const all = [...times.values()].flat().toSorted((a, b) => a - b);
  const slowest = [...times].map(([address, some]) => [address.replace(/^http:\/\/[^/]+/, ""), Math.round(at(some.toSorted((a, b) => a - b), 0.95))]);
  slowest.sort((a, b) => b[1] - a[1]);
  return {
    answers: all.length,
    p50: Math.round(at(all, 0.5)),
    p95: Math.round(at(all, 0.95)),
    p99: Math.round(at(all, 0.99)),
    slowest: slowest.slice(0, 5),
  };
}

const incidents = await made("/api/v1/incidents?limit=5");
const points = await made("/api/v1/incident-points");
const { items: documents } = await get("/api/v1/documents?limit=40");
const [report] = (await get("/api/v1/documents?limit=1", long)).items;
const whole = await get(`/api/v1/documents/${encodeURIComponent(report.id)}`, long);

const nothingAtAll = await opened(empty, (page) => page.locator("#main p").waitFor());
const first = await opened(`${base}/ar/overview`, ready);
const map = await opened(`${base}/ar/map?mode=incidents`, (page) => page.locator("[data-ready]").waitFor({ timeout: 120_000 }));
const reader = await opened(`${long}/ar/reports/${encodeURIComponent(report.id)}`, ready);

const paths = [
  "/api/v1/overview",
  "/api/v1/documents",
  ...documents.slice(0, 12).map(({ id }) => `/api/v1/documents/${encodeURIComponent(id)}`),
  "/api/v1/claims?kind=toll",
  "/api/v1/claims?kind=event&since=2015-01-01&until=2015-12-31",
  "/api/v1/sources",
  "/api/v1/timeline?step=month",
  `/api/v1/search?q=${encodeURIComponent("داعش")}`,
  `/api/v1/search?q=${encodeURIComponent("غارة جوية")}`,
  "/api/v1/incidents?documents=2",
  ...incidents.items.map(({ id }) => `/api/v1/incidents/${id}`),
  "/api/v1/audit",
  "/",
];
const addresses = paths.map((path) => base + path);
for (const address of addresses) await (await fetch(address)).arrayBuffer();
const readers = await asked(addresses);
const emptyReaders = await asked([empty]);

await browser.close();
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
