// The interface: which address shows which screen.

import { ApiError } from "./api";
import { h, ltr } from "./dom";
import { current, type Language, preferred, t, use } from "./i18n";
import { frame, mark } from "./parts/frame";
import { login } from "./screens/login";
import { SCREENS } from "./screens/index";

/** What a screen gets: the rest of the address, the question, and how to ask another. */
export interface Visit {
  id: string;
  query: URLSearchParams;
  /** Goes to the same screen with other questions; empty values are left out. */
  ask(changes: Record<string, string | null>): void;
  /** Is aborted when another screen is shown. */
  signal: AbortSignal;
}

/** What a screen gives. */
export interface View {
  title: string;
  /** The address of the same as JSON. */
  json: string;
  body: Node;
  /** Uses more of the width, or all of it. */
  width?: "wide" | "full";
}

export type Screen = (visit: Visit) => Promise<View>;

/** Writes the address of a screen. */
export function link(screen: string, id = "", query: Record<string, string | null | undefined> = {}): string {
  const path = `/${current()}/${screen}${id ? `/${encodeURIComponent(id)}` : ""}`;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  const asked = search.toString();
  return asked ? `${path}?${asked}` : path;
}

export function go(address: string): void {
  history.pushState(null, "", address);
  void show(true);
}

let leaving = new AbortController();

async function show(moves: boolean): Promise<void> {
  leaving.abort();
  const staying = (leaving = new AbortController());
  const [language, screen = "", ...rest] = location.pathname.split("/").slice(1);
  if (language !== "ar" && language !== "en") {
    history.replaceState(null, "", `/${preferred()}/overview`);
    return show(moves);
  }
  use(language as Language);
  const parts = frame(screen);
  const draw = SCREENS[screen] ?? SCREENS["overview"];
  parts.main.setAttribute("aria-busy", "true");
  const query = new URLSearchParams(location.search);
  const visit: Visit = {
    id: rest.map(decodeURIComponent).join("/"),
    query,
    ask(changes) {
      const next = new URLSearchParams(query);
      for (const [name, value] of Object.entries(changes)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      const asked = next.toString();
      go(asked ? `${location.pathname}?${asked}` : location.pathname);
    },
    signal: staying.signal,
  };
  const view = await (draw as Screen)(visit).catch(failed);
  if (staying.signal.aborted) return;
  document.title = `${view.title} · ${t("app.name")}`;
  parts.main.className = `main ${view.width ?? ""}`;
  parts.main.replaceChildren(view.body);
  parts.main.removeAttribute("aria-busy");
  mark(screen, view.json);
  if (moves) {
    window.scrollTo(0, 0);
    parts.main.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }
}

function failed(error: unknown): View {
  const known = error instanceof ApiError ? error : null;
  if (known?.status === 401) return login();
  if (!known) console.error(error);
  const body = h(
    "section",
    { class: "problem", role: "alert" },
    h("h1", { tabindex: -1 }, t("app.error")),
    h("p", null, ltr(known?.message ?? String(error))),
    known?.hint && h("p", { class: "faint" }, ltr(known.hint)),
  );
  return { title: t("app.error"), json: "/api/v1/overview", body };
}

document.addEventListener("click", (event) => {
  const anchor = (event.target as Element).closest?.("a");
  if (!anchor || event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const target = new URL(anchor.href, location.href);
  const isOurs = target.origin === location.origin && !target.pathname.startsWith("/api/");
  if (!isOurs || anchor.target || anchor.hasAttribute("download") || anchor.hash) return;
  event.preventDefault();
  go(target.pathname + target.search);
});
window.addEventListener("popstate", () => void show(false));
void show(false);
