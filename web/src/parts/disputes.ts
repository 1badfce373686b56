// What of an incident is disputed, was replaced by its own origin, or was copied.

import type { Names, Schemas } from "../api";
import { bdi, type Child, h } from "../dom";
import { date, edtf, name, number, t } from "../i18n";
import { link } from "../main";
import type { Ruling } from "./ruling";

type Contradiction = Schemas["Contradiction"];
type Revision = Schemas["Revision"];
type Side = Schemas["Side"];

/** The disputes of an incident, found by claim. */
export interface Disputes {
  disputed: Map<string, Contradiction[]>;
  /** Claims that their origin replaced by a newer one. */
  replaced: Map<string, Revision>;
  /** Reports that are copies, with what they copy. */
  copies: Map<string, string>;
  /** What people found of claims. */
  ruled: Map<string, Ruling>;
}

/** Tells whether a reviewer found that the report does not tell a claim. */
export function isRejected({ ruled }: Disputes, claim: string): boolean {
  return ruled.get(claim)?.verdict === "reject";
}

export function disputesOf(found: Schemas["IncidentView"]): Disputes {
  const disputed = new Map<string, Contradiction[]>();
  for (const one of found.contradictions) {
    for (const side of [one.first, one.second]) disputed.set(side.claim, [...(disputed.get(side.claim) ?? []), one]);
  }
  return {
    disputed,
    replaced: new Map(found.revisions.map((one) => [one.earlier.claim, one])),
    copies: new Map(found.copies.filter((one) => one.is_near_copy).map((one) => [one.copy, one.original])),
    ruled: new Map(found.claims.flatMap(({ claim, review }) => (review ? [[claim.id, review] as const] : []))),
  };
}

/** Says a value that differs: a number, a share, a day or an id. */
export function valued(value: string, names: Names): Child {
  // Digits with what stands around them: `33`, `20+`, `2–5`, `~30`, `80%`.
  const own = (digits: string) => number(Number(digits));
  const least = /^(\d+)\+$/.exec(value);
  if (least?.[1]) return bdi(t("count.min", { n: own(least[1]) }));
  if (/^[\d\s.%+~≤≥<>–…-]+$/.test(value) && !/^\d{4}-/.test(value)) return bdi(value.replace(/\d+/g, own));
  if (/^\d{4}-\d{2}(-\d{2})?([?~%])?(\/.*)?$/.test(value)) return bdi(edtf(value));
  const party = value.split("+").map((id) => name(id.trim(), names));
  const words = t(`modality.${value}`);
  return bdi(words === value ? party.join(" + ") : words);
}

function side(one: Side, names: Names): HTMLElement {
  return h(
    "div",
    { class: "side" },
    h("strong", { class: "value" }, h("a", { href: link("reports", one.document, { claim: one.claim }) }, valued(one.value, names))),
    h("span", null, bdi(name(one.origin, names))),
    one.told && h("time", { class: "faint small", datetime: one.told }, bdi(date(one.told))),
  );
}

/** Lists the contradictions, each once for two origins and two values, and then the revisions. */
export function disputes(found: Schemas["IncidentView"]): Child {
  const { contradictions, revisions, names } = found;
  if (contradictions.length === 0 && revisions.length === 0) return null;
  const key = (one: Contradiction) =>
    [one.type, ...[one.first, one.second].map(({ origin, value }) => `${origin} ${value}`).toSorted()].join("|");
  const groups = [...Map.groupBy(contradictions, key).values()];
  const olds = [...Map.groupBy(revisions, (one) => [one.type, one.later.origin, one.earlier.value, one.later.value].join("|")).values()];
  return h(
    "section",
    { class: "panel disputes" },
    h("h2", null, t("incident.disputes")),
    groups.length > 0 && [
      h("p", { class: "faint small" }, t("incident.disputes.note")),
      h("ul", { class: "duels" }, groups.map((group) => duel(group, names))),
    ],
    olds.length > 0 && [
      h("h3", null, t("incident.revisions")),
      h("p", { class: "faint small" }, t("incident.revisions.note")),
      h("ul", { class: "duels" }, olds.map((group) => replaced(group[0], names))),
    ],
  );
}

function duel(group: Contradiction[], names: Names): Child {
  const [one] = group;
  if (!one) return null;
  return h(
    "li",
    { class: "duel" },
    h("span", { class: "tag disputed" }, t(`dispute.${one.type}`), group.length > 1 && ` ×${number(group.length)}`),
    side(one.first, names),
    h("span", { class: "against", role: "img", "aria-label": t("dispute.against") }, "⟷"),
    side(one.second, names),
  );
}

function replaced(one: Revision | undefined, names: Names): Child {
  if (!one) return null;
  return h(
    "li",
    { class: "duel revision" },
    h("span", { class: "tag replaced-tag" }, t(`dispute.${one.type}`)),
    side(one.earlier, names),
    h("span", { class: "against then", role: "img", "aria-label": t("dispute.then") }),
    side(one.later, names),
  );
}
