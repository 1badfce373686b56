// How much is told of which place.

import type { Map as MapLibre } from "maplibre-gl";
import { get, type Schemas } from "../api";
import { bdi, type Child, h } from "../dom";
import { number, t } from "../i18n";
import { link } from "../main";
import { colours, FONT, label, names as labels } from "../parts/ground";
import { type Ask, KINDS, type Layer, POINTS, points, rgb, said, type Weighed } from "./shared";

type Place = Schemas["Place"];

/** How much is told of which place. */
export class ClaimLayer implements Layer {
  private places: Place[] = [];

  constructor(private readonly of: Ask) {}

  async ask(): Promise<Weighed[]> {
    const kind = this.of.visit.query.get("kind") ?? undefined;
    this.places = (await get("/api/v1/places", { kind })).places;
    return this.places.map((place) => ({ ...place, weight: place.claims }));
  }

  start(map: MapLibre): void {
    const kind = this.of.visit.query.get("kind") ?? undefined;
    const { places } = this;
    const tone = (one: string) => getComputedStyle(document.documentElement).getPropertyValue(`--${one}`).trim();
    const resolved = new Map(KINDS.map((one) => [one, rgb(tone(one))]));
    const exact = places.filter((place) => POINTS.includes(place.precision));
    const wide = places.filter((place) => !POINTS.includes(place.precision));
    const most = (place: Place) => place.kinds.toSorted((a, b) => b.count - a.count)[0]?.key ?? "event";
    const { ink, halo } = colours();
    const drawn = wide.filter((place) => this.of.units.has(place.id));
    map.addLayer({ id: "told-units", type: "fill", source: "units", filter: ["in", ["get", "id"], ["literal", drawn.map((place) => place.id)]], paint: { "fill-color": resolved.get(kind ?? "event") ?? "#888", "fill-opacity": 0.13 } }, "unit-lines");
    map.addSource("told", {
      type: "geojson",
      data: points(exact.map((place) => ({ type: "Feature", properties: { id: place.id, claims: place.claims, label: label(place.name, place.name_en ?? null), colour: resolved.get(most(place)) ?? "#888" }, geometry: { type: "Point", coordinates: [place.lon, place.lat] } }))),
    });
    map.addLayer({
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
    const named = new Set(exact.map((place) => label(place.name, place.name_en ?? null)));
    for (const layer of labels(named)) map.addLayer(layer);
    map.addLayer({
      id: "told-names",
      type: "symbol",
      source: "told",
      minzoom: 6.2,
      layout: { "text-field": ["get", "label"], "text-font": FONT, "text-size": 12, "text-variable-anchor": ["top", "bottom"], "text-radial-offset": 0.9, "symbol-sort-key": ["-", 0, ["get", "claims"]] },
      paint: { "text-color": ink, "text-halo-color": halo, "text-halo-width": 1.5 },
    });
    map.on("click", "told", (event) => {
      const id = event.features?.[0]?.properties["id"];
      if (id) document.getElementById(`at-${String(id)}`)?.scrollIntoView({ block: "center" });
    });
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
    this.of.side.replaceChildren(
      h(
        "label",
        { class: "choice" },
        h("span", null, t("timeline.kind")),
        h(
          "select",
          { onchange: (event: Event) => this.of.visit.ask({ kind: (event.target as HTMLSelectElement).value || null }) },
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

