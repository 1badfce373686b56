// The incidents, and one with all its claims side by side.

import { address, ApiError, get, type Names, type Schemas } from "../api";
import { bdi, type Child, h } from "../dom";
import { count, current, date, edtf, joined, name, number, t, type } from "../i18n";
import { link, type View, type Visit } from "../main";
import { counted } from "../parts/claim";
import { type Disputes, disputes, disputesOf, isRejected } from "../parts/disputes";
import { figures, ranged } from "../parts/figures";
import { load, map as draw, names as labels, units } from "../parts/ground";
import { more } from "../parts/more";
import { voices } from "../parts/voices";
import { claimCard } from "./sources";

type Incident = Schemas["Incident"];

export function incidents(visit: Visit): Promise<View> {
  return visit.id ? incident(visit) : list(visit);
}

/** Asks again while the reports are still being laid side by side. */
export async function patient<A>(ask: () => Promise<A>, signal: AbortSignal): Promise<A> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "not-yet" || signal.aborted) throw error;
    }
  }
}

async function list(visit: Visit): Promise<View> {
  const query = { kind: visit.query.get("kind") ?? undefined, documents: visit.query.get("all") ? 1 : 2 };
  const page = await patient(() => get("/api/v1/incidents", query), visit.signal);
  const cards = h("div", { class: "incident-list" }, page.items.map((one) => incidentCard(one, page.names)));
  const body = h(
    "div",
    { class: "column broad" },
    h("h1", { tabindex: -1 }, t("incidents.title")),
    h("p", { class: "lead" }, t("incidents.lead")),
    h(
      "div",
      { class: "filters" },
      h("span", { class: "faint" }, count("incidents.count", page.total ?? 0)),
      h(
        "label",
        null,
        h("input", { type: "checkbox", checked: visit.query.get("all") !== null, onchange: () => visit.ask({ all: visit.query.get("all") ? null : "1" }) }),
        t("incidents.all"),
      ),
    ),
    cards,
    more(page.next, cards, async (cursor) => {
      const next = await get("/api/v1/incidents", { ...query, cursor });
      return { next: next.next, elements: next.items.map((one) => incidentCard(one, next.names)) };
    }),
  );
  return { title: t("incidents.title"), json: address("/api/v1/incidents", query), body };
}

function where(one: Incident): string | null {
  if (!one.place) return null;
  return current() === "ar" ? one.place.name : (one.place.name_en ?? one.place.name);
}

export function origins(one: Incident): HTMLElement {
  return h("span", { class: `origins ${one.independent_origins}` }, t(`origins.${one.independent_origins}`));
}

export function incidentCard(one: Incident, names: Names, heading: "h2" | "h3" = "h2"): HTMLElement {
  const killed = ranged(one.figures, "toll/killed");
  const injured = ranged(one.figures, "toll/injured");
  const place = where(one);
  return h(
    "article",
    { class: "incident" },
    h(
      heading,
      null,
      h("a", { href: link("incidents", one.id) }, h("span", { class: `kind ${one.kind}` }, type(one.kind, one.type)), place && [" · ", bdi(place)]),
    ),
    h(
      "p",
      { class: "byline" },
      one.time && h("span", null, bdi(edtf(one.time))),
      one.agents.length > 0 && h("span", null, joined(one.agents.slice(0, 2).map((agent) => bdi(name(agent, names))))),
    ),
    h(
      "p",
      { class: "incident-facts" },
      h("span", null, count("reports.count", one.documents.length)),
      h("span", null, count("claims.count", one.claims)),
      killed && h("span", { class: "toll" }, t("incidents.killed", { n: killed })),
      injured && h("span", { class: "toll" }, t("incidents.injured", { n: injured })),
      origins(one),
    ),
  );
}

async function incident(visit: Visit): Promise<View> {
  const found = await patient(() => get("/api/v1/incidents/{id}", undefined, visit.id), visit.signal);
  const { incident: one, names } = found;
  const place = where(one);
  const title = `${type(one.kind, one.type)}${place ? ` · ${place}` : ""}`;
  const marks = disputesOf(found);
  const kinds = Map.groupBy(found.claims, ({ claim }) => `${claim.kind}/${claim.type}`);
  const body = h(
    "div",
    { class: "column broad incident-page" },
    h(
      "header",
      { class: "incident-head" },
      h(
        "div",
        null,
        h("h1", { tabindex: -1 }, h("span", { class: `kind ${one.kind}` }, type(one.kind, one.type)), place && [" · ", bdi(place)]),
        h(
          "p",
          { class: "byline" },
          one.time && h("span", null, bdi(edtf(one.time))),
          one.place && h("span", null, t(`precision.${one.place.precision}`)),
          one.agents.map((agent) => h("span", null, bdi(name(agent, names)))),
        ),
        h(
          "p",
          { class: "incident-facts" },
          h("span", null, count("reports.count", one.documents.length)),
          h("span", null, count("claims.count", one.claims)),
          origins(one),
          marks.disputed.size > 0 && h("span", { class: "tag disputed" }, t("dispute.mark")),
        ),
        h("p", { class: "incident-facts" }, tolls(one, marks)),
        h("p", { class: "faint small" }, t(`origins.why.${one.independent_origins}`)),
      ),
      inset(one, visit),
    ),
    disputes(found),
    figures(one.figures, names, marks),
    h(
      "section",
      { class: "panel" },
      h("h2", null, t("incident.voices")),
      h("p", { class: "faint small" }, t("incident.voices.note")),
      voices(found.claims, names),
    ),
    h("section", { class: "panel" }, h("h2", null, t("incident.known")), known(found.claims, names, marks)),
    [...kinds].map(([key, claims]) => {
      const [kind = "", claimType = ""] = key.split("/");
      return h(
        "section",
        { class: "side-by-side" },
        h("h2", null, h("span", { class: `kind ${kind}` }, type(kind, claimType)), " ", h("span", { class: "faint" }, number(claims.length))),
        h("div", { class: "cards grid" }, claims.map((claim) => claimCard(claim, names, flags(claim, marks)))),
      );
    }),
  );
  return { title, json: address("/api/v1/incidents/{id}", undefined, visit.id), body };
}

