// Who may come in, for who decides it.

import { address, ApiError, get, type Schemas, send, whoami } from "../api";
import { bdi, h, ltr } from "../dom";
import { t } from "../i18n";
import type { View, Visit } from "../main";

type User = Schemas["User"];

const ROLES = ["viewer", "reviewer", "editor", "admin"];

export async function users(visit: Visit): Promise<View> {
  const [{ users: all }, me] = await Promise.all([get("/api/v1/users"), whoami()]);
  const said = h("div", { class: "said", role: "status" });
  const act = async (work: () => Promise<unknown>, tell?: () => Node): Promise<void> => {
    try {
      await work();
      if (tell) said.replaceChildren(tell());
      else visit.ask({});
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      said.replaceChildren(h("p", { class: "bad", role: "alert" }, ltr(error.message), error.hint && [" — ", ltr(error.hint)]));
    }
  };
  const heads = ["name", "role", "tokens"];
  const body = h(
    "div",
    { class: "column broad users" },
    h("h1", { tabindex: -1 }, t("users.title")),
    h("p", { class: "lead" }, t("users.lead")),
    said,
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": t("users.title") },
      h(
        "table",
        { class: "table" },
        h("thead", null, h("tr", null, heads.map((head) => h("th", { scope: "col" }, t(`users.${head}`))), h("th", { scope: "col" }, h("span", { class: "hidden" }, t("users.change"))))),
        h("tbody", null, all.map((user) => row(user, me.user, act))),
      ),
    ),
    adding(act),
  );
  return { title: t("users.title"), json: address("/api/v1/users"), body };
}

type Act = (work: () => Promise<unknown>, tell?: () => Node) => Promise<void>;

function roles(chosen: string): HTMLSelectElement {
  return h("select", { name: "role" }, ROLES.map((role) => h("option", { value: role, selected: role === chosen }, t(`role.${role}`))));
}

function row(user: User, me: string, act: Act): HTMLElement {
  const role = roles(user.role);
  role.setAttribute("aria-label", `${t("users.role")}: ${user.name}`);
  role.addEventListener("change", () => void act(() => send("put", "/api/v1/users/{name}", { role: role.value, password: null }, user.name)));
  const remove = () => {
    if (confirm(t("users.remove.ask", { name: user.name }))) void act(() => send("delete", "/api/v1/users/{name}", undefined as never, user.name));
  };
  const renew = async () => {
    const password = await asked(t("users.newpassword.ask", { name: user.name }), "password", "new-password");
    if (!password) return;
    await act(() => send("put", "/api/v1/users/{name}", { role: null, password }, user.name), () => h("p", null, t("users.done")));
  };
  return h(
    "tr",
    null,
    h("th", { scope: "row" }, bdi(user.name), user.name === me && [" ", h("span", { class: "tag" }, t("users.you"))]),
    h("td", null, role),
    h("td", null, h("ul", { class: "tokens" }, user.tokens.map((token) => taken(user, token, act))), giving(user, act)),
    h(
      "td",
      null,
      h(
        "div",
        { class: "buttons" },
        h("button", { type: "button", onclick: () => void renew() }, t("users.newpassword")),
        h("button", { type: "button", onclick: remove }, t("users.remove")),
      ),
    ),
  );
}

function taken(user: User, token: Schemas["Token"], act: Act): HTMLElement {
  const take = () => void act(() => send("delete", "/api/v1/users/{name}/tokens/{no}", undefined as never, user.name, String(token.no)));
  return h("li", null, bdi(token.label), " ", h("button", { type: "button", class: "plain", onclick: take }, t("users.token.take")));
}

function giving(user: User, act: Act): HTMLElement {
  const give = async () => {
    const label = await asked(t("users.token.label"), "text", "off");
    if (!label) return;
    let made: Schemas["NewToken"] | null = null;
    const work = async () => (made = await send("post", "/api/v1/users/{name}/tokens", { label }, user.name));
    await act(work, () => h("div", { class: "panel" }, h("p", null, t("users.token.once")), h("code", { dir: "ltr", class: "token", tabindex: 0 }, made?.token ?? "")));
  };
  return h("button", { type: "button", class: "plain", onclick: () => void give() }, t("users.token.add"));
}

/** Asks for a line in a dialog; `null` if it was given up. */
function asked(title: string, kind: "text" | "password", complete: "new-password" | "off"): Promise<string | null> {
  const input = h("input", { type: kind, name: "asked", required: true, minlength: kind === "password" ? 12 : 1, maxlength: 1000, autocomplete: complete, dir: "auto", "aria-label": title });
  const dialog = h(
    "dialog",
    { class: "asking-act", "aria-label": title },
    h(
      "form",
      { method: "dialog" },
      h("h2", null, title),
      input,
      h("div", { class: "buttons" }, h("button", { type: "submit", value: "yes", class: "strong" }, t("review.do")), h("button", { type: "submit", value: "no", formnovalidate: true }, t("review.cancel"))),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => {
      const given = dialog.returnValue === "yes" ? input.value : null;
      dialog.remove();
      done(given);
    });
  });
}

function adding(act: Act): HTMLElement {
  const name = h("input", { type: "text", name: "name", required: true, maxlength: 100, dir: "auto", autocomplete: "off" });
  const password = h("input", { type: "password", name: "password", required: true, minlength: 12, maxlength: 1000, autocomplete: "new-password" });
  const role = roles("reviewer");
  const may = h("p", { class: "faint small" }, t("role.reviewer.may"));
  role.addEventListener("change", () => may.replaceChildren(t(`role.${role.value}.may`)));
  const add = (event: Event) => {
    event.preventDefault();
    void act(() => send("put", "/api/v1/users/{name}", { role: role.value, password: password.value }, name.value.trim()));
  };
  return h(
    "form",
    { class: "panel adding", onsubmit: add },
    h("h2", null, t("users.add")),
    h(
      "div",
      { class: "options" },
      h("label", { class: "field" }, h("span", null, t("users.name")), name),
      h("label", { class: "field" }, h("span", null, t("users.password")), password),
      h("label", { class: "field" }, h("span", null, t("users.role")), role),
    ),
    may,
    h("div", { class: "buttons" }, h("button", { type: "submit", class: "strong" }, t("users.save"))),
  );
}
