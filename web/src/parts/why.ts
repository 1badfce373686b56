// How a claim came about.

import { ApiError, get } from "../api";
import { bdi, h, ltr } from "../dom";
import { t } from "../i18n";

/** Shows or hides how a claim came about. */
export async function why(id: string, box: HTMLElement, button: HTMLElement): Promise<void> {
  const opens = box.hidden;
  box.hidden = !opens;
  button.setAttribute("aria-expanded", String(opens));
  button.textContent = t(opens ? "reader.close" : "reader.why");
  if (!opens || box.childElementCount > 0) return;
  try {
    const told = await get("/api/v1/claims/{id}/why", undefined, id);
    const own = told.trials.filter((trial) => trial.claim === id);
    const others = told.trials.filter((trial) => trial.claim !== id);
    box.replaceChildren(
      told.is_stale ? h("p", { class: "notice" }, t("reader.stale")) : "",
      h("p", null, h("span", { class: "faint" }, t("reader.rule"), " "), ltr(told.rule, "code")),
      h("h3", null, t("reader.trials")),
      h(
        "ul",
        { class: "trials" },
        [...own, ...others].map((trial) =>
          h(
            "li",
            { class: trial.claim === id ? "fired" : trial.claim ? "fired-other" : "rejected" },
            bdi(trial.trigger.exact, "trigger"),
            " ",
            ltr(trial.rule, "code"),
            " ",
            h(
              "span",
              { class: "faint" },
              trial.claim === id ? t("reader.fired") : trial.claim ? t("reader.fired.other") : ltr(trial.reason ?? ""),
            ),
          ),
        ),
      ),
      h("h3", null, t("reader.clauses")),
      h(
        "ul",
        { class: "clauses" },
        told.clauses.map((clause) =>
          h("li", null, ltr(clause.kind, "code"), " ", h("span", { lang: "ar", dir: "auto" }, clause.words.exact)),
        ),
      ),
      h("h3", null, t("reader.features")),
      h(
        "p",
        { class: "features" },
        told.features.map((feature) => [ltr(feature, "code"), " "]),
      ),
    );
  } catch (error) {
    box.replaceChildren(h("p", { role: "alert" }, error instanceof ApiError ? ltr(error.message) : t("app.error")));
  }
}
