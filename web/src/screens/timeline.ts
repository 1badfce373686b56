// The time that claims tell: intervals, open ends and doubt as they are; and when it was published.

import { address, get, type Names, type Schemas } from "../api";
import { bdi, h } from "../dom";
import { count, current, date, edtf, name, number, t, type } from "../i18n";
import { link, type View, type Visit } from "../main";
import { columns } from "../parts/columns";
import { more } from "../parts/more";

const KINDS = ["event", "control", "toll", "damage", "agreement", "relation", "statement", "outlook"];
const DAY = 86_400_000;

interface Axis {
  from: number;
  to: number;
}

export async function timeline(visit: Visit): Promise<View> {
  const asked = (key: string) => visit.query.get(key) ?? undefined;
  const filter = { kind: asked("kind"), type: asked("type") };
  const months = await get("/api/v1/timeline", { ...filter, step: "month" });
  const told = months.periods.filter((period) => /^\d{4}-\d{2}$/.test(period.period ?? ""));
  const sum = (period: Schemas["Period"]) => period.kinds.reduce((all, one) => all + one.count, 0);
  const undated = months.periods.filter((period) => !period.period).reduce((all, one) => all + sum(one), 0);
  const busiest = told.toSorted((a, b) => sum(b) - sum(a))[0]?.period ?? undefined;
  const month = asked("month") ?? busiest;
  const axis = month ? ofMonth(month) : null;
  const query = { ...filter, since: axis ? iso(axis.from) : undefined, until: axis ? iso(axis.to - DAY) : undefined, limit: 200 };
  const page = await get("/api/v1/claims", query);
  const first = (found: Schemas["FoundClaim"]) => bounds(found.claim.time?.edtf ?? "").from;
  const sorted = page.items.toSorted((a, b) => first(a) - first(b));
  // What begins within the month says most of it; what goes on from before stands below.
  const isWithin = (found: Schemas["FoundClaim"]) => axis !== null && first(found) >= axis.from;
  const rows = h("ol", { class: "intervals" }, axis && sorted.filter(isWithin).map((found) => interval(found, page.names, axis)));
  const before = h("ol", { class: "intervals" }, axis && sorted.filter((found) => !isWithin(found)).map((found) => interval(found, page.names, axis)));
  if (axis) for (const list of [rows, before]) list.style.setProperty("--days", String(Math.round((axis.to - axis.from) / DAY)));
  const body = h(
    "div",
    { class: "column broad" },
    h("h1", { tabindex: -1 }, t("timeline.title")),
    h("p", { class: "lead" }, t("timeline.lead")),
    h(
      "section",
      { class: "panel" },
      h("h2", null, t("timeline.months")),
      columns(
        told.map((period) => ({
          key: period.period ?? "",
          count: sum(period),
          href: link("timeline", "", { ...filter, month: period.period ?? null }),
        })),
        t("timeline.months"),
      ),
      undated > 0 && h("p", { class: "faint small" }, t("timeline.undated", { n: number(undated) })),
    ),
    h(
      "div",
      { class: "filters" },
      choice(visit, "month", t("timeline.month"), told.map((period) => [period.period ?? "", date(period.period ?? "")]), month, false),
      choice(visit, "kind", t("timeline.kind"), KINDS.map((one) => [one, t(`kind.${one}`)]), filter.kind),
      filter.type &&
        h("button", { type: "button", class: "chip", onclick: () => visit.ask({ type: null }) }, bdi(typeName(filter.type)), " ×"),
      h("span", { class: "faint" }, count("claims.count", page.total ?? 0)),
    ),
    axis && scale(axis),
    rows.childElementCount > 0 ? rows : h("p", { class: "faint" }, t("timeline.empty")),
    before.childElementCount > 0 && [h("h2", null, t("timeline.before")), before],
    more(page.next, rows, async (cursor) => {
      const next = await get("/api/v1/claims", { ...query, cursor });
      return { next: next.next, elements: axis ? next.items.map((found) => interval(found, next.names, axis)) : [] };
    }),
  );
  return { title: t("timeline.title"), json: address("/api/v1/claims", query), body };
}

function typeName(key: string): string {
  const [kind = "", claimType = ""] = key.split("/");
  return type(kind, claimType);
}

