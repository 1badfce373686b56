// What stands around every screen: the bar above, the line below.

import { signOut, whoami } from "../api";
import { bdi, h } from "../dom";
import { current, t, toggleDigits } from "../i18n";
import { go, link } from "../main";
import { toggleFolds } from "./graphic";

/** Who may see it; everybody the others. */
const FOR: Record<string, string[]> = {
  review: ["reviewer", "editor", "admin"],
  ingest: ["editor", "admin"],
  audit: ["reviewer", "editor", "admin"],
  users: ["admin"],
};

export const NAV = ["overview", "reports", "incidents", "map", "timeline", "sources", "review", "ingest", "audit", "users"];

interface Frame {
  main: HTMLElement;
}

let shown: { language: string; frame: Frame } | null = null;

/** Draws the frame anew if the language changed. */
export function frame(screen: string): Frame {
  const key = `${current()} ${document.documentElement.dataset["digits"] ?? ""}`;
  if (shown?.language === key) {
    choose(screen);
    return shown.frame;
  }
  const main = h("main", { id: "main", class: "main" });
  const app = document.getElementById("app");
  app?.replaceChildren(
    h("a", { class: "skip", href: "#main" }, t("app.skip")),
    bar(),
    main,
    foot(),
  );
  shown = { language: key, frame: { main } };
  void admit();
  choose(screen);
  return shown.frame;
}

/** Shows what whoever is here may do, and who that is. */
export async function admit(): Promise<void> {
  // Who is not let in yet is shown the door by the screen.
  const me = await whoami().catch(() => null);
  for (const anchor of document.querySelectorAll<HTMLElement>("nav.screens a")) {
    const roles = FOR[anchor.dataset["screen"] ?? ""];
    anchor.hidden = roles !== undefined && !(me && roles.includes(me.role));
  }
  const who = document.querySelector(".whoami");
  const leave = () => void signOut().then(() => go(location.pathname));
  if (me?.has_users) who?.replaceChildren(bdi(me.user), " ", h("button", { type: "button", class: "plain", onclick: leave }, t("login.out")));
  else who?.replaceChildren();
}

function choose(screen: string): void {
  for (const anchor of document.querySelectorAll<HTMLElement>("nav.screens a")) {
    const is = anchor.dataset["screen"] === screen;
    if (is) anchor.setAttribute("aria-current", "page");
    else anchor.removeAttribute("aria-current");
  }
  const asked = document.querySelector<HTMLInputElement>(".bar input[name=q]");
  if (asked && screen !== "search") asked.value = "";
}

/** Sets what belongs to the screen that is shown: its twin, and itself in the other language. */
export function mark(screen: string, json: string): void {
  document.querySelector("a.json")?.setAttribute("href", json);
  const other = current() === "ar" ? "en" : "ar";
  const here = location.pathname.replace(/^\/\w+/, `/${other}`) + location.search;
  document.querySelector("a.language")?.setAttribute("href", here);
  choose(screen);
}

function bar(): HTMLElement {
  const input = h("input", {
    type: "search",
    name: "q",
    placeholder: t("app.search"),
    "aria-label": t("app.search"),
    dir: "auto",
    autocomplete: "off",
    maxlength: 500,
  });
  const form = h(
    "form",
    {
      role: "search",
      class: "asking",
      onsubmit: (event: Event) => {
        event.preventDefault();
        go(link("search", "", { q: input.value.trim() }));
      },
    },
    input,
  );
  const other = current() === "ar" ? "en" : "ar";
  return h(
    "header",
    { class: "bar" },
    h(
      "div",
      { class: "bar-inner" },
      h("a", { class: "brand", href: link("overview") }, logo(), h("span", null, t("app.name"))),
      h(
        "nav",
        { class: "screens", "aria-label": t("app.name") },
        NAV.map((screen) => h("a", { href: link(screen), "data-screen": screen }, t(`nav.${screen}`))),
      ),
      form,
      h(
        "a",
        {
          class: "language",
          lang: other,
          href: `/${other}/overview`,
          onclick: () => localStorage.setItem("language", other),
        },
        t("app.language"),
      ),
    ),
  );
}

function logo(): HTMLElement {
  return h("img", { src: "/icon.svg", alt: "", width: 28, height: 28 });
}

function foot(): HTMLElement {
  return h(
    "footer",
    { class: "foot" },
    h("a", { class: "json", href: "/api/v1/overview", target: "_blank" }, t("app.json")),
    h("a", { href: "/api/v1/openapi.json", target: "_blank" }, t("app.api")),
    h(
      "button",
      {
        type: "button",
        class: "plain",
        onclick: () => {
          toggleDigits();
          document.documentElement.dataset["digits"] = localStorage.getItem("digits") ?? "";
          go(location.pathname + location.search);
        },
      },
      t("app.digits"),
    ),
    h(
      "button",
      {
        type: "button",
        class: "plain graphic",
        onclick: () => {
          toggleFolds();
          go(location.pathname + location.search);
        },
      },
      t("app.graphic"),
    ),
    h("span", { class: "faint" }, t("app.offline")),
    h("span", { class: "whoami" }),
  );
}
