// Counts over time as columns on one axis.

import { bdi, h, s } from "../dom";
import { date, number, t } from "../i18n";

export interface Column {
  /** A day or month. */
  key: string;
  count: number;
  href?: string;
}

const HEIGHT = 88;

/** Draws columns with room for every day or month between the first and the last. */
export function columns(all: Column[], caption: string): HTMLElement {
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return h("p", { class: "faint" }, t("app.none"));
  const from = place(first.key);
  const steps = place(last.key) - from + 1;
  const most = Math.max(...all.map((column) => column.count));
  const width = 640;
  const step = width / steps;
  const bar = Math.max(1.5, Math.min(step * 0.72, 26));
  const drawing = s(
    "svg",
    { viewBox: `0 0 ${width} ${HEIGHT + 4}`, class: "columns", role: "group", "aria-label": caption, preserveAspectRatio: "none" },
    s("line", { x1: 0, x2: width, y1: HEIGHT, y2: HEIGHT, class: "axis" }),
    all.map((column) => {
      const height = Math.max(2, (HEIGHT - 6) * (column.count / most));
      const x = (place(column.key) - from + 0.5) * step - bar / 2;
      const shape = s("rect", { x, y: HEIGHT - height, width: bar, height, rx: Math.min(2, bar / 3), class: "column" });
      shape.append(s("title", null, t("overview.day", { day: date(column.key), count: number(column.count) })));
      return column.href ? s("a", { href: column.href }, shape) : shape;
    }),
  );
  return h(
    "figure",
    { class: "over-time", dir: "ltr" },
    drawing,
    h("figcaption", null, bdi(date(first.key)), bdi(date(last.key))),
  );
}

/** Numbers days and months in a row. */
function place(key: string): number {
  const [year = 0, month = 1, day] = key.split("-").map(Number);
  return day === undefined ? year * 12 + month : Date.UTC(year, month - 1, day) / 86_400_000;
}
