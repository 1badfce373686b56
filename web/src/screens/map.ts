// Where things are told to have happened, and who is said to hold what, as of a day and as known on one.

import type { ExpressionSpecification, GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import type { Feature, FeatureCollection } from "geojson";
import { address, get, type Names, type Schemas } from "../api";
import { bdi, type Child, h } from "../dom";
import { count, current, date, name, number, percent, t } from "../i18n";
import { link, type View, type Visit } from "../main";
import { colours, FONT, label, load, map as draw, names as labels, units } from "../parts/ground";
import { dot, hatch } from "../parts/stripes";

type Control = Schemas["Control"];
type Held = Schemas["ControlledPlace"];
type Place = Schemas["Place"];

/** Precisions that a point stands for; anything wider is an area and never a pin. */
const POINTS = ["site", "neighbourhood", "village", "town"];
const KINDS = ["event", "control", "toll", "damage", "agreement", "relation", "statement", "outlook"];
const PARTIES = ["#c9a227", "#7b2d43", "#4a4a4a", "#2f6f9f", "#2f7d4f", "#b5532a", "#6a4c93", "#1b9aaa", "#8a8d2b", "#a05195"];

export async function map(visit: Visit): Promise<View> {
  const mode = visit.query.get("mode") === "claims" ? "claims" : "control";
  const ground = await load();
  const container = h("div", { class: "map" });
  const side = h("div", { class: "map-side" });
  const json = mode === "control" ? address("/api/v1/control", asked(visit)) : address("/api/v1/places", { kind: visit.query.get("kind") ?? undefined });
  const body = h(
    "div",
    { class: "mapping" },
    h(
      "aside",
      { class: "map-panel", "aria-label": t("map.show") },
      h("h1", { tabindex: -1 }, t("map.title")),
      h(
        "div",
        { class: "tabs", role: "group", "aria-label": t("map.show") },
        ["control", "claims"].map((one) =>
          h("button", { type: "button", "aria-pressed": String(one === mode), onclick: () => visit.ask({ mode: one }) }, t(`map.${one}`)),
        ),
      ),
      side,
      h("p", { class: "faint small" }, t("map.credit")),
    ),
    container,
  );
  const known = new Set(units(ground).keys());
  const later = async () => {
    try {
      const made = await draw(container, ground);
      visit.signal.addEventListener("abort", () => made.remove());
      if (visit.signal.aborted) return;
      if (mode === "control") await new ControlLayer(made, side, visit, known).start();
      else await new ClaimLayer(made, side, visit, known).start();
      await made.once("idle");
      container.dataset["ready"] = "true";
    } catch (error) {
      // Without WebGL the list beside the map still tells everything.
      console.warn(error);
      container.replaceChildren(h("p", { class: "faint" }, t("map.none")));
    }
  };
  queueMicrotask(() => void later());
  return { title: t("map.title"), json, body, wide: true };
}

function asked(visit: Visit): { as_of?: string; known_on?: string } {
  const [as_of, known_on] = [visit.query.get("as_of"), visit.query.get("known_on")];
  return { ...(as_of ? { as_of } : {}), ...(known_on ? { known_on } : {}) };
}

function said(place: { name: string; name_en?: string | null }): string {
  return current() === "ar" ? place.name : (place.name_en ?? place.name);
}

function points(features: Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features };
}

/** Shows where most is told of; the few that lie far away are left out. */
function fit(map: MapLibre, places: { lat: number; lon: number; precision: string; weight: number }[]): void {
  const exact = places.filter((place) => POINTS.includes(place.precision));
  const all = exact.reduce((sum, place) => sum + place.weight, 0);
  if (all === 0) return;
  const at = (value: (place: { lat: number; lon: number }) => number, share: number): number => {
    let sum = 0;
    const sorted = exact.toSorted((a, b) => value(a) - value(b));
    const found = sorted.find((place) => (sum += place.weight) >= share * all);
    return found ? value(found) : 0;
  };
  const [west, east] = [0.06, 0.94].map((share) => at(({ lon }) => lon, share));
  const [south, north] = [0.06, 0.94].map((share) => at(({ lat }) => lat, share));
  if (west === undefined || east === undefined || south === undefined || north === undefined) return;
  map.fitBounds([[west - 0.3, south - 0.3], [east + 0.3, north + 0.3]], { padding: 40, animate: false, maxZoom: 9 });
}

