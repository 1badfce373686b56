// A question in a dialog: a reason, and what else belongs to an act.

import { type Child, h } from "../dom";
import { t } from "../i18n";

const REASONS = ["who", "where", "when", "number", "said", "happened"];

/** Asks until it is answered or given up; `null` if it was given up. */
export function ask<A>(title: string, content: Child, answer: () => A, wantsReason: boolean): Promise<{ value: A; reason: string } | null> {
  const reason = h("input", {
    type: "text",
    name: "reason",
    list: "reasons",
    dir: "auto",
    maxlength: 2000,
    required: wantsReason,
    autocomplete: "off",
    "aria-label": t("review.reason"),
  });
  const dialog = h(
    "dialog",
    { class: "asking-act", "aria-label": title },
    h(
      "form",
      { method: "dialog" },
      h("h2", null, title),
      content,
      h("label", { class: "field" }, h("span", null, t(wantsReason ? "review.reason" : "review.reason.optional")), reason),
      h("datalist", { id: "reasons" }, REASONS.map((one) => h("option", { value: t(`reason.${one}`) }))),
      h(
        "div",
        { class: "buttons" },
        h("button", { type: "submit", value: "yes", class: "strong" }, t("review.do")),
        h("button", { type: "submit", value: "no", formnovalidate: true }, t("review.cancel")),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  if (!content) reason.focus();
  return new Promise((done) => {
    dialog.addEventListener("close", () => {
      const given = dialog.returnValue === "yes" ? { value: answer(), reason: reason.value.trim() } : null;
      dialog.remove();
      done(given);
    });
  });
}
