// Every screen, with what makes it worth looking at.
import { PASSWORD } from "./admission.mjs";
import { ready } from "./browser.mjs";

/** Lists the screens of a case that has users, which is served at `guarded`. */
export function doors(guarded) {
  return [
    { name: "login", base: guarded, path: "overview", act: (page) => page.locator("form.login").waitFor() },
    {
      name: "users",
      base: guarded,
      path: "users",
      act: async (page) => {
        if (await page.locator("form.login").count()) {
          await page.locator("form.login input[name=user]").fill("admin");
          await page.locator("form.login input[name=password]").fill(PASSWORD);
          await page.keyboard.press("Enter");
        }
        await page.locator(".users tbody tr").first().waitFor();
      },
    },
  ];
}

/** Shows claims as reviewers found them, and takes that back afterwards. */
async function judged(base, kind, how, look) {
  const headers = { "content-type": "application/json" };
  const post = async (path, body) => (await fetch(`${base}/api/v1/${path}`, { method: "POST", headers, body: JSON.stringify(body) })).json();
  const { items } = await (await fetch(`${base}/api/v1/review?kind=${kind}&limit=50`)).json();
  const item = items.find((one) => one.incident && one.claim.count);
  const { act } = await post(`claims/${item.claim.id}/reviews`, how);
  await look(item);
  await post(`acts/${act.entry}/undo`, {});
}

/** Lists the screens over the case that is served at `base`. */
export async function screens(base) {
  const found = await (await fetch(`${base}/api/v1/documents?limit=500`)).json();
  const [most] = found.items.toSorted((a, b) => b.claims - a.claims);
  const sample = (part) => encodeURIComponent((found.items.find((one) => one.id.includes(part)) ?? most).id);
  const gathered = await (await fetch(`${base}/api/v1/incidents?limit=1`)).json();
  const hard = await (await fetch(`${base}/api/v1/claims?type=event/execution&limit=1`)).json();
  const drawn = (page) => page.locator("[data-ready]").waitFor({ timeout: 60_000 });
  return [
    { name: "overview", path: "overview" },
    { name: "reports", path: "reports" },
    {
      name: "reader",
      path: `reports/${sample("33-raqqa-share-daily")}`,
      act: (page) => page.locator(".cards .card").nth(1).focus(),
    },
    { name: "incidents", path: "incidents" },
    { name: "incident", path: `incidents/${gathered.items[0].id}`, act: drawn },
    {
      name: "incident-disputes",
      path: `incidents/${gathered.items[0].id}`,
      act: async (page) => {
        await drawn(page);
        await page.locator(".disputes").evaluate((one) => one.scrollIntoView({ block: "center" }));
      },
    },
    {
      name: "incident-voices",
      path: `incidents/${gathered.items[0].id}`,
      act: async (page) => {
        await drawn(page);
        await page.locator(".voices").scrollIntoViewIfNeeded();
        await page.locator(".voices").evaluate((graph) => graph.scrollIntoView({ block: "center" }));
      },
    },
    { name: "map-control", path: "map?as_of=2017-10-25", act: drawn },
    { name: "map-incidents", path: "map?mode=incidents", act: drawn },
    { name: "map-claims", path: "map?mode=claims", act: drawn },
    { name: "timeline", path: "timeline" },
    { name: "sources", path: "sources" },
    { name: "source", path: "sources/sohr" },
    { name: "search", path: `search?q=${encodeURIComponent("داعش")}` },
    { name: "review", path: "review", act: (page) => page.locator(".snippet").waitFor() },
    {
      name: "review-correct",
      path: "review",
      act: async (page) => {
        await page.locator(".snippet").waitFor();
        await page.keyboard.press("c");
        await page.locator("dialog .correcting").waitFor();
      },
    },
    {
      name: "reader-reviewed",
      path: "overview",
      act: (page) =>
        judged(base, "toll", { verdict: "correct", corrections: { count: { min: 12, max: 12, approximate: false }, modality: "uncertain" }, reason: "العدد لكل الأسبوع" }, async ({ report, claim }) => {
          const language = await page.evaluate(() => document.documentElement.lang);
          await page.goto(`${base}/${language}/reports/${encodeURIComponent(report.id)}?claim=${claim.id}`);
          await ready(page);
          await page.locator(".ruling").waitFor();
        }),
    },
    ...hard.items.map(({ report }) => ({
      name: "reader-folded",
      path: `reports/${encodeURIComponent(report.id)}`,
      act: (page) => page.locator(".sheet .unfold").waitFor(),
    })),
    { name: "ingest", path: "ingest" },
    { name: "audit", path: "audit" },
  ];
}