/** Who holds what. */
class ControlLayer {
  private palette = new Map<string, string>();
  private readonly list = h("div", { class: "held-list" });
  private readonly legend = h("ul", { class: "legend" });

  constructor(
    private readonly map: MapLibre,
    private readonly side: HTMLElement,
    private readonly visit: Visit,
    private readonly units: Set<string>,
  ) {}

  async start(): Promise<void> {
    const now = await get("/api/v1/control", asked(this.visit));
    now.parties.forEach((party, i) => this.palette.set(party, PARTIES[i % PARTIES.length] ?? "#888"));
    this.map.addLayer({ id: "held-units", type: "fill", source: "units", filter: ["in", ["get", "id"], ["literal", []]], paint: { "fill-opacity": 0.42 } }, "unit-lines");
    this.map.addSource("held", { type: "geojson", data: points([]) });
    this.map.addLayer({
      id: "held",
      type: "symbol",
      source: "held",
      layout: { "icon-image": ["get", "icon"], "icon-size": ["interpolate", ["linear"], ["zoom"], 5, 0.36, 9, 0.62], "icon-allow-overlap": true },
    });
    for (const layer of labels()) this.map.addLayer(layer);
    this.map.on("click", "held", (event) => this.open(String(event.features?.[0]?.properties["id"] ?? "")));
    this.map.on("mouseenter", "held", () => (this.map.getCanvas().style.cursor = "pointer"));
    this.map.on("mouseleave", "held", () => (this.map.getCanvas().style.cursor = ""));
    fit(this.map, now.places.map((place) => ({ ...place, weight: 1 })));
    this.side.replaceChildren(this.sliders(now), this.legend, this.list);
    this.show(now);
  }

  private sliders(now: Control): HTMLElement {
    const days = now.days;
    const slider = (key: "as_of" | "known_on", value: string): HTMLElement => {
      const shown = h("output", null, bdi(date(value)));
      const last = days.length - 1;
      const at = days.findLastIndex((day) => day <= value);
      const input = h("input", { type: "range", min: 0, max: Math.max(0, last), value: at < 0 ? 0 : at, "aria-label": t(`map.${key}`), "aria-valuetext": date(value) });
      let waiting = 0;
      input.addEventListener("input", () => {
        const day = days[Number(input.value)] ?? value;
        shown.replaceChildren(bdi(date(day)));
        input.setAttribute("aria-valuetext", date(day));
        clearTimeout(waiting);
        waiting = window.setTimeout(() => void this.move(key, day), 90);
      });
      return h("label", { class: "slider" }, h("span", null, t(`map.${key}`)), shown, input);
    };
    return h("div", { class: "sliders" }, slider("as_of", now.as_of), slider("known_on", now.known_on));
  }

  private async move(key: string, day: string): Promise<void> {
    this.visit.query.set(key, day);
    history.replaceState(null, "", `${location.pathname}?${this.visit.query.toString()}`);
    this.show(await get("/api/v1/control", asked(this.visit)));
  }

  private colour(party: string): string {
    return this.palette.get(party) ?? "#8a8a8a";
  }

  /** The colours of a place; a part that somebody holds is striped with nothing. */
  private shades(place: Held): string[] {
    const all = place.parties.map((party) => this.colour(party));
    return place.state === "contested" && all.length === 1 ? [...all, "#ffffff"] : all;
  }

