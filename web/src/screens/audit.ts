// What was done, by whom and when.

import { address, get, type Schemas } from "../api";
import { type Child, h, ltr } from "../dom";
import { moment, number, t } from "../i18n";
import type { View } from "../main";
import { more } from "../parts/more";

interface Entry {
  at?: string;
  actor?: { id?: string };
  tool?: string;
  action?: string;
  target?: { type?: string; id?: string };
  reason?: string;
}

export async function audit(): Promise<View> {
  const page = await get("/api/v1/audit");
  const rows = h("tbody", null, page.items.map(row));
  const heads = ["seq", "at", "actor", "action", "target", "hash"];
  const body = h(
    "div",
    { class: "column broad" },
    h("h1", { tabindex: -1 }, t("audit.title")),
    h("p", { class: "lead" }, t("audit.lead")),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": t("audit.title") },
      h("table", { class: "table" }, h("thead", null, h("tr", null, heads.map((head) => h("th", { scope: "col" }, t(`audit.${head}`))))), rows),
    ),
    more(page.next, rows, async (cursor) => {
      const next = await get("/api/v1/audit", { cursor });
      return { next: next.next, elements: next.items.map(row) };
    }),
  );
  return { title: t("audit.title"), json: address("/api/v1/audit"), body };
}

/** What was done something to; the case itself has no other name. */
function target({ target: found }: Entry): Child {
  const { type = "", id = "" } = found ?? {};
  return [t(`target.${type}`), id !== type && [" ", ltr(id, "path")]];
}

function row(found: Schemas["Entry"]): HTMLElement {
  const entry = found.entry as Entry;
  return h(
    "tr",
    null,
    h("td", { class: "number" }, h("a", { href: address("/api/v1/audit/{entry}", undefined, String(found.seq)), target: "_blank", title: t("audit.whole") }, number(found.seq))),
    h("td", null, entry.at ? h("time", { datetime: entry.at }, moment(entry.at)) : ""),
    h("td", null, ltr(entry.actor?.id ?? "")),
    h("td", null, t(`action.${entry.action ?? ""}`), entry.reason && h("p", { class: "faint", dir: "auto" }, entry.reason)),
    h("td", null, target(entry)),
    h("td", null, h("bdi", { dir: "ltr", class: "hash", title: found.hash }, found.hash.slice(0, 16), "…")),
  );
}
