// What the layers of the map share.

import type { Map as MapLibre } from "maplibre-gl";
import type { Feature, FeatureCollection } from "geojson";
import { h } from "../dom";
import { current } from "../i18n";
import type { Visit } from "../main";

/** Precisions that a point stands for; anything wider is an area and never a pin. */
export const POINTS = ["site", "neighbourhood", "village", "town"];
export const KINDS = ["event", "control", "toll", "damage", "agreement", "relation", "statement", "outlook"];

/** What a layer gets: the map, the panel beside it, and the units that have an outline. */
export interface Ask {
  map: MapLibre;
  side: HTMLElement;
  visit: Visit;
  units: Set<string>;
}

/** Sets a part of the question without going anywhere. */
export function note(visit: Visit, key: string, value: string | null): void {
  if (value) visit.query.set(key, value);
  else visit.query.delete(key);
  history.replaceState(null, "", `${location.pathname}?${visit.query.toString()}`);
}

export function said(place: { name: string; name_en?: string | null }): string {
  return current() === "ar" ? place.name : (place.name_en ?? place.name);
}

export function points(features: Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features };
}

/** Shows where most is told of; the few that lie far away are left out. */
export function fit(map: MapLibre, places: { lat: number; lon: number; precision: string; weight: number }[]): void {
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

/** Resolves a colour of the style sheet, which may depend on light and dark. */
export function rgb(value: string): string {
  const probe = h("span");
  probe.style.color = value;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