  private show(now: Control): void {
    const icon = (place: Held): string => {
      const key = `${place.state}:${place.parties.join("|")}`;
      if (!this.map.hasImage(key)) this.map.addImage(key, dot(this.shades(place), place.state === "lost"), { pixelRatio: 1.4 });
      return key;
    };
    const exact = now.places.filter((place) => POINTS.includes(place.precision));
    const wide = now.places.filter((place) => this.units.has(place.id) && !POINTS.includes(place.precision));
    (this.map.getSource("held") as GeoJSONSource).setData(
      points(exact.map((place) => ({ type: "Feature", properties: { id: place.id, icon: icon(place) }, geometry: { type: "Point", coordinates: [place.lon, place.lat] } }))),
    );
    this.map.setFilter("held-units", ["in", ["get", "id"], ["literal", wide.map((place) => place.id)]]);
    const pattern = (place: Held): string => {
      const key = `unit:${place.state}:${place.parties.join("|")}`;
      if (!this.map.hasImage(key)) this.map.addImage(key, hatch(this.shades(place)));
      return key;
    };
    const first = wide[0];
    if (first) {
      const cases = wide.flatMap((place) => [place.id, pattern(place)]);
      const chosen = ["match", ["get", "id"], ...cases, pattern(first)] as unknown as ExpressionSpecification;
      this.map.setPaintProperty("held-units", "fill-pattern", chosen);
    }
    this.legend.replaceChildren(
      ...[...new Set(now.places.flatMap((place) => place.parties))].slice(0, 8).map((party) => {
        const patch = h("span", { class: "patch" });
        patch.style.background = this.colour(party);
        return h("li", null, patch, bdi(name(party, now.names)));
      }),
      h("li", null, h("span", { class: "patch striped" }), t("map.contested")),
      h("li", null, h("span", { class: "patch ring" }), t("map.lost")),
    );
    this.list.replaceChildren(
      h("p", { class: "faint small" }, count("map.places", now.places.length)),
      ...now.places
        .toSorted((a, b) => Number(b.state === "contested") - Number(a.state === "contested") || said(a).localeCompare(said(b)))
        .map((place) => this.entry(place, now.names)),
    );
  }

  private entry(place: Held, names: Names): HTMLElement {
    const patch = h("span", { class: place.state === "lost" ? "patch ring" : "patch" });
    const shades = this.shades(place);
    patch.style.background = shades.length > 1 ? `linear-gradient(135deg, ${shades.map((shade, i) => `${shade} ${(100 * i) / shades.length}% ${(100 * (i + 1)) / shades.length}%`).join(", ")})` : (shades[0] ?? "");
    return h(
      "details",
      { class: "held", id: `at-${place.id}` },
      h("summary", null, patch, h("strong", null, bdi(said(place))), " ", h("span", { class: "faint" }, t(`map.state.${place.state}`))),
      h("ul", null, place.words.map((word) => this.word(word, names))),
    );
  }

  private word(word: Schemas["ControlWord"], names: Names): HTMLElement {
    const parties = word.holders.map((party) => name(party, names)).join(" + ");
    const share = word.share;
    return h(
      "li",
      null,
      h("a", { href: link("reports", word.document, { claim: word.claim }) }, bdi(name(word.origin, names))),
      ": ",
      parties ? bdi(parties) : t("map.lostby", { name: name(word.lost_by ?? "", names) }),
      share && [" ", bdi(share[0] === share[1] ? percent(share[0] ?? 0) : `${percent(share[0] ?? 0)}–${percent(share[1] ?? 0)}`)],
      h("span", { class: "faint small" }, " ", t("time.since", { time: date(word.since) })),
    );
  }

  private open(id: string): void {
    const found = document.getElementById(`at-${id}`) as HTMLDetailsElement | null;
    if (!found) return;
    found.open = true;
    found.scrollIntoView({ block: "center" });
    found.querySelector<HTMLElement>("summary")?.focus();
  }
}

/** How much is told of which place. */
class ClaimLayer {
  constructor(
    private readonly map: MapLibre,
    private readonly side: HTMLElement,
    private readonly visit: Visit,
    private readonly units: Set<string>,
  ) {}

