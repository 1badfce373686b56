// What people found of a claim, beside what was read.

import type { Names, Schemas } from "../api";
import { bdi, h } from "../dom";
import { joined, name, number, percent, t, type } from "../i18n";

export type Ruling = Schemas["Ruling"];

/** Tells a ruling in a word, for the head of a card. */
export function mark(ruling: Ruling | null | undefined): HTMLElement | null {
  if (!ruling) return null;
  const found = ruling.verdict ?? "disagreed";
  return h("span", { class: `tag ruled ${found}` }, t(`ruled.${found}`));
}

/** Tells what should stand in which slot, and why. */
export function ruled(ruling: Ruling | null | undefined, names: Names): HTMLElement | null {
  if (!ruling || (!ruling.corrections && !ruling.reason)) return null;
  return h(
    "div",
    { class: `ruling ${ruling.verdict ?? "disagreed"}` },
    ruling.corrections && corrections(ruling.corrections, names),
    ruling.reason && h("q", { dir: "auto" }, ruling.reason),
  );
}

/** The slots as somebody corrected them. */
export function corrections(all: Record<string, unknown>, names: Names): HTMLElement {
  return h("dl", null, Object.entries(all).map(([slot, value]) => h("div", null, h("dt", null, t(`slot.${slot}`)), h("dd", null, ...corrected(slot, value, names)))));
}

function corrected(slot: string, value: unknown, names: Names): (Node | string)[] {
  if (value === null || (Array.isArray(value) && value.length === 0)) return [t("review.nothing")];
  if (Array.isArray(value)) {
    const all = value as { id?: string; name?: string }[];
    return joined(all.map((one) => bdi(one.id ? name(one.id, names, one.name) : (one.name ?? "")))) as (Node | string)[];
  }
  if (slot === "modality") return [t(`modality.${String(value)}`)];
  if (slot === "type") {
    const [kind = "", claimType = ""] = String(value).split("/");
    return [type(kind, claimType)];
  }
  if (typeof value !== "object") return [bdi(String(value))];
  const { min, max } = value as { min?: number | null; max?: number | null };
  const said = (one: number | null | undefined) => (typeof one !== "number" ? "" : slot === "share" ? percent(one) : number(one));
  return [bdi(min === max ? said(min) : `${said(min)}–${said(max)}`)];
}