/** Which report told what, in the order in which it became known. */
function known(claims: Schemas["MemberClaim"][], names: Names, marks: Disputes): Child {
  const days = Map.groupBy(claims, ({ report }) => report.published ?? "");
  const sorted = [...days].toSorted(([a], [b]) => a.localeCompare(b));
  return h(
    "ol",
    { class: "known" },
    sorted.map(([day, told]) => {
      const reports = Map.groupBy(told, ({ report }) => report.id);
      return h(
        "li",
        null,
        h("time", { datetime: day || null }, day ? bdi(date(day)) : t("app.unknown")),
        h(
          "ul",
          null,
          [...reports].map(([id, some]) => {
            const outlet = some[0]?.report.outlet;
            const told = some.filter(({ claim }) => claim.count).map((one) => numberTold(one, marks));
            const original = marks.copies.get(id);
            return h(
              "li",
              null,
              h("a", { href: link("reports", id, { claim: some[0]?.claim.id }) }, bdi(outlet ? name(outlet, names) : id)),
              told.length > 0 && h("span", null, ": ", joined(told)),
              original && [" ", h("span", { class: "tag" }, t("dispute.copy"))],
            );
          }),
        ),
      );
    }),
  );
}

function numberTold({ claim }: Schemas["MemberClaim"], marks: Disputes): HTMLElement {
  const said = claim.count ? counted(claim.count) : "";
  const revision = marks.replaced.get(claim.id);
  const what = h("bdi", { class: "faint" }, type(claim.kind, claim.type));
  return h("span", { class: revision || isRejected(marks, claim.id) ? "told-number replaced" : "told-number" }, what, " ", h("bdi", { class: "strong" }, said));
}

/** What of a claim is disputed, was replaced or copied. */
function flags({ claim, report }: Schemas["MemberClaim"], marks: Disputes): Child[] {
  return [
    marks.disputed.has(claim.id) && h("span", { class: "tag disputed" }, t("dispute.mark")),
    marks.replaced.has(claim.id) && h("span", { class: "tag replaced-tag" }, t("dispute.replaced")),
    marks.copies.has(report.id) && h("span", { class: "tag" }, t("dispute.copy")),
  ];
}

/** The range of the dead and the injured, in short. */
function tolls(one: Incident, marks: Disputes): Child[] {
  const figures = one.figures.filter(({ claim }) => !isRejected(marks, claim));
  return ["killed", "injured"].map((what) => {
    const range = ranged(figures, `toll/${what}`);
    return range && h("span", { class: "toll" }, t(`incidents.${what}`, { n: range }));
  });
}

/** A small map of where it is told to have happened. */
function inset(one: Incident, visit: Visit): Child {
  const { place } = one;
  if (place?.lat === undefined || place.lat === null || place.lon === undefined || place.lon === null) return null;
  const at: [number, number] = [place.lon, place.lat];
  const container = h("div", { class: "inset" });
  const later = async () => {
    try {
      const ground = await load();
      const made = await draw(container, ground, null);
      visit.signal.addEventListener("abort", () => made.remove());
      const unit = place.id ? units(ground).get(place.id) : undefined;
      const isPoint = ["site", "neighbourhood", "village", "town"].includes(place.precision);
      if (!isPoint && unit) made.setPaintProperty("unit-fill", "fill-color", ["case", ["==", ["get", "id"], place.id ?? ""], "rgba(154,59,30,0.35)", "rgba(0,0,0,0)"]);
      if (isPoint) {
        made.addSource("here", { type: "geojson", data: { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: at } } });
        made.addLayer({ id: "here", type: "circle", source: "here", paint: { "circle-radius": 8, "circle-color": "#9a3b1e", "circle-stroke-color": "#fff", "circle-stroke-width": 2 } });
      }
      for (const layer of labels()) made.addLayer(layer);
      made.jumpTo({ center: at, zoom: isPoint ? 7.2 : 5 });
      await made.once("idle");
      container.dataset["ready"] = "true";
    } catch (error) {
      console.warn(error);
      container.remove();
    }
  };
  queueMicrotask(() => void later());
  return container;
}
