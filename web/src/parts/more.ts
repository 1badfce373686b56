// The next page of a list.

import { h } from "../dom";
import { t } from "../i18n";

interface Next {
  next: string | null | undefined;
  elements: Node[];
}

/** A button that appends the next page to `list`. */
export function more(
  cursor: string | null | undefined,
  list: Element,
  load: (cursor: string) => Promise<Next>,
): HTMLElement | null {
  if (!cursor) return null;
  let at = cursor;
  const button = h(
    "button",
    {
      type: "button",
      class: "more",
      onclick: async () => {
        button.disabled = true;
        const { next, elements } = await load(at);
        list.append(...elements);
        button.disabled = false;
        if (next) at = next;
        else button.remove();
      },
    },
    t("app.more"),
  );
  return button;
}
