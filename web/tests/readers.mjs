// Many readers at once, each of whom asks for one thing after the other, as people do: some
// addresses all the time, most of them seldom.

import http from "node:http";

const READERS = 50;
const SECONDS = 15;

/** Numbers from 0 to 1 that are the same on every run. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const KINDS = ["event", "control", "toll", "damage", "agreement", "relation", "statement"];

/** What readers ask for: how often of a hundred times, and the addresses, the most wanted first. */
export async function wishes(get) {
  const days = (await get("/api/v1/overview")).days.map((day) => day.key);
  const months = [...new Set(days.map((day) => day.slice(0, 7)))];
  const span = (month) => `since=${month}-01&until=${month}-31`.replace(/-31$/, `-${new Date(Date.UTC(+month.slice(0, 4), +month.slice(5), 0)).getUTCDate()}`);
  const documents = [];
  for (const month of months) documents.push(...(await get(`/api/v1/documents?limit=200&${span(month)}`)).items);
  const incidents = (await get("/api/v1/incidents?limit=400")).items.map(({ id }) => id);
  const { facets } = await get("/api/v1/search?limit=1");
  const values = (name) => facets.find(({ facet }) => facet === name)?.values.map(({ key }) => key) ?? [];
  const words = [...new Set(documents.flatMap(({ title }) => (title ?? "").split(/\s+/)).filter((word) => /^\p{L}{4,}$/u.test(word)))];
  const pairs = words.slice(0, 150).map((word, i) => `${word} ${words[(i * 7 + 3) % words.length]}`);
  const some = (list) => list.map(encodeURIComponent);
  const wishes = [
    [6, ["/api/v1/overview"]],
    [4, ["/", "/api/v1/me"]],
    [7, ["/api/v1/documents", ...months.map((month) => `/api/v1/documents?${span(month)}`), ...some(values("outlet")).map((id) => `/api/v1/documents?outlet=${id}`)]],
    [30, some(documents.map(({ id }) => id)).map((id) => `/api/v1/documents/${id}`)],
    [8, [...KINDS.map((kind) => `/api/v1/claims?kind=${kind}`), ...some(values("actor")).map((id) => `/api/v1/claims?actor=${id}`), ...some(values("place")).map((id) => `/api/v1/claims?place=${id}`), ...months.map((month) => `/api/v1/claims?kind=toll&${span(month)}`)]],
    [2, ["/api/v1/sources"]],
    [4, ["month", "day", "year"].flatMap((step) => [`/api/v1/timeline?step=${step}`, ...KINDS.map((kind) => `/api/v1/timeline?step=${step}&kind=${kind}`)])],
    [3, ["/api/v1/places", ...KINDS.map((kind) => `/api/v1/places?kind=${kind}`)]],
    [4, ["/api/v1/control", ...days.slice(-120).map((day) => `/api/v1/control?as_of=${day}`)]],
    [12, some([...words.slice(0, 150), ...pairs]).map((word) => `/api/v1/search?q=${word}`)],
    [5, [...[1, 2, 3].map((least) => `/api/v1/incidents?documents=${least}`), ...KINDS.flatMap((kind) => [1, 2].map((least) => `/api/v1/incidents?kind=${kind}&documents=${least}`))]],
    [10, incidents.map((id) => `/api/v1/incidents/${id}`)],
    [1, ["/api/v1/incident-points"]],
    [2, ["/api/v1/contradictions", "/api/v1/contradictions?type=number"]],
    [1, ["/api/v1/review", "/api/v1/review?kind=toll"]],
    [1, ["/api/v1/audit", "/api/v1/items"]],
  ];
  return wishes;
}

const at = (sorted, share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);

/** Asks, and waits for the last byte; it stays packed as it was sent, since readers unpack it elsewhere. */
function answered(agent, address) {
  return new Promise((done, fail) => {
    const request = http.get(address, { agent, headers: { "accept-encoding": "gzip, deflate, br" } }, (answer) => {
      answer.on("end", () => done(answer.statusCode)).on("error", fail).resume();
    });
    request.on("error", fail);
  });
}

/** Lets the readers ask, and tells how long their answers took. */
export async function asked(base, wishes) {
  const next = random(7);
  const all = wishes.reduce((sum, [often]) => sum + often, 0);
  const choose = () => {
    let place = next() * all;
    const [, addresses] = wishes.find(([often]) => (place -= often) < 0) ?? wishes[0];
    return addresses[Math.floor(next() ** 2 * addresses.length)];
  };
  const [times, first, slow, known] = [[], [], new Map(), new Set()];
  const agent = new http.Agent({ keepAlive: true, maxSockets: READERS });
  const until = performance.now() + SECONDS * 1000;
  const reader = async () => {
    while (performance.now() < until) {
      const path = choose();
      const isFirst = !known.has(path);
      known.add(path);
      const start = performance.now();
      const status = await answered(agent, base + path);
      if (status !== 200) throw new Error(`${status} of ${path}`);
      const time = performance.now() - start;
      times.push(time);
      if (isFirst) first.push(time);
      const sort = path.split("?")[0].replace(/(documents|incidents)\/.+/, "$1/{id}");
      slow.set(sort, [...(slow.get(sort) ?? []), time]);
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  agent.destroy();
  const sorted = (some) => some.toSorted((a, b) => a - b);
  return {
    answers: times.length,
    addresses: known.size,
    p50: at(sorted(times), 0.5),
    p95: at(sorted(times), 0.95),
    p99: at(sorted(times), 0.99),
    // Of addresses that nobody had asked for since the server began.
    first: { answers: first.length, p50: at(sorted(first), 0.5), p95: at(sorted(first), 0.95) },
    each: Object.fromEntries([...slow].map(([sort, some]) => [sort, [some.length, at(sorted(some), 0.5), at(sorted(some), 0.95)]])),
  };
}
