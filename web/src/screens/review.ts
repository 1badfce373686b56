// The claims that wait for a reader, the ones first that most is learned from; keyboard first.

import { address, get, whoami } from "../api";
import { h } from "../dom";
import { number, t } from "../i18n";
import { link, type View, type Visit } from "../main";
import { Desk } from "../review/desk";
import { patient } from "./incidents";

export const LISTS = ["open", "second", "disagreement", "done"] as const;

/** Who reads at this desk, where the case has no users. */
export function reviewer(): string | undefined {
  return localStorage.getItem("reviewer") ?? undefined;
}

export async function review(visit: Visit): Promise<View> {
  const list = LISTS.find((one) => one === visit.query.get("list")) ?? "open";
  const me = await whoami();
  const query = {
    list,
    kind: visit.query.get("kind") ?? undefined,
    reviewer: me?.has_users ? undefined : reviewer(),
    limit: 50,
  };
  const page = await patient(() => get("/api/v1/review", query), visit.signal);
  const desk = new Desk(page, query, visit.signal);
  const counts = {
    open: page.progress.open,
    second: page.progress.once,
    disagreement: page.progress.disagreed,
    done: page.progress.agreed + page.progress.adjudicated,
  };
  const body = h(
    "div",
    { class: "reviewing" },
    h(
      "header",
      { class: "review-head" },
      h("h1", { tabindex: -1 }, t("review.title")),
      h("p", { class: "lead" }, t(`review.lead.${list}`)),
      h(
        "nav",
        { class: "lists", "aria-label": t("review.lists") },
        LISTS.map((one) =>
          h("a", { href: link("review", "", { list: one, kind: query.kind }), "aria-current": one === list ? "true" : null }, t(`review.list.${one}`), " ", h("span", { class: "count" }, number(counts[one]))),
        ),
      ),
      !me?.has_users && who(visit),
      desk.progress,
    ),
    desk.element,
  );
  desk.start();
  return { title: t("review.title"), json: address("/api/v1/review", query), body, width: "wide" };
}

/** Two readers may share one desk. */
function who(visit: Visit): HTMLElement {
  const input = h("input", {
    type: "text",
    value: reviewer() ?? "",
    placeholder: t("review.who.none"),
    maxlength: 80,
    dir: "auto",
    onchange: () => {
      const given = input.value.trim();
      if (given) localStorage.setItem("reviewer", given);
      else localStorage.removeItem("reviewer");
      visit.ask({});
    },
  });
  return h("label", { class: "who" }, h("span", null, t("review.who")), input);
}
