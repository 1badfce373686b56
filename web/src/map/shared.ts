// What the layers of the map share.

import type { LngLatBoundsLike, Map as MapLibre } from "maplibre-gl";
import type { Feature, FeatureCollection } from "geojson";
import { h } from "../dom";
import { current } from "../i18n";
import type { Visit } from "../main";

/** Precisions that a point stands for; anything wider is an area and never a pin. */
export const POINTS = ["site", "neighbourhood", "village", "town"];
export const KINDS = ["event", "control", "toll", "damage", "agreement", "relation", "statement", "outlook"];

/** What a layer gets: the panel beside the map, and the units that have an outline. */
export interface Ask {
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

/** A place with how much it counts. */
export interface Weighed {
  lat: number;
  lon: number;
  precision: string;
  weight: number;
}

/** What is shown on the map: it is asked for while the map is made, and the map begins where it is. */
export interface Layer {
  ask(): Promise<Weighed[]>;
  start(map: MapLibre): void;
}

/** Tells where most is told of; the few that lie far away are left out. */
export function bounds(places: Weighed[]): LngLatBoundsLike | null {
  const exact = places.filter((place) => POINTS.includes(place.precision));
  const all = exact.reduce((sum, place) => sum + place.weight, 0);
  if (all === 0) return null;
  const between = (value: (place: Weighed) => number): [number, number] => {
    const sorted = exact.toSorted((a, b) => value(a) - value(b));
    const at = (share: number): number => {
      let sum = 0;
      const found = sorted.find((place) => (sum += place.weight) >= share * all);
      return found ? value(found) : 0;
    };
    return [at(0.06) - 0.3, at(0.94) + 0.3];
  };
  const [west, east] = between(({ lon }) => lon);
  const [south, north] = between(({ lat }) => lat);
  return [[west, south], [east, north]];
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
