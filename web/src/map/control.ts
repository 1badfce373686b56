// Who is said to hold what, as of a day, as known on one, and by whose word.

import type { ExpressionSpecification, GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import { get, type Names, type Schemas } from "../api";
import { bdi, h } from "../dom";
import { count, date, name, number, percent, t } from "../i18n";
import { link, type Visit } from "../main";
import { names as labels } from "../parts/ground";
import { dot, hatch } from "../parts/stripes";
import { type Ask, type Layer, note, POINTS, points, said, type Weighed } from "./shared";

type Control = Schemas["Control"];
type Held = Schemas["ControlledPlace"];

const PARTIES = ["#c9a227", "#7b2d43", "#4a4a4a", "#2f6f9f", "#2f7d4f", "#b5532a", "#6a4c93", "#1b9aaa", "#8a8d2b", "#a05195"];

/** What is asked of the API. */
export function asked(visit: Visit): { as_of?: string; known_on?: string } {
  const [as_of, known_on] = [visit.query.get("as_of"), visit.query.get("known_on")];
  return { ...(as_of ? { as_of } : {}), ...(known_on ? { known_on } : {}) };
}

/** Who holds what. */
export class ControlLayer implements Layer {
  private map!: MapLibre;
  private palette = new Map<string, string>();
  private readonly list = h("div", { class: "held-list" });
  private readonly legend = h("ul", { class: "legend" });
  private readonly origins = h("select", { onchange: () => this.heed(this.origins.value) });
  private now!: Control;

  constructor(private readonly of: Ask) {}

  async ask(): Promise<Weighed[]> {
    this.now = await get("/api/v1/control", asked(this.of.visit));
    return this.now.places.map((place) => ({ ...place, weight: 1 }));
  }

  start(map: MapLibre): void {
    const { now } = this;
    this.map = map;
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
    const choice = h("label", { class: "choice" }, h("span", null, t("map.origin")), this.origins);
    this.of.side.replaceChildren(this.sliders(now), choice, this.legend, this.list);
    this.take(now);
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
    note(this.of.visit, key, day);
    this.take(await get("/api/v1/control", asked(this.of.visit)));
  }

  /** Shows only what one origin says, or all of them. */
  private heed(origin: string): void {
    note(this.of.visit, "origin", origin);
    this.show(this.now);
  }

  private take(now: Control): void {
    this.now = now;
    const words = now.places.flatMap((place) => place.words);
    const counted = Map.groupBy(words, (word) => word.origin);
    const chosen = this.of.visit.query.get("origin") ?? "";
    if (chosen && !counted.has(chosen)) counted.set(chosen, []);
    const sorted = [...counted].toSorted(([, a], [, b]) => b.length - a.length);
    this.origins.replaceChildren(
      h("option", { value: "" }, t("map.origin.all")),
      ...sorted.map(([id, some]) => h("option", { value: id, selected: id === chosen }, `${name(id, now.names)} (${number(some.length)})`)),
    );
    this.show(now);
  }

  /** The places as one origin tells them. */
  private heard(now: Control): Held[] {
    const origin = this.of.visit.query.get("origin");
    if (!origin) return now.places;
    return now.places.flatMap((place) => {
      const words = place.words.filter((word) => word.origin === origin);
      if (words.length === 0) return [];
      const holders = [...new Set(words.flatMap((word) => word.holders))];
      const losers = [...new Set(words.flatMap((word) => word.lost_by ?? []))];
      const isPart = words.every((word) => (word.share?.[1] ?? 1) < 1);
      const state = holders.length === 0 ? "lost" : isPart || holders.length > words[0]!.holders.length ? "contested" : "held";
      return [{ ...place, words, state, parties: holders.length > 0 ? holders : losers }];
    });
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
    const places = this.heard(now);
    const icon = (place: Held): string => {
      const key = `${place.state}:${place.parties.join("|")}`;
      if (!this.map.hasImage(key)) this.map.addImage(key, dot(this.shades(place), place.state === "lost"), { pixelRatio: 1.4 });
      return key;
    };
    const exact = places.filter((place) => POINTS.includes(place.precision));
    const wide = places.filter((place) => this.of.units.has(place.id) && !POINTS.includes(place.precision));
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
    this.tell(places, now.names);
  }

  /** Tells the same as a list. */
  private tell(places: Held[], names: Names): void {
    this.legend.replaceChildren(
      ...[...new Set(places.flatMap((place) => place.parties))].slice(0, 8).map((party) => {
        const patch = h("span", { class: "patch" });
        patch.style.background = this.colour(party);
        return h("li", null, patch, bdi(name(party, names)));
      }),
      h("li", null, h("span", { class: "patch striped" }), t("map.contested")),
      h("li", null, h("span", { class: "patch ring" }), t("map.lost")),
    );
    this.list.replaceChildren(
      h("p", { class: "faint small" }, count("map.places", places.length)),
      ...places
        .toSorted((a, b) => Number(b.state === "contested") - Number(a.state === "contested") || said(a).localeCompare(said(b)))
        .map((place) => this.entry(place, names)),
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

