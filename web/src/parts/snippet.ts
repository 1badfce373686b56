// The words of a claim with what stands around them, its slots marked.

import type { Claim, Document } from "../api";
import { h } from "../dom";
import { Marked, paint, type Span } from "./marks";

const SLOTS = ["agent", "target", "place", "time", "count", "share", "voice"] as const;
/** So many code points are shown before and behind. */
const AROUND = 360;

export function unpaint(): void {
  paint("chosen", []);
  for (const slot of SLOTS) paint(`slot-${slot}`, []);
}

/** Shows a claim where it stands in its report. */
export function snippet(claim: Claim, found: Document): HTMLElement {
  const whole = (claim.in === "title" ? found.title : null) ?? found.text;
  const points = [...whole];
  const spans = spansOf(claim);
  const all = [claim.evidence, ...spans.flatMap(([, some]) => some)];
  const near = all.filter(({ start, end }) => Math.abs(start - claim.evidence.start) < AROUND && end - claim.evidence.end < AROUND);
  const [start, end] = [Math.min(...near.map(({ start }) => start)), Math.max(...near.map(({ end }) => end))];
  // No further than the paragraph.
  const before = points.lastIndexOf("\n", start) + 1;
  const behind = points.indexOf("\n", end);
  const first = Math.max(before, start - AROUND / 2);
  const last = Math.min(behind < 0 ? points.length : behind, end + AROUND / 2);
  // Not in the middle of a word.
  const isSpace = (at: number) => /\s/.test(points[at] ?? " ");
  let [from, to] = [first, last];
  while (from > before && !isSpace(from - 1)) from -= 1;
  while (to < points.length && !isSpace(to)) to += 1;
  const text = points.slice(from, to).join("");
  const element = h("p", { class: "snippet", dir: "auto", lang: "ar" });
  const marked = new Marked(element, text);
  const inside = (span: Span) => span.start >= from && span.end <= to;
  const ranges = (some: Span[]) =>
    some.filter(inside).map(({ start, end }) => marked.range({ start: start - from, end: end - from }));
  unpaint();
  paint("chosen", ranges([claim.evidence]), 2);
  for (const [slot, some] of spans) paint(`slot-${slot}`, ranges(some), 3);
  if (from > before) element.classList.add("cut-before");
  if (to < points.length && points[to] !== "\n") element.classList.add("cut-after");
  return element;
}

function spansOf(claim: Claim): [(typeof SLOTS)[number], Span[]][] {
  const own = (some: Partial<Span>[] | undefined): Span[] =>
    (some ?? []).flatMap(({ start, end }) => (start === undefined || end === undefined ? [] : [{ start, end }]));
  return [
    ["agent", own(claim.agent)],
    ["target", own(claim.target)],
    ["place", own(claim.place)],
    ["time", own(claim.time && [claim.time])],
    ["count", own(claim.count && [claim.count])],
    ["share", own(claim.share && [claim.share])],
    ["voice", own(claim.attribution)],
  ];
}
