// Every screen, with what makes it worth looking at.

/** Lists the screens over the case that is served at `base`. */
export async function screens(base) {
  const found = await (await fetch(`${base}/api/v1/documents?limit=500`)).json();
  const sample = (part) => encodeURIComponent(found.items.find((one) => one.id.includes(part))?.id ?? found.items[0].id);
  const gathered = await (await fetch(`${base}/api/v1/incidents?limit=1`)).json();
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
    { name: "ingest", path: "ingest" },
    { name: "audit", path: "audit" },
  ];
}
