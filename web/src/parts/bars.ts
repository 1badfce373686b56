// Small drawings of counts: they are tables to who cannot see them.

import { type Child, h } from "../dom";
import { number } from "../i18n";

export interface Bar {
  label: Child;
  count: number;
  /** What of it is drawn pale behind it. */
  pale?: number;
  href?: string;
  className?: string;
}

/** Bars one below the other, each with its label and number. */
export function bars(all: Bar[], caption: string): HTMLElement {
  const most = Math.max(1, ...all.map((bar) => bar.count + (bar.pale ?? 0)));
  return h(
    "table",
    { class: "bars" },
    h("caption", { class: "hidden" }, caption),
    h(
      "tbody",
      null,
      all.map((bar) =>
        h(
          "tr",
          { class: bar.className },
          h("th", { scope: "row" }, bar.href ? h("a", { href: bar.href }, bar.label) : bar.label),
          h("td", { class: "drawn", "aria-hidden": "true" }, meter(bar, most)),
          h("td", { class: "count" }, number(bar.count)),
        ),
      ),
    ),
  );
}

function meter(bar: Bar, most: number): HTMLElement {
  const full = h("span", { class: "full" });
  full.style.inlineSize = `${(100 * bar.count) / most}%`;
  const pale = bar.pale ? h("span", { class: "pale" }) : null;
  if (pale) pale.style.inlineSize = `${(100 * (bar.pale ?? 0)) / most}%`;
  return h("span", { class: "meter" }, full, pale);
}
