// The door of a case that has users.

import { ApiError, forgetMe, signIn } from "../api";
import { h, ltr } from "../dom";
import { t } from "../i18n";
import { go, type View } from "../main";
import { admit } from "../parts/frame";

export function login(): View {
  const user = h("input", { type: "text", name: "user", autocomplete: "username", required: true, dir: "auto", maxlength: 200 });
  const password = h("input", { type: "password", name: "password", autocomplete: "current-password", required: true, maxlength: 1000 });
  const said = h("p", { class: "bad", role: "alert" });
  const enter = async (event: Event) => {
    event.preventDefault();
    try {
      await signIn(user.value, password.value);
      forgetMe();
      await admit();
      go(location.pathname + location.search);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      said.replaceChildren(error.status === 401 ? t("login.wrong") : ltr(error.message));
      password.value = "";
      password.focus();
    }
  };
  const body = h(
    "form",
    { class: "login", onsubmit: (event: Event) => void enter(event) },
    h("h1", { tabindex: -1 }, t("login.title")),
    h("label", { class: "field" }, h("span", null, t("login.user")), user),
    h("label", { class: "field" }, h("span", null, t("login.password")), password),
    said,
    h("button", { type: "submit" }, t("login.do")),
  );
  return { title: t("login.title"), json: "/api/v1/me", body };
}
