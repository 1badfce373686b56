// Where things are told to have happened, and who is said to hold what, as of a day and as known on one.

import { address } from "../api";
import { h } from "../dom";
import { t } from "../i18n";
import type { View, Visit } from "../main";
import { ClaimLayer } from "../map/claims";
import { asked, ControlLayer } from "../map/control";
import { IncidentLayer } from "../map/incidents";
import { bounds, type Layer } from "../map/shared";
import { drawing, load, map as draw, units } from "../parts/ground";

const LAYERS = { control: ControlLayer, incidents: IncidentLayer, claims: ClaimLayer };
type Mode = keyof typeof LAYERS;

function twin(mode: Mode, visit: Visit): string {
  const kind = visit.query.get("kind") ?? undefined;
  if (mode === "control") return address("/api/v1/control", asked(visit));
  return mode === "incidents" ? address("/api/v1/incident-points", { kind }) : address("/api/v1/places", { kind });
}

export async function map(visit: Visit): Promise<View> {
  const wanted = visit.query.get("mode") ?? "control";
  const mode: Mode = wanted in LAYERS ? (wanted as Mode) : "control";
  const ground = await load();
  const container = h("div", { class: "map" });
  const side = h("div", { class: "map-side", "aria-live": "polite" }, h("p", { class: "faint" }, t("app.loading")));
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
        Object.keys(LAYERS).map((one) =>
          h("button", { type: "button", "aria-pressed": String(one === mode), onclick: () => visit.ask({ mode: one }) }, t(`map.${one}`)),
        ),
      ),
      side,
      h("p", { class: "faint small" }, t("map.credit")),
    ),
    container,
  );
  const known = new Set(units(ground).keys());
  const layer: Layer = new LAYERS[mode]({ side, visit, units: known });
  const later = async () => {
    try {
      const [places] = await Promise.all([layer.ask(), drawing()]);
      if (visit.signal.aborted) return;
      const made = await draw(container, ground, bounds(places));
      visit.signal.addEventListener("abort", () => made.remove());
      if (visit.signal.aborted) return;
      layer.start(made);
      await made.once("idle");
      container.dataset["ready"] = "true";
    } catch (error) {
      // Without WebGL the list beside the map still tells everything.
      console.warn(error);
      container.replaceChildren(h("p", { class: "faint" }, t("map.none")));
    }
  };
  queueMicrotask(() => void later());
  return { title: t("map.title"), json: twin(mode, visit), body, width: "full" };
}
