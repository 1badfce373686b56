// Every screen, with what makes it worth looking at.

/** Lists the screens over the case that is served at `base`. */
export async function screens(base) {
  const found = await (await fetch(`${base}/api/v1/documents?limit=500`)).json();
  const sample = (part) => encodeURIComponent(found.items.find((one) => one.id.includes(part))?.id ?? found.items[0].id);
  return [
    { name: "overview", path: "overview", whole: true },
    { name: "reports", path: "reports" },
    {
      name: "reader",
      path: `reports/${sample("33-raqqa-share-daily")}`,
      act: (page) => page.locator(".cards .card").nth(1).focus(),
    },
    { name: "timeline", path: "timeline" },
    { name: "sources", path: "sources" },
    { name: "source", path: "sources/sohr" },
    { name: "search", path: `search?q=${encodeURIComponent("داعش")}` },
    { name: "audit", path: "audit" },
  ];
}
