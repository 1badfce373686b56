// Every number that is told, on one scale, by who tells it first.

import type { Names, Schemas } from "../api";
import { bdi, type Child, h } from "../dom";
import { count, joined, name, number, t, type } from "../i18n";
import { link } from "../main";
import { type Disputes, isRejected } from "./disputes";
import { mark } from "./ruling";

type Figure = Schemas["Figure"];

/** From here on small and large numbers cannot both be seen on an even scale. */
const FAR_APART = 60;

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

/** Places numbers between 0 and 1. */
interface Scale {
  most: number;
  at(value: number): number;
  ticks: number[];
  isEven: boolean;
}

function scale(some: Figure[]): Scale {
  const values = some.flatMap((one) => [one.min ?? 0, one.max ?? 0]).filter((value) => value > 0);
  const [least, greatest] = [Math.min(...values, Infinity), Math.max(...values, 1)];
  const isEven = !(greatest / least > FAR_APART);
  const most = greatest * (isEven ? 1.12 : 1.6);
  if (!isEven) {
    const all = Math.log1p(most);
    const powers = Array.from({ length: 8 }, (_, i) => 10 ** i).filter((value) => value <= most);
    return { most, isEven, at: (value) => Math.log1p(value) / all, ticks: [0, ...powers] };
  }
  const rough = most / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10));
  const ticks = Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
  return { most, isEven, at: (value) => value / most, ticks };
}

/** The same number told of the same people by the same voice, however often it was printed. */
function alike(one: Figure): string {
  return [one.min, one.max, one.approximate, one.target.join(), one.is_cumulative, one.is_part].join("|");
}

/** Draws the numbers, one scale for each thing that is counted. */
export function figures(all: Figure[], names: Names, disputes: Disputes): Child {
  const types = Map.groupBy(all, (one) => one.type);
  const tolls = [...types].toSorted(([a], [b]) => Number(b.startsWith("toll")) - Number(a.startsWith("toll")));
  return tolls.map(([key, some]) => {
    const [kind = "", claimType = ""] = key.split("/");
    const what = t("incident.figures", { what: type(kind, claimType) });
    const one = scale(some);
    const origins = [...Map.groupBy(some, ({ origin }) => origin)];
    const least = (figures: Figure[]) => Math.min(...figures.map(({ min, max }) => min ?? max ?? 0));
    origins.sort(([, a], [, b]) => least(a) - least(b));
    return h(
      "section",
      { class: `panel figures-of ${kind}` },
      h("h2", null, what),
      h(
        "table",
        { class: "figure-table" },
        h("caption", { class: "hidden" }, what),
        origins.map(([origin, figures]) => lane(origin, figures, names, one, disputes)),
        h("tfoot", { "aria-hidden": "true" }, h("tr", null, h("td", { colspan: 2 }), h("td", null, axis(one)))),
      ),
      !one.isEven && h("p", { class: "faint small" }, t("incident.figures.log")),
      h("p", { class: "faint small" }, t("incident.figures.note")),
    );
  });
}

function axis(one: Scale): HTMLElement {
  return h(
    "span",
    { class: "figure-axis" },
    one.ticks.map((value) => {
      const tick = h("span", null, number(value));
      tick.style.insetInlineStart = `${100 * one.at(value)}%`;
      return tick;
    }),
  );
}

/** All that goes back to one voice. */
function lane(origin: string, all: Figure[], names: Names, one: Scale, disputes: Disputes): HTMLElement {
  const groups = [...Map.groupBy(all, alike).values()];
  groups.sort((a, b) => Number(a[0]?.is_cumulative) - Number(b[0]?.is_cumulative) || (a[0]?.min ?? 0) - (b[0]?.min ?? 0));
  return h(
    "tbody",
    null,
    groups.map((group, i) =>
      h(
        "tr",
        null,
        i === 0 && h("th", { scope: "rowgroup", rowspan: groups.length }, h("a", { href: link("sources", origin) }, bdi(name(origin, names)))),
        told(group, names, disputes),
        h("td", { class: "figure-drawn", "aria-hidden": "true" }, track(group, one, disputes)),
      ),
    ),
  );
}

function told(group: Figure[], names: Names, disputes: Disputes): HTMLElement {
  const [one] = group;
  if (!one) return h("td");
  const whom = joined(one.target.map((target) => bdi(name(target, names))));
  const reports = new Set(group.map(({ document }) => document)).size;
  const notes = [
    one.is_cumulative && t("incident.cumulative"),
    one.is_part && t("incident.part"),
    reports > 1 && count("incident.printed", reports),
  ].filter((note) => note !== false);
  const isReplaced = group.every(({ claim }) => disputes.replaced.has(claim));
  const isWrong = group.every(({ claim }) => isRejected(disputes, claim));
  const ruling = mark(disputes.ruled.get(one.claim));
  const isDisputed = group.some(({ claim }) => disputes.disputed.has(claim));
  return h(
    "td",
    { class: "figure-said" },
    h("a", { href: link("reports", one.document, { claim: one.claim }), class: isReplaced || isWrong ? "replaced" : "" }, bdi(said(one))),
    one.target.length > 0 && [" ", h("span", { class: "faint" }, whom)],
    notes.length > 0 && h("span", { class: "faint small" }, " · ", notes.join(" · ")),
    isDisputed && [" ", h("span", { class: "tag disputed" }, t("dispute.mark"))],
    isReplaced && [" ", h("span", { class: "tag replaced-tag" }, t("dispute.replaced"))],
    ruling && [" ", ruling],
  );
}

function track(group: Figure[], { at, ticks }: Scale, disputes: Disputes): HTMLElement {
  const [one] = group;
  const isOpen = one?.max === undefined || one.max === null;
  const [from, to] = [at(one?.min ?? 0), isOpen ? 1 : at(one?.max ?? 0)];
  const classes = [
    "range",
    isOpen && "open",
    one?.is_cumulative && "cumulative",
    one?.is_part && "part",
    one?.approximate && "about",
    group.every(({ claim }) => disputes.replaced.has(claim) || isRejected(disputes, claim)) && "old",
  ];
  const bar = h("span", { class: classes.filter(Boolean).join(" ") });
  bar.style.insetInlineStart = `calc(${100 * from}% - 5px)`;
  bar.style.inlineSize = isOpen ? `calc(${100 * (to - from)}% + 5px)` : `calc(${100 * (to - from)}% + 10px)`;
  const lines = ticks.map((value) => {
    const line = h("span", { class: "figure-line" });
    line.style.insetInlineStart = `${100 * at(value)}%`;
    return line;
  });
  return h("span", { class: "figure-track" }, lines, bar);
}
