// The door of a case that has users, and who decides who comes in.
import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";
import { ready } from "./browser.mjs";

export const PASSWORD = "correct horse battery";

/** Comes in as somebody; the address is that of the screen that is wanted. */
export async function enter(page, address, user, password = PASSWORD) {
  await page.context().clearCookies();
  await page.goto(address);
  await page.locator("form.login").waitFor();
  await page.locator("form.login input[name=user]").fill(user);
  await page.locator("form.login input[name=password]").fill(password);
  await page.keyboard.press("Enter");
}

async function accessible(page, what) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map(({ id }) => id), [], what);
}

export const admission = {
  async "the door lets in who knows the password, to where they wanted"(page, guarded) {
    for (const language of ["ar", "en"]) {
      await enter(page, `${guarded}/${language}/sources`, "viewer", "not the password");
      await page.locator(".login .bad:not(:empty)").waitFor();
      await accessible(page, `the door in ${language}`);
      await page.locator("form.login input[name=password]").fill(PASSWORD);
      await page.keyboard.press("Enter");
      await page.locator("h1").filter({ hasNot: page.locator("form") }).waitFor();
      await ready(page);
      await page.locator(".table").first().waitFor();
      assert.match(page.url(), /\/sources$/);
      assert.equal(await page.locator(".whoami bdi").innerText(), "viewer");
    }
    // What a viewer may not do is not offered, and not answered either.
    for (const screen of ["review", "ingest", "audit", "users"]) assert.ok(await page.locator(`nav.screens a[data-screen=${screen}]`).isHidden(), screen);
    await page.locator(".whoami button").click();
    await page.locator("form.login").waitFor();
    assert.equal(await page.evaluate(async () => (await fetch("/api/v1/overview")).status), 401);
  },

  async "an admin lets somebody in, gives a token, changes the role and shuts them out"(page, guarded) {
    await enter(page, `${guarded}/ar/users`, "admin");
    const rows = page.locator(".users tbody tr");
    await rows.first().waitFor();
    assert.equal(await rows.count(), 4);
    await page.locator(".adding input[name=name]").fill("أمل");
    await page.locator(".adding input[name=password]").fill("twelve letters");
    await page.locator(".adding select").selectOption("viewer");
    await accessible(page, "users in ar");
    await page.locator(".adding button.strong").click();
    const row = rows.filter({ hasText: "أمل" });
    await row.waitFor();
    await row.locator("td button.plain").last().click();
    await page.locator("dialog input").fill("نص برمجي");
    await page.keyboard.press("Enter");
    const token = await page.locator("code.token").innerText();
    const asked = async () => (await fetch(`${guarded}/api/v1/audit`, { headers: { authorization: `Bearer ${token}` } })).status;
    assert.equal(await asked(), 403);
    await row.locator("select").selectOption("reviewer");
    await page.waitForFunction(() => !document.querySelector("code.token"));
    assert.equal(await asked(), 200);
    page.once("dialog", (dialog) => void dialog.accept());
    await rows.filter({ hasText: "أمل" }).locator(".buttons button").last().click();
    await page.waitForFunction(() => document.querySelectorAll(".users tbody tr").length === 4);
    assert.equal(await asked(), 401);
    // The last admin stays.
    page.once("dialog", (dialog) => void dialog.accept());
    await rows.filter({ hasText: "admin" }).first().locator(".buttons button").last().click();
    await page.locator(".said .bad").waitFor();
    await page.locator("a.language").click();
    await page.waitForURL(`${guarded}/en/users`);
    await ready(page);
    await accessible(page, "users in en");
    await page.evaluate(() => localStorage.clear());
  },
};
