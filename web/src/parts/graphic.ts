// Words that may be hard to read stay folded until somebody wants them.

import { h } from "../dom";
import { t } from "../i18n";

/** Executions are often told in all their detail. */
const HARD = ["event/execution"];

/** Whether hard words are folded; who reads them all day may turn it off. */
export function folds(): boolean {
  return localStorage.getItem("graphic") !== "shown";
}

export function toggleFolds(): void {
  localStorage.setItem("graphic", folds() ? "shown" : "folded");
}

export function isHard({ kind, type }: { kind: string; type: string }): boolean {
  return HARD.includes(`${kind}/${type}`);
}

/** Puts words behind a button if they are hard. */
export function folded(words: HTMLElement, hard: boolean, open: () => void = () => undefined): HTMLElement {
  if (!hard || !folds()) return words;
  const box = h("div", { class: "folded" });
  const button = h(
    "button",
    {
      type: "button",
      class: "unfold",
      onclick: (event: Event) => {
        event.stopPropagation();
        box.replaceWith(words);
        open();
      },
    },
    t("graphic.show"),
  );
  box.append(h("p", null, t("graphic.note")), button);
  return box;
}
