// The reports, the latest first.

import { address, get, type Names, type Schemas } from "../api";
import { bdi, h, ltr } from "../dom";
import { count, date, name, t } from "../i18n";
import { link, type View, type Visit } from "../main";
import { more } from "../parts/more";

export async function reports(visit: Visit): Promise<View> {
  const asked = (key: string) => visit.query.get(key) ?? undefined;
  const query = { outlet: asked("outlet"), since: asked("since"), until: asked("until") };
  const page = await get("/api/v1/documents", query);
  const list = h("div", { class: "list" }, page.items.map((report) => reportCard(report, page.names)));
  const body = h(
    "div",
    { class: "column" },
    h("h1", { tabindex: -1 }, t("reports.title")),
    h("p", { class: "lead" }, count("reports.count", page.total ?? 0), filters(visit, page.names)),
    list,
    more(page.next, list, async (cursor) => {
      const next = await get("/api/v1/documents", { ...query, cursor });
      return { next: next.next, elements: next.items.map((report) => reportCard(report, next.names)) };
    }),
  );
  return { title: t("reports.title"), json: address("/api/v1/documents", query), body };
}

function filters(visit: Visit, names: Names): HTMLElement[] {
  return ["outlet", "since", "until"].flatMap((key) => {
    const value = visit.query.get(key);
    if (!value) return [];
    const said = key === "outlet" ? name(value, names) : date(value);
    return [
      h(
        "button",
        { type: "button", class: "chip", "aria-label": t("search.remove", { name: said }), onclick: () => visit.ask({ [key]: null }) },
        bdi(said),
        " ×",
      ),
    ];
  });
}

/** Ends a text before a word that does not fit. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length).replace(/\s+\S*$/, "")}…`;
}

/** Cuts what a report begins with into a title and what follows it. */
export function headed(report: { title?: string | null; lead: string }): { title: string; rest: string } {
  const lead = report.lead.trim();
  if (report.title) return { title: report.title, rest: lead.replace(/\s+/g, " ") };
  const [line = ""] = lead.split("\n");
  const rest = line.length <= 110 ? lead.slice(line.length) : lead;
  return { title: shortened(line, 90), rest: rest.replace(/\s+/g, " ").trim() };
}

export function reportCard(report: Schemas["Report"], names: Names, excerpt?: Node, heading: "h2" | "h3" = "h2"): HTMLElement {
  const { title, rest } = headed(report);
  return h(
    "article",
    { class: "report" },
    h(
      "p",
      { class: "byline" },
      report.outlet && h("span", { class: "outlet" }, bdi(name(report.outlet, names))),
      report.published && h("time", { datetime: report.published }, bdi(date(report.published))),
      h("span", { class: "claims-of" }, count("claims.count", report.claims)),
    ),
    h(
      heading,
      { dir: "auto", lang: "ar" },
      h("a", { href: link("reports", report.id) }, title || t("app.untitled")),
    ),
    h("p", { class: "lead-of", dir: "auto", lang: "ar" }, excerpt ?? rest, "…"),
    h("p", { class: "faint small" }, ltr(report.id, "path")),
  );
}
