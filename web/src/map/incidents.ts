// Incidents by kind and by how exactly they are placed: what is only told of an area has no pin.

import type { GeoJSONSource, Map as MapLibre, MapGeoJSONFeature } from "maplibre-gl";
import type { Feature } from "geojson";
import { get, type Schemas } from "../api";
import { bdi, h } from "../dom";
import { count, edtf, number, t, type } from "../i18n";
import { link } from "../main";
import { patient } from "../screens/incidents";
import { colours, names as labels } from "../parts/ground";
import { type Ask, KINDS, type Layer, note, POINTS, points, rgb, said, type Weighed } from "./shared";

type Point = Schemas["Point"];

/** So many are listed beside the map. */
const LISTED = 60;

export class IncidentLayer implements Layer {
  private map!: MapLibre;
  private all: Point[] = [];
  private months: string[] = [];
  private readonly list = h("div", { class: "incident-places" });
  private readonly summary = h("p", { class: "faint small", role: "status" });

  constructor(private readonly of: Ask) {}

  async ask(): Promise<Weighed[]> {
    const kind = this.of.visit.query.get("kind") ?? undefined;
    const found = await patient(() => get("/api/v1/incident-points", { kind }), this.of.visit.signal);
    this.all = found.points;
    return this.all.map((point) => ({ ...point, weight: point.documents }));
  }

  start(map: MapLibre): void {
    const kind = this.of.visit.query.get("kind") ?? undefined;
    this.map = map;
    this.months = [...new Set(this.all.flatMap((point) => monthOf(point) ?? []))].toSorted();
    this.layers();
    this.of.side.replaceChildren(
      this.kinds(kind),
      this.slider(),
      h("ul", { class: "legend" }, KINDS.slice(0, 4).map((one) => h("li", { class: one }, h("span", { class: "dot", "aria-hidden": "true" }), t(`kind.${one}`)))),
      this.summary,
      this.list,
    );
    this.show();
  }

  private kinds(kind: string | undefined): HTMLElement {
    const chosen = (event: Event) => this.of.visit.ask({ kind: (event.target as HTMLSelectElement).value || null });
    return h(
      "label",
      { class: "choice" },
      h("span", null, t("timeline.kind")),
      h(
        "select",
        { onchange: chosen },
        h("option", { value: "" }, t("app.all")),
        KINDS.map((one) => h("option", { value: one, selected: one === kind }, t(`kind.${one}`))),
      ),
    );
  }

  /** All months, or one of them. */
  private slider(): HTMLElement {
    const at = this.months.indexOf(this.of.visit.query.get("month") ?? "") + 1;
    const shown = h("output");
    const input = h("input", { type: "range", min: 0, max: this.months.length, value: at, "aria-label": t("timeline.month") });
    const tell = () => {
      const month = this.months[Number(input.value) - 1];
      const words = month ? edtf(month) : t("map.always");
      shown.replaceChildren(bdi(words));
      input.setAttribute("aria-valuetext", words);
      return month ?? null;
    };
    input.addEventListener("input", () => {
      note(this.of.visit, "month", tell());
      this.show();
    });
    tell();
    return h("label", { class: "slider" }, h("span", null, t("timeline.month")), shown, input);
  }

  private layers(): void {
    const { map } = this;
    const { halo } = colours();
    const tone = (one: string) => rgb(getComputedStyle(document.documentElement).getPropertyValue(`--${one}`).trim());
    const tones = KINDS.flatMap((kind) => [kind, tone(kind)]);
    map.addLayer({ id: "told-units", type: "fill", source: "units", filter: ["in", ["get", "id"], ["literal", []]], paint: { "fill-color": tone("event"), "fill-opacity": 0.14 } }, "unit-lines");
    map.addSource("incidents", { type: "geojson", data: points([]) });
    map.addLayer({
      id: "incidents",
      type: "circle",
      source: "incidents",
      layout: { "circle-sort-key": ["-", 0, ["get", "documents"]] },
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "documents"]], 1, 3.6, 6, 15],
        "circle-color": ["match", ["get", "kind"], ...tones, "#888"] as unknown as string,
        "circle-opacity": 0.68,
        "circle-stroke-color": halo,
        "circle-stroke-width": 0.8,
      },
    });
    for (const layer of labels()) map.addLayer(layer);
    map.on("click", "incidents", (event) => this.open(event.features ?? []));
    map.on("mouseenter", "incidents", () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", "incidents", () => (map.getCanvas().style.cursor = ""));
  }

  private show(): void {
    const month = this.of.visit.query.get("month");
    const now = month ? this.all.filter((point) => monthOf(point) === month) : this.all;
    const exact = now.filter((point) => POINTS.includes(point.precision));
    const wide = now.filter((point) => !POINTS.includes(point.precision));
    const features = exact.map(
      (point, i): Feature => ({
        type: "Feature",
        properties: { i, kind: point.type.split("/")[0], documents: point.documents, id: point.id },
        geometry: { type: "Point", coordinates: [point.lon, point.lat] },
      }),
    );
    (this.map.getSource("incidents") as GeoJSONSource).setData(points(features));
    const units = [...new Set(wide.flatMap((point) => (point.place && this.of.units.has(point.place) ? [point.place] : [])))];
    this.map.setFilter("told-units", ["in", ["get", "id"], ["literal", units]]);
    this.summary.replaceChildren(t("map.precision", { exact: number(exact.length), wide: number(wide.length) }));
    this.tell(now);
  }

  /** The same as a list, those that most reports tell of first. */
  private tell(now: Point[]): void {
    this.list.replaceChildren(
      h("ol", { class: "told-places" }, now.slice(0, LISTED).map(entry)),
      now.length > LISTED ? h("p", { class: "faint small" }, t("map.listed", { n: number(LISTED) })) : "",
    );
  }

  /** Lists what lies under the pointer. */
  private open(features: MapGeoJSONFeature[]): void {
    const ids = new Set(features.map((feature) => String(feature.properties["id"])));
    this.tell(this.all.filter((point) => ids.has(point.id)));
    this.of.side.scrollIntoView({ block: "end" });
  }
}

function monthOf({ time }: Point): string | null {
  return /^\d{4}-\d{2}/.exec(time ?? "")?.[0] ?? null;
}

function entry(point: Point): HTMLElement {
  const [kind = "", claimType = ""] = point.type.split("/");
  return h(
    "li",
    { class: kind },
    h("span", { class: "dot", "aria-hidden": "true" }),
    h("a", { href: link("incidents", point.id) }, type(kind, claimType), " · ", bdi(said(point))),
    h("span", { class: "faint small count" }, count("reports.count", point.documents)),
    h("span", { class: "faint small whole" }, t(`precision.${point.precision}`), point.time && [" · ", bdi(edtf(point.time))]),
  );
}
