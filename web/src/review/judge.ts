// Whether claims are about one happening: taken out of an incident, or put together with another.

import { get, type Names, type Schemas, send } from "../api";
import { bdi, h } from "../dom";
import { count, edtf, name, t, type } from "../i18n";
import { ask } from "./ask";

type Incident = Schemas["Incident"];

/** Asks what is the same or different, and says so; `null` if it was given up. */
export async function judge(
  verdict: "same" | "different",
  item: Schemas["Page_QueuedClaim"]["items"][number],
  names: Names,
  reviewer: string | undefined,
): Promise<Schemas["Act"] | null> {
  const { claim, incident } = item;
  if (verdict === "different") {
    if (!incident) return null;
    const given = await ask(t("review.different.ask"), h("p", { class: "faint" }, t("review.different.note")), () => null, true);
    if (!given) return null;
    return send("post", "/api/v1/judgements", { different: [claim.id], from: [incident], reason: given.reason, reviewer: reviewer ?? null });
  }
  const place = claim.place?.[0]?.id;
  const page = await get("/api/v1/incidents", { place, limit: 30 });
  Object.assign(names, page.names);
  const others = page.items.filter(({ id }) => id !== incident);
  const boxes = others.map((other, i) => ({ other, box: h("input", { type: "radio", name: "incident", value: other.id, checked: i === 0 }) }));
  const list = h(
    "div",
    { class: "choosing" },
    others.length === 0 && h("p", { class: "faint" }, t("review.same.none")),
    boxes.map(({ other, box }) => h("label", null, box, h("span", null, ...described(other, names)))),
  );
  const chosen = () => boxes.find(({ box }) => box.checked)?.other.id;
  const given = await ask(t("review.same.ask"), list, chosen, true);
  if (!given?.value) return null;
  return send("post", "/api/v1/judgements", { same: [incident ?? claim.id, given.value], reason: given.reason, reviewer: reviewer ?? null });
}

function described(one: Incident, names: Names): (Node | string)[] {
  return [
    h("strong", null, type(one.kind, one.type)),
    " ",
    bdi(one.place?.name ?? ""),
    " ",
    h("span", { class: "faint small" }, one.time ? bdi(edtf(one.time)) : "", " · ", count("reports.count", one.documents.length), one.agents[0] ? [" · ", bdi(name(one.agents[0], names))] : null),
  ];
}
