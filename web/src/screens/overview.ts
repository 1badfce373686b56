// What came in, from whom, when; what failed; what most is told of.

import { address, get, whoami } from "../api";
import { bdi, type Child, h, ltr } from "../dom";
import { current, date, name, number, t, type } from "../i18n";
import { link, type View, type Visit } from "../main";
import { bars } from "../parts/bars";
import { columns } from "../parts/columns";
import { incidentCard, patient } from "./incidents";
import { reportCard } from "./reports";

const SHOWN = 8;

export async function overview(visit: Visit): Promise<View> {
  const { role } = await whoami();
  const [all, failed, latest] = await Promise.all([
    get("/api/v1/overview"),
    // What was received is not for everybody.
    role === "viewer" ? { items: [] } : get("/api/v1/items", { state: "failed", limit: 5 }),
    get("/api/v1/documents", { limit: 5 }),
  ]);
  const failures = all.states.find((state) => state.key === "failed")?.count ?? 0;
  const [first, last] = [all.days[0]?.key, all.days.at(-1)?.key];
  const body = h(
    "div",
    { class: "overview" },
    h(
      "header",
      { class: "hero" },
      h("h1", { tabindex: -1 }, bdi(all.name)),
      h("p", null, t("app.tagline")),
      first && last && h("p", { class: "faint" }, t("overview.period", { first: date(first), last: date(last) })),
    ),
    h(
      "dl",
      { class: "figures" },
      figure("overview.documents", all.documents, link("reports")),
      figure("overview.claims", all.claims, link("timeline")),
      figure("overview.sources", all.outlets.filter((outlet) => outlet.key).length, link("sources")),
      figure("overview.failed", failures, null, failures > 0 ? "bad" : ""),
    ),
    h(
      "div",
      { class: "panels" },
      panel(
        "overview.arrived",
        columns(
          all.days.map((day) => ({ ...day, href: link("reports", "", { since: day.key, until: day.key }) })),
          t("overview.arrived"),
        ),
        "span-2",
      ),
      panel("overview.incidents", gathered(visit), "span-2"),
      panel("overview.types", bars(
        all.types.slice(0, SHOWN).map(({ key, count }) => {
          const [kind = "", claimType = ""] = key.split("/");
          return { label: type(kind, claimType), count, href: link("timeline", "", { type: key }), className: kind };
        }),
        t("overview.types"),
      )),
      panel("overview.voices", [
        bars(
          all.sources.slice(0, SHOWN).map((source) => ({
            label: bdi(name(source.id, all.names, source.name)),
            count: source.originated,
            pale: source.relayed,
            href: link("sources", source.id),
          })),
          t("overview.voices"),
        ),
        h("p", { class: "faint small" }, t("overview.voices.note")),
      ]),
      panel("overview.places", bars(
        all.places.slice(0, SHOWN).map(({ key, count }) => ({
          label: bdi(name(key, all.names)),
          count,
          href: link("search", "", { within: `place:${key}` }),
        })),
        t("overview.places"),
      )),
      panel("overview.actors", bars(
        all.actors.slice(0, SHOWN).map(({ key, count }) => ({
          label: bdi(name(key, all.names)),
          count,
          href: link("search", "", { within: `actor:${key}` }),
        })),
        t("overview.actors"),
      )),
      panel("overview.outlets", bars(
        all.outlets.slice(0, SHOWN).map(({ key, count }) => ({
          label: bdi(key ? name(key, all.names) : t("app.unknown")),
          count,
          href: link("reports", "", { outlet: key }),
        })),
        t("overview.outlets"),
      )),
      panel("overview.modalities", bars(
        all.modalities.map(({ key, count }) => ({
          label: t(`modality.${key}`),
          count,
          href: link("search", "", { within: `modality:${key}` }),
        })),
        t("overview.modalities"),
      )),
      panel("overview.latest", h("div", { class: "list" }, latest.items.map((report) => reportCard(report, latest.names, undefined, "h3"))), "span-2"),
      failed.items.length > 0 &&
        panel("overview.failures", h(
          "ul",
          { class: "failures" },
          failed.items.map((item) => h("li", null, ltr(item.location, "path"), h("p", { class: "faint" }, ltr(item.reason ?? "")))),
        )),
    ),
    h("p", { class: "faint small head" }, t("overview.log", { n: number(all.entries), head: "" }), ltr(all.head, "hash")),
  );
  return { title: t("overview.title"), json: address("/api/v1/overview"), body };
}

/** The incidents that most reports tell of; they may take a while. */
function gathered(visit: Visit): HTMLElement {
  const list = h("div", { class: "incident-list" }, h("p", { class: "faint" }, t("app.loading")));
  const ask = () => get("/api/v1/incidents", { documents: 2, limit: 4 });
  void patient(ask, visit.signal).then(
    (page) => {
      const cards = page.items.map((one) => incidentCard(one, page.names, "h3"));
      list.replaceChildren(...(cards.length > 0 ? cards : [h("p", { class: "faint" }, t("app.none"))]));
    },
    () => list.replaceChildren(h("p", { class: "faint" }, t("app.none"))),
  );
  return list;
}

function figure(key: string, value: number, href: string | null, className = ""): HTMLElement {
  const shown = number(value);
  return h(
    "div",
    { class: `figure ${className}`, lang: current() },
    h("dt", null, t(key)),
    h("dd", null, href ? h("a", { href }, shown) : shown),
  );
}

function panel(key: string, content: Child, className = ""): HTMLElement {
  return h("section", { class: `panel ${className}` }, h("h2", null, t(key)), content);
}
