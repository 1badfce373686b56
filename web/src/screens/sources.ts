// What each voice originated, and what it passed on of whom.

import { address, get, type Names, type Schemas } from "../api";
import { bdi, type Child, h } from "../dom";
import { count, joined, name, number, t } from "../i18n";
import { link, type View, type Visit } from "../main";
import { chain, kind, modality, reportLink, slots } from "../parts/claim";
import { folded, isHard } from "../parts/graphic";
import { mark, ruled } from "../parts/ruling";
import { more } from "../parts/more";

export function sources(visit: Visit): Promise<View> {
  return visit.id ? source(visit) : list();
}

async function list(): Promise<View> {
  const page = await get("/api/v1/sources", { limit: 100 });
  const most = Math.max(1, ...page.items.map((one) => one.originated + one.relayed));
  const rows = h("tbody", null, page.items.map((one) => row(one, page.names, most)));
  const body = h(
    "div",
    { class: "column broad" },
    h("h1", { tabindex: -1 }, t("sources.title")),
    h("p", { class: "lead" }, t("sources.lead")),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": t("sources.title") },
      h(
        "table",
        { class: "table sources" },
        h("thead", null, h("tr", null, ["name", "printed", "originated", "relayed", "relays"].map((head) => h("th", { scope: "col" }, t(`sources.${head}`))))),
        rows,
      ),
    ),
    more(page.next, rows, async (cursor) => {
      const next = await get("/api/v1/sources", { limit: 100, cursor });
      return { next: next.next, elements: next.items.map((one) => row(one, next.names, most)) };
    }),
  );
  return { title: t("sources.title"), json: address("/api/v1/sources"), body };
}

function row(one: Schemas["Source"], names: Names, most: number): HTMLElement {
  const meter = (value: number, className: string): Child => {
    const bar = h("span", { class: className });
    bar.style.inlineSize = `${(100 * value) / most}%`;
    return [h("span", { class: "meter", "aria-hidden": "true" }, bar), h("span", { class: "count" }, value ? number(value) : "–")];
  };
  return h(
    "tr",
    null,
    h("th", { scope: "row" }, h("a", { href: link("sources", one.id) }, bdi(name(one.id, names, one.name)))),
    h("td", { class: "number" }, one.printed ? number(one.printed) : "–"),
    h("td", { class: "metered" }, meter(one.originated, "full")),
    h("td", { class: "metered" }, meter(one.relayed, "pale")),
    h(
      "td",
      { class: "faint" },
      joined(one.relays.slice(0, 3).map((relay) => h("bdi", null, name(relay.key, names), ` (${number(relay.count)})`))),
    ),
  );
}

/** What goes back to one voice. */
async function source(visit: Visit): Promise<View> {
  const query = { origin: visit.id };
  const page = await get("/api/v1/claims", query);
  const names = page.names;
  const named = page.items[0]?.claim.attribution?.findLast((voice) => voice.id === visit.id)?.name;
  const title = t("sources.claims", { name: name(visit.id, names, named) });
  const cards = h("div", { class: "cards grid" }, page.items.map((found) => claimCard(found, names)));
  const body = h(
    "div",
    { class: "column broad" },
    h("h1", { tabindex: -1 }, title),
    h("p", { class: "lead" }, count("claims.count", page.total ?? 0)),
    cards,
    more(page.next, cards, async (cursor) => {
      const next = await get("/api/v1/claims", { ...query, cursor });
      return { next: next.next, elements: next.items.map((found) => claimCard(found, next.names)) };
    }),
  );
  return { title, json: address("/api/v1/claims", query), body };
}

/** A claim outside of its report. */
export function claimCard({ claim, report, review }: Schemas["FoundClaim"], names: Names, flags: Child = null): HTMLElement {
  return h(
    "article",
    { class: review?.verdict === "reject" ? "card rejected" : "card" },
    h("div", { class: "card-head" }, kind(claim), modality(claim), mark(review), flags),
    folded(h("blockquote", { dir: "auto", lang: "ar" }, claim.evidence.exact), isHard(claim)),
    slots(claim, names),
    ruled(review, names),
    chain(claim, report.outlet ?? undefined, names),
    h("div", { class: "card-foot" }, reportLink(report, names, claim.id)),
  );
}
