// The ground of the map: land, water, borders, units and towns, all from this program.

import type { ExpressionSpecification, LayerSpecification, LngLatBoundsLike, Map as MapLibre, StyleSpecification } from "maplibre-gl";
import type { Feature, FeatureCollection, Geometry } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { current, t } from "../i18n";

type City = [ar: string, en: string, lon: number, lat: number, people: number];
interface Ground {
  ground: Topology<Record<string, GeometryCollection>>;
  cities: City[];
}

export const FONT = ["Plex"];

export interface Colours {
  land: string;
  water: string;
  line: string;
  ink: string;
  halo: string;
  faint: string;
}

export function colours(): Colours {
  return matchMedia("(prefers-color-scheme: dark)").matches
    ? { land: "#23272a", water: "#12171c", line: "#565c60", ink: "#ece8df", halo: "#16181a", faint: "#a9a396" }
    : { land: "#f6f1e4", water: "#cfe0e6", line: "#b3a98f", ink: "#2a2620", halo: "#fbf8f1", faint: "#6d665a" };
}

/** Labels lose vowel signs: inside of a label they are drawn badly. */
export function label(ar: string | null, en: string | null): string {
  return (current() === "ar" ? (ar ?? en) : (en ?? ar))?.replace(/[\u064b-\u0652\u0670]/g, "") ?? "";
}

let loaded: Promise<Ground> | null = null;

export function load(): Promise<Ground> {
  loaded ??= fetch(MAP_GROUND).then((answer) => answer.json() as Promise<Ground>);
  return loaded;
}

function part({ ground }: Ground, name: string): FeatureCollection {
  const object = ground.objects[name];
  return object ? (feature(ground, object) as FeatureCollection) : { type: "FeatureCollection", features: [] };
}

/** Lists the units by their id in the gazetteer. */
export function units(ground: Ground): Map<string, Feature<Geometry>> {
  const found = part(ground, "units").features;
  return new Map(found.flatMap((unit) => (unit.properties?.["id"] ? [[String(unit.properties["id"]), unit]] : [])));
}

function cities({ cities: all }: Ground): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: all.map(([ar, en, lon, lat, people], rank) => ({
      type: "Feature",
      properties: { label: label(ar, en), people, rank },
      geometry: { type: "Point", coordinates: [lon, lat] },
    })),
  };
}

/** One point for each unit's name: an area that is cut into tiles would be named in each of them. */
function middles({ features }: FeatureCollection): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: features.flatMap(({ geometry, properties }) => {
      const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.type === "MultiPolygon" ? geometry.coordinates.map(([ring]) => ring) : [];
      const [largest] = rings.flatMap((ring) => (ring ? [middle(ring)] : [])).toSorted((a, b) => b.area - a.area);
      return largest ? [{ type: "Feature" as const, properties, geometry: { type: "Point" as const, coordinates: largest.at } }] : [];
    }),
  };
}

/** The centre of gravity of a ring, and how large it is. */
function middle(ring: number[][]): { area: number; at: number[] } {
  let [area, x, y] = [0, 0, 0];
  for (const [i, [x1 = 0, y1 = 0]] of ring.entries()) {
    const [x2 = 0, y2 = 0] = ring[(i + 1) % ring.length] ?? [];
    const cross = x1 * y2 - x2 * y1;
    area += cross / 2;
    x += ((x1 + x2) * cross) / 6;
    y += ((y1 + y2) * cross) / 6;
  }
  return { area: Math.abs(area), at: area === 0 ? (ring[0] ?? [0, 0]) : [x / area, y / area] };
}

