// A claim as a card: who, what, where, when, and who says so.

import type { Claim, Names, Schemas } from "../api";
import { bdi, type Child, h } from "../dom";
import { current, edtf, name, number, percent, t, type } from "../i18n";
import { link } from "../main";

type Count = NonNullable<Claim["count"]>;
type Share = NonNullable<Claim["share"]>;

export function counted(count: Count): string {
  const { min, max } = count;
  if (min !== undefined && max !== undefined) {
    if (min !== max) return t("count.between", { min: number(min), max: number(max) });
    return t(count.approximate ? "count.about" : "count.exact", { n: number(min) });
  }
  if (min !== undefined) return t("count.min", { n: number(min) });
  return t("count.max", { n: number(max ?? 0) });
}

export function shared(share: Share): string {
  const { min, max } = share;
  if (min === max) return share.approximate ? t("count.about", { n: percent(min) }) : percent(min);
  if (max === 1) return t("count.min", { n: percent(min) });
  return t("count.between", { min: percent(min), max: percent(max) });
}

/** The chain from who printed it to the origin, each pointing at whom it relies on. */
export function chain(claim: Claim, outlet: string | undefined, names: Names): HTMLElement {
  const voices = (claim.attribution ?? []).map((voice) => ({
    id: voice.id,
    said: name(voice.id, names, voice.name),
    speaker: voice.speaker ? name(voice.speaker, names) : undefined,
  }));
  const own = outlet ? [{ id: outlet, said: name(outlet, names), speaker: undefined }] : [];
  const all = [...own, ...voices].filter((voice, i, list) => i === 0 || voice.id !== list[i - 1]?.id);
  return h(
    "ol",
    { class: "chain", "aria-label": t("slot.chain") },
    all.map((voice, i) =>
      h(
        "li",
        { class: i === all.length - 1 ? "origin" : "relay" },
        bdi(voice.said),
        voice.speaker && [" ", h("span", { class: "faint" }, t("slot.speaker", { name: voice.speaker }))],
      ),
    ),
    all.length === 0 && h("li", { class: "origin" }, t("app.unknown")),
  );
}

export function modality(claim: Claim): HTMLElement {
  return h("span", { class: `modality ${claim.modality}` }, t(`modality.${claim.modality}`));
}

export function kind(claim: Pick<Claim, "kind" | "type">): HTMLElement {
  return h("span", { class: `kind ${claim.kind}` }, type(claim.kind, claim.type));
}

function row(label: string, slot: string, value: Child): HTMLElement {
  return h("div", { class: `slot slot-${slot}` }, h("dt", null, label), h("dd", null, value));
}

function listed(values: HTMLElement[]): Child {
  const joint = current() === "ar" ? "، " : ", ";
  return values.flatMap((value, i) => (i === 0 ? [value] : [joint, value]));
}

/** The slots that are filled, as a list of terms. */
export function slots(claim: Claim, names: Names): HTMLElement {
  const people = (role: "agent" | "target") =>
    (claim[role]?.length ?? 0) > 0 &&
    row(
      t(`slot.${role}`),
      role,
      listed((claim[role] ?? []).map((slot) => bdi(name(slot.id, names, slot.name)))),
    );
  const places = claim.place ?? [];
  const first = places[0];
  const where = places.map((place) =>
    bdi(current() === "ar" ? place.name : (place.name_en ?? place.name)),
  );
  return h(
    "dl",
    { class: "slots" },
    people("agent"),
    people("target"),
    claim.count && row(t("slot.count"), "count", bdi(counted(claim.count))),
    claim.share && row(t("slot.share"), "share", bdi(shared(claim.share))),
    first &&
      row(t("slot.place"), "place", [
        listed(where),
        " ",
        h("span", { class: "faint" }, t(`precision.${first.precision}`)),
      ]),
    claim.time && row(t("slot.time"), "time", h("span", { title: claim.time.edtf }, bdi(edtf(claim.time.edtf)))),
  );
}

/** The report that holds a claim, as a link. */
export function reportLink(report: Schemas["ReportRef"], names: Names, claim?: string): HTMLElement {
  const said = report.title ?? report.id.split("/").at(-1) ?? report.id;
  return h(
    "span",
    { class: "told" },
    h("a", { href: link("reports", report.id, { claim }) }, bdi(said)),
    report.outlet && [" · ", bdi(name(report.outlet, names))],
    report.published && [" · ", h("time", { datetime: report.published }, bdi(edtf(report.published)))],
  );
}
