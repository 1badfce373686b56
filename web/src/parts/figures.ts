// Every number that is told, on one scale, by who tells it first.

import type { Names, Schemas } from "../api";
import { bdi, type Child, h } from "../dom";
import { name, number, t, type } from "../i18n";
import { link } from "../main";

type Figure = Schemas["Figure"];

/** The range of single numbers of a type, as words; parts and cumulative ones are left out. */
export function ranged(all: Figure[], wanted: string): string | null {
  const own = all.filter((one) => one.type === wanted && !one.is_cumulative && !one.is_part);
  const values = own.flatMap((one) => [one.min, one.max]).filter((value) => value !== undefined && value !== null);
  if (values.length === 0) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? number(low) : `${number(low)}–${number(high)}`;
}

function said(one: Figure): string {
  const { min, max } = one;
  if (typeof min === "number" && typeof max === "number") {
    if (min === max) return t(one.approximate ? "count.about" : "count.exact", { n: number(min) });
    return `${number(min)}–${number(max)}`;
  }
  if (typeof min === "number") return t("count.min", { n: number(min) });
  return t("count.max", { n: number(max ?? 0) });
}

/** Draws the numbers, one scale for each thing that is counted. */
export function figures(all: Figure[], names: Names): Child {
  const types = Map.groupBy(all, (one) => one.type);
  return [...types].map(([key, some]) => {
    const [kind = "", claimType = ""] = key.split("/");
    const most = Math.max(1, ...some.flatMap((one) => [one.min ?? 0, one.max ?? 0])) * 1.12;
    const sorted = some.toSorted((a, b) => Number(a.is_cumulative) - Number(b.is_cumulative) || (a.min ?? 0) - (b.min ?? 0));
    return h(
      "section",
      { class: `panel figures-of ${kind}` },
      h("h2", null, t("incident.figures", { what: type(kind, claimType) })),
      h(
        "table",
        { class: "figure-table" },
        h("caption", { class: "hidden" }, t("incident.figures", { what: type(kind, claimType) })),
        h("tbody", null, sorted.map((one) => row(one, names, most))),
      ),
      h("p", { class: "faint small" }, t("incident.figures.note")),
    );
  });
}

function row(one: Figure, names: Names, most: number): HTMLElement {
  const from = one.min ?? 0;
  const to = one.max ?? most;
  const bar = h("span", { class: `range ${one.max === undefined || one.max === null ? "open" : ""} ${one.is_cumulative ? "cumulative" : ""} ${one.is_part ? "part" : ""}` });
  bar.style.insetInlineStart = `${(100 * from) / most}%`;
  bar.style.inlineSize = `max(10px, ${(100 * (to - from)) / most}%)`;
  const whom = one.target.map((target) => name(target, names)).join("، ");
  const notes = [one.is_cumulative && t("incident.cumulative"), one.is_part && t("incident.part")].filter(Boolean).join(" · ");
  return h(
    "tr",
    null,
    h("th", { scope: "row" }, h("a", { href: link("reports", one.document, { claim: one.claim }) }, bdi(name(one.origin, names)))),
    h("td", { class: "figure-said" }, bdi(said(one)), whom && [" ", h("span", { class: "faint" }, bdi(whom))], notes && [" ", h("span", { class: "faint small" }, notes)]),
    h("td", { class: "figure-drawn", "aria-hidden": "true" }, h("span", { class: "figure-track" }, bar)),
  );
}