export function style(ground: Ground): StyleSpecification {
  const c = colours();
  const named = part(ground, "units");
  for (const unit of named.features) {
    const { ar, en } = unit.properties as { ar: string | null; en: string | null };
    unit.properties = { ...unit.properties, label: label(ar, en) };
  }
  const zoom = (...stops: number[]): ExpressionSpecification => ["interpolate", ["linear"], ["zoom"], ...stops] as ExpressionSpecification;
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: part(ground, "land") },
      units: { type: "geojson", data: named },
      "unit-names": { type: "geojson", data: middles(named) },
      borders: { type: "geojson", data: part(ground, "borders") },
      rivers: { type: "geojson", data: part(ground, "rivers") },
      lakes: { type: "geojson", data: part(ground, "lakes") },
      cities: { type: "geojson", data: cities(ground) },
    },
    layers: [
      { id: "water", type: "background", paint: { "background-color": c.water } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": c.land } },
      { id: "unit-fill", type: "fill", source: "units", paint: { "fill-color": "rgba(0,0,0,0)" } },
      { id: "unit-lines", type: "line", source: "units", minzoom: 4.2, paint: { "line-color": c.line, "line-width": 0.6, "line-dasharray": [3, 2], "line-opacity": 0.75 } },
      { id: "lakes", type: "fill", source: "lakes", paint: { "fill-color": c.water } },
      { id: "rivers", type: "line", source: "rivers", paint: { "line-color": c.water, "line-width": zoom(3, 0.5, 6, 1.8, 9, 4) }, layout: { "line-cap": "round", "line-join": "round" } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": c.faint, "line-width": zoom(3, 0.7, 8, 1.6) } },
    ],
  };
}

/** The names of towns and units, above everything else. */
export function names(without: Set<string> = new Set()): LayerSpecification[] {
  const c = colours();
  return [
    {
      id: "unit-names",
      type: "symbol",
      source: "unit-names",
      minzoom: 5,
      maxzoom: 8,
      layout: { "text-field": ["get", "label"], "text-font": FONT, "text-size": 12, "text-letter-spacing": 0, "text-padding": 14 },
      paint: { "text-color": c.faint, "text-halo-color": c.halo, "text-halo-width": 1.4, "text-opacity": 0.85 },
    },
    {
      id: "city-names",
      type: "symbol",
      source: "cities",
      filter: ["all", [">=", ["get", "people"], ["step", ["zoom"], 900000, 5, 250000, 6.5, 40000, 7.5, 0]], ["!", ["in", ["get", "label"], ["literal", [...without]]]]],
      layout: {
        "text-field": ["get", "label"],
        "text-font": FONT,
        "text-size": ["interpolate", ["linear"], ["zoom"], 4, 11, 9, 15],
        "text-variable-anchor": ["top", "bottom", "left", "right"],
        "text-radial-offset": 0.75,
        "symbol-sort-key": ["get", "rank"],
      },
      paint: { "text-color": c.ink, "text-halo-color": c.halo, "text-halo-width": 1.6 },
    },
  ];
}

/** Loads what draws maps. */
export async function drawing(): Promise<typeof import("maplibre-gl")> {
  const library = await import("maplibre-gl");
  library.setWorkerUrl(MAP_WORKER);
  library.prewarm();
  return library;
}

/** Makes a map that asks nobody but this program, and that begins within these bounds. */
export async function map(container: HTMLElement, ground: Ground, bounds: LngLatBoundsLike | null): Promise<MapLibre> {
  const library = await drawing();
  const made = new library.Map({
    container,
    style: style(ground),
    ...(bounds ? { bounds, fitBoundsOptions: { padding: 40, maxZoom: 9 } } : { center: [39.2, 35.4], zoom: 5.4 }),
    minZoom: 2.5,
    maxZoom: 13,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    locale: {
      "Map.Title": t("map.title"),
      "NavigationControl.ZoomIn": t("map.in"),
      "NavigationControl.ZoomOut": t("map.out"),
    },
  });
  made.touchZoomRotate.disableRotation();
  made.addControl(new library.NavigationControl({ showCompass: false }), current() === "ar" ? "top-left" : "top-right");
  // Layers are added before anything is drawn, so that nothing is drawn twice.
  await new Promise<void>((done) => made.once("style.load", () => done()));
  return made;
}
