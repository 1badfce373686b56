// Where a report came from.

import type { Schemas } from "../api";
import { type Child, h, ltr } from "../dom";
import { moment, number, t } from "../i18n";

export function custody(items: Schemas["Item"][]): Child {
  if (items.length === 0) return null;
  return h(
    "details",
    { class: "custody" },
    h("summary", null, t("reader.custody")),
    items.map((item) =>
      h(
        "dl",
        null,
        row("item.state", t(`state.${item.state}`)),
        row("item.location", ltr(item.location)),
        row("item.received_at", h("time", { datetime: item.received_at }, moment(item.received_at))),
        item.collected_at && row("item.collected_at", moment(item.collected_at)),
        row("item.collector", ltr(item.collector)),
        row("item.tool", ltr(item.tool)),
        item.media_type && row("item.media_type", ltr(item.media_type)),
        item.encoding && row("item.encoding", ltr(`${item.encoding} (${item.encoding_by ?? ""})`)),
        item.published_by && row("item.published_by", t(`published_by.${item.published_by}`)),
        item.size !== undefined && item.size !== null && row("item.size", number(item.size)),
        item.sha256 && row("item.sha256", ltr(item.sha256, "hash")),
      ),
    ),
  );
}

function row(label: string, value: Child): HTMLElement {
  return h("div", null, h("dt", null, t(label)), h("dd", null, value));
}