function choice(
  visit: Visit,
  key: string,
  label: string,
  options: [string, string][],
  chosen: string | undefined,
  all = true,
): HTMLElement {
  return h(
    "label",
    null,
    h("span", null, label),
    h(
      "select",
      { onchange: (event: Event) => visit.ask({ [key]: (event.target as HTMLSelectElement).value || null, type: null }) },
      all && h("option", { value: "" }, t("app.all")),
      options.map(([value, said]) => h("option", { value, selected: value === chosen }, said)),
    ),
  );
}

/** Shows some days before and after a month. */
function ofMonth(month: string): Axis {
  const [year = 0, number_ = 1] = month.split("-").map(Number);
  return { from: Date.UTC(year, number_ - 1, 1), to: Date.UTC(year, number_, 1) };
}

function iso(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The first and the last moment of an EDTF date or interval; open ends are infinite. */
export function bounds(value: string): Axis {
  const part = (text: string, isEnd: boolean): number => {
    if (text === "..") return isEnd ? Infinity : -Infinity;
    const [year = Number.NaN, month, day] = text.replace(/[?~%]/g, "").split("-").map(Number);
    if (!isEnd) return Date.UTC(year, (month ?? 1) - 1, day ?? 1);
    if (month === undefined) return Date.UTC(year + 1, 0, 1);
    return day === undefined ? Date.UTC(year, month, 1) : Date.UTC(year, month - 1, day + 1);
  };
  const [start = "", end] = value.split("/");
  return { from: part(start, false), to: part(end ?? start, true) };
}

function scale(axis: Axis): HTMLElement {
  const days = Math.round((axis.to - axis.from) / DAY);
  const ticks = Array.from({ length: days }, (_, i) => i).filter((i) => i % 5 === 0);
  return h(
    "div",
    { class: "interval scale", "aria-hidden": "true" },
    h("span", null),
    h(
      "span",
      { class: "track", dir: "ltr" },
      ticks.map((i) => {
        const tick = h("span", { class: "tick" }, number(i + 1));
        tick.style.left = `${(100 * i) / days}%`;
        return tick;
      }),
    ),
  );
}

function interval({ claim, report }: Schemas["FoundClaim"], names: Names, axis: Axis): HTMLElement {
  const time = claim.time?.edtf ?? "";
  const { from, to } = bounds(time);
  const share = (at: number) => (100 * (Math.min(Math.max(at, axis.from), axis.to) - axis.from)) / (axis.to - axis.from);
  const left = share(from);
  const width = Math.max(0.6, share(to) - left);
  const open = [from < axis.from ? "open-start" : "", to > axis.to ? "open-end" : ""];
  const doubt = /[?~%]/.test(time) || claim.modality !== "asserted" ? "doubt" : "";
  const bar = h("span", { class: `span ${claim.kind} ${doubt} ${open.join(" ")}` });
  bar.style.left = `${left}%`;
  bar.style.width = `${width}%`;
  const published = report.published ? Date.parse(report.published) + DAY / 2 : null;
  const inside = published !== null && axis.from <= published && published <= axis.to;
  const delay = published !== null && to < published && to > axis.from ? h("span", { class: "delay" }) : null;
  if (delay && published !== null) {
    delay.style.left = `${share(to)}%`;
    delay.style.width = `${share(published) - share(to)}%`;
  }
  const ring = inside ? h("span", { class: "ring", title: t("timeline.published", { day: date(report.published ?? "") }) }) : null;
  if (ring && published !== null) ring.style.left = `${share(published)}%`;
  const places = claim.place?.[0];
  const where = places && (current() === "ar" ? places.name : (places.name_en ?? places.name));
  const origin = claim.attribution?.at(-1);
  const said = origin ? name(origin.id, names, origin.name) : report.outlet ? name(report.outlet, names) : "";
  return h(
    "li",
    { class: "interval" },
    h(
      "a",
      { href: link("reports", report.id, { claim: claim.id }), class: "what" },
      h("span", { class: `dot ${claim.kind}`, "aria-hidden": "true" }),
      h("span", null, typeName(`${claim.kind}/${claim.type}`), where && [" · ", bdi(where)]),
      h(
        "span",
        { class: "faint" },
        bdi(edtf(time)),
        said && [" · ", bdi(said)],
        report.published && h("span", { class: "hidden" }, " · ", t("timeline.published", { day: date(report.published) })),
      ),
    ),
    h("span", { class: "track", dir: "ltr", "aria-hidden": "true" }, delay, bar, ring),
  );
}

