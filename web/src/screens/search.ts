// Reports by the words and names in them, with facets.

import { address, get, type Names, type Schemas } from "../api";
import { bdi, h } from "../dom";
import { count, date, name, number, t, type } from "../i18n";
import type { View, Visit } from "../main";
import { Marked, paint } from "../parts/marks";
import { more } from "../parts/more";
import { reportCard } from "./reports";

export async function search(visit: Visit): Promise<View> {
  const q = visit.query.get("q") ?? "";
  const within = (visit.query.get("within") ?? "").split(" ").filter(Boolean);
  const query = { q, within: within.join(" ") };
  const found = await get("/api/v1/search", query);
  const names = found.names;
  const input = h("input", {
    type: "search",
    name: "words",
    value: q,
    dir: "auto",
    maxlength: 500,
    "aria-label": t("app.search"),
    placeholder: t("app.search"),
  });
  const marks: Range[] = [];
  const card = (report: Schemas["Found"], names: Names): HTMLElement => {
    const words = h("span");
    const marked = new Marked(words, report.excerpt.text);
    marks.push(...report.excerpt.marks.map((mark) => marked.range(mark)));
    paint("found", marks);
    return reportCard(report, names, words);
  };
  visit.signal.addEventListener("abort", () => paint("found", []));
  const list = h("div", { class: "list" }, found.items.map((report) => card(report, names)));
  const toggle = (facet: string) =>
    visit.ask({ within: within.includes(facet) ? within.filter((one) => one !== facet).join(" ") : [...within, facet].join(" ") });
  const body = h(
    "div",
    { class: "searching" },
    h(
      "div",
      { class: "column" },
      h("h1", { tabindex: -1 }, t("search.title")),
      h(
        "form",
        {
          class: "big-search",
          role: "search",
          "aria-label": t("search.title"),
          onsubmit: (event: Event) => {
            event.preventDefault();
            visit.ask({ q: input.value.trim() });
          },
        },
        input,
        h("button", { type: "submit" }, t("search.title")),
      ),
      h("p", { class: "faint small" }, t("search.hint")),
      h(
        "p",
        { class: "lead", role: "status" },
        count("search.results", found.total),
        within.map((facet) => {
          const said = facetName(facet, names);
          return h(
            "button",
            { type: "button", class: "chip", "aria-label": t("search.remove", { name: said }), onclick: () => toggle(facet) },
            bdi(said),
            " ×",
          );
        }),
      ),
      list,
      more(found.next, list, async (cursor) => {
        const next = await get("/api/v1/search", { ...query, cursor });
        return { next: next.next, elements: next.items.map((report) => card(report, next.names)) };
      }),
    ),
    h(
      "aside",
      { class: "facets", "aria-label": t("search.facets") },
      h("h2", null, t("search.facets")),
      found.facets
        .filter(({ values }) => values.length > 0)
        .map(({ facet, values }) =>
          h(
            "fieldset",
            null,
            h("legend", null, t(`facet.${facet}`)),
            values.map((value) => {
              const key = `${facet}:${value.key}`;
              return h(
                "label",
                null,
                h("input", { type: "checkbox", checked: within.includes(key), onchange: () => toggle(key) }),
                bdi(facetName(key, names)),
                h("span", { class: "count" }, number(value.count)),
              );
            }),
          ),
        ),
    ),
  );
  return { title: q || t("search.title"), json: address("/api/v1/search", query), body };
}

/** Names a facet such as `actor:sdf` or `type:toll/killed`. */
function facetName(key: string, names: Names): string {
  const [facet = "", ...rest] = key.split(":");
  const value = rest.join(":");
  if (facet === "date" || facet === "published") return date(value);
  if (facet === "kind" || facet === "modality") return t(`${facet}.${value}`);
  if (facet === "type") {
    const [kind = "", claimType = ""] = value.split("/");
    return type(kind, claimType);
  }
  return name(value, names).replaceAll("_", " ");
}
