// The slots of a claim as they should be: chosen among what the report names.

import type { Claim, Document, Mention, Names } from "../api";
import { h } from "../dom";
import { name, t, type } from "../i18n";

type Corrections = Record<string, unknown>;
interface Named {
  id: string;
  name: string;
}

const MODALITIES = ["asserted", "denied", "uncertain", "possible", "planned", "predicted", "conditional"];
const TYPES: Record<string, string[]> = {
  event: ["clash", "assault", "airstrike", "shelling", "bombing", "execution", "civilian-attack", "abduction", "advance", "withdrawal", "deployment", "siege", "displacement", "evacuation", "arrest", "release", "surrender", "defection", "protest", "riot", "looting", "infrastructure", "aid", "demining", "arms-transfer", "restriction"],
  control: ["holds", "captures", "loses"],
  toll: ["killed", "injured", "captured", "missing", "displaced", "strikes", "other"],
  damage: ["destruction"],
  agreement: ["truce", "evacuation", "surrender", "other"],
  relation: ["supports", "leads", "part-of", "allied-with", "opposes"],
  statement: ["announce", "appeal", "threat", "denial", "accusation", "rejection"],
  outlook: ["forecast"],
};

/** A form over the slots of a claim, and what was changed in it. */
export interface Form {
  element: HTMLElement;
  corrections(): Corrections;
}

interface Field {
  element: HTMLElement;
  /** What should stand there, if it was changed. */
  changed(): unknown;
}

export function form(claim: Claim, found: Document): Form {
  const parties = candidates(found, ["actor", "person", "source"], [...(claim.agent ?? []), ...(claim.target ?? [])]);
  const places = candidates(found, ["place"], named(claim.place));
  const voices = candidates(found, ["source", "person", "actor"], named(claim.attribution));
  const origin = claim.attribution?.at(-1);
  const fields: Record<string, Field> = {
    type: choice("review.type", `${claim.kind}/${claim.type}`, Object.entries(TYPES).flatMap(([kind, all]) => all.map((one) => [`${kind}/${one}`, `${t(`kind.${kind}`)}: ${type(kind, one)}`]))),
    modality: choice("facet.modality", claim.modality, MODALITIES.map((one) => [one, t(`modality.${one}`)])),
    agent: several("slot.agent", named(claim.agent), parties, found.names),
    target: several("slot.target", named(claim.target), parties, found.names),
    place: several("slot.place", named(claim.place), places, found.names),
    count: count(claim),
    time: text("slot.time", claim.time?.edtf ?? ""),
    origin: several("slot.chain", origin ? [{ id: origin.id, name: origin.name }] : [], voices, found.names),
  };
  return {
    element: h("div", { class: "correcting" }, Object.values(fields).map((field) => field.element)),
    corrections: () =>
      Object.fromEntries(
        Object.entries(fields).flatMap(([slot, field]) => {
          const value = field.changed();
          return value === undefined ? [] : [[slot, value]];
        }),
      ),
  };
}

function named(slots: { id?: string; name: string }[] | undefined): Named[] {
  return (slots ?? []).flatMap(({ id, name }) => (id ? [{ id, name }] : []));
}

/** What the report names, and what the claim has already. */
function candidates(found: Document, kinds: Mention["kind"][], own: { id?: string; name: string }[]): Named[] {
  const all = new Map(named(own).map((one) => [one.id, one]));
  const points = [...found.text];
  for (const mention of found.mentions) {
    if (!kinds.includes(mention.kind)) continue;
    const printed = mention.in === "title" ? "" : points.slice(mention.start, mention.end).join("");
    for (const id of [mention.resolved, ...(mention.candidates ?? []).slice(0, 3)]) {
      if (id && !all.has(id)) all.set(id, { id, name: known(id, found.names) ?? printed });
    }
  }
  return [...all.values()].filter((one) => one.name);
}

function known(id: string, names: Names): string | undefined {
  return names[id]?.ar ?? names[id]?.en ?? undefined;
}

function labelled(key: string, content: HTMLElement): HTMLElement {
  return h("label", { class: "field" }, h("span", null, t(key)), content);
}

function choice(key: string, now: string, options: string[][]): Field {
  const select = h("select", null, options.map(([value, said]) => h("option", { value: value ?? "", selected: value === now }, said)));
  return { element: labelled(key, select), changed: () => (select.value === now ? undefined : select.value) };
}

function text(key: string, now: string): Field {
  const input = h("input", { type: "text", value: now, dir: "ltr", pattern: "[0-9?~%.\\/-]*", title: "EDTF: 2017-03-21, 2017-03, 2017-03-20/2017-03-21" });
  const changed = () => {
    const value = input.value.trim();
    if (value === now) return undefined;
    return value === "" ? null : value;
  };
  return { element: labelled(key, input), changed };
}

function several(key: string, now: Named[], all: Named[], names: Names): Field {
  const boxes = all.map((one) => {
    const box = h("input", { type: "checkbox", value: one.id, checked: now.some(({ id }) => id === one.id) });
    return { one, box };
  });
  const element = h(
    "fieldset",
    { class: "field several" },
    h("legend", null, t(key)),
    h("div", null, boxes.map(({ one, box }) => h("label", null, box, h("bdi", null, name(one.id, names, one.name))))),
  );
  const changed = () => {
    const chosen = boxes.filter(({ box }) => box.checked).map(({ one }) => one);
    const same = chosen.length === now.length && chosen.every(({ id }) => now.some((one) => one.id === id));
    return same ? undefined : chosen;
  };
  return { element, changed };
}

function count(claim: Claim): Field {
  const [min, max] = [claim.count?.min, claim.count?.max];
  const input = (value: number | undefined, key: string) =>
    h("input", { type: "number", min: 0, value: value ?? "", "aria-label": t(key), placeholder: t(key) });
  const [low, high] = [input(min, "review.least"), input(max, "review.most")];
  const about = h("input", { type: "checkbox", checked: claim.count?.approximate ?? false });
  const element = h(
    "fieldset",
    { class: "field counting" },
    h("legend", null, t("slot.count")),
    h("div", null, low, h("span", { "aria-hidden": "true" }, "–"), high, h("label", null, about, t("review.about"))),
  );
  const changed = () => {
    const [from, to] = [low.value, high.value].map((value) => (value === "" ? undefined : Number(value)));
    if (from === min && to === max && about.checked === (claim.count?.approximate ?? false)) return undefined;
    if (from === undefined && to === undefined) return null;
    return { ...(from === undefined ? {} : { min: from }), ...(to === undefined ? {} : { max: to }), approximate: about.checked };
  };
  return { element, changed };
}