  async start(): Promise<void> {
    const kind = this.visit.query.get("kind") ?? undefined;
    const { places } = await get("/api/v1/places", { kind });
    const tone = (one: string) => getComputedStyle(document.documentElement).getPropertyValue(`--${one}`).trim();
    const resolved = new Map(KINDS.map((one) => [one, rgb(tone(one))]));
    const exact = places.filter((place) => POINTS.includes(place.precision));
    const wide = places.filter((place) => !POINTS.includes(place.precision));
    const most = (place: Place) => place.kinds.toSorted((a, b) => b.count - a.count)[0]?.key ?? "event";
    const { ink, halo } = colours();
    const drawn = wide.filter((place) => this.units.has(place.id));
    this.map.addLayer({ id: "told-units", type: "fill", source: "units", filter: ["in", ["get", "id"], ["literal", drawn.map((place) => place.id)]], paint: { "fill-color": resolved.get(kind ?? "event") ?? "#888", "fill-opacity": 0.13 } }, "unit-lines");
    this.map.addSource("told", {
      type: "geojson",
      data: points(exact.map((place) => ({ type: "Feature", properties: { id: place.id, claims: place.claims, label: label(place.name, place.name_en ?? null), colour: resolved.get(most(place)) ?? "#888" }, geometry: { type: "Point", coordinates: [place.lon, place.lat] } }))),
    });
    this.map.addLayer({
      id: "told",
      type: "circle",
      source: "told",
      layout: { "circle-sort-key": ["-", 0, ["get", "claims"]] },
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "claims"]], 1, 4, 12, 24],
        "circle-color": ["get", "colour"],
        "circle-opacity": 0.72,
        "circle-stroke-color": halo,
        "circle-stroke-width": 1.2,
      },
    });
    for (const layer of labels()) this.map.addLayer(layer);
    this.map.addLayer({
      id: "told-names",
      type: "symbol",
      source: "told",
      minzoom: 6.2,
      layout: { "text-field": ["get", "label"], "text-font": FONT, "text-size": 12, "text-variable-anchor": ["top", "bottom"], "text-radial-offset": 0.9, "symbol-sort-key": ["-", 0, ["get", "claims"]] },
      paint: { "text-color": ink, "text-halo-color": halo, "text-halo-width": 1.5 },
    });
    this.map.on("click", "told", (event) => {
      const id = event.features?.[0]?.properties["id"];
      if (id) document.getElementById(`at-${String(id)}`)?.scrollIntoView({ block: "center" });
    });
    fit(this.map, places.map((place) => ({ ...place, weight: place.claims })));
    const row = (place: Place): Child =>
      h(
        "li",
        { id: `at-${place.id}` },
        h("a", { href: link("search", "", { within: `place:${place.id}` }) }, bdi(said(place))),
        " ",
        h("span", { class: "faint small" }, t(`precision.${place.precision}`)),
        h("span", { class: "count" }, number(place.claims)),
      );
    const sorted = (some: Place[]) => some.toSorted((a, b) => b.claims - a.claims);
    this.side.replaceChildren(
      h(
        "label",
        { class: "choice" },
        h("span", null, t("timeline.kind")),
        h(
          "select",
          { onchange: (event: Event) => this.visit.ask({ kind: (event.target as HTMLSelectElement).value || null }) },
          h("option", { value: "" }, t("app.all")),
          KINDS.map((one) => h("option", { value: one, selected: one === kind }, t(`kind.${one}`))),
        ),
      ),
      h("ul", { class: "legend" }, KINDS.map((one) => h("li", { class: one }, h("span", { class: "dot", "aria-hidden": "true" }), t(`kind.${one}`)))),
      h("h2", null, t("map.exact")),
      h("ol", { class: "told-places" }, sorted(exact).slice(0, 40).map(row)),
      wide.length > 0 ? h("h2", null, t("map.wide")) : "",
      h("ol", { class: "told-places" }, sorted(wide).slice(0, 20).map(row)),
    );
  }
}

/** Resolves a colour of the style sheet, which may depend on light and dark. */
function rgb(value: string): string {
  const probe = h("span");
  probe.style.color = value;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
