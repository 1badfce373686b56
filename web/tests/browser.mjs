// Debian's Chromium, watched: what leaves the machine, what goes wrong.
import { chromium } from "playwright-core";
import { existsSync } from "node:fs";

const PROGRAMS = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/google-chrome"];

export async function open(bases) {
  const executablePath = process.env.CHROMIUM ?? PROGRAMS.find((path) => existsSync(path));
  if (!executablePath) throw new Error("no Chromium: install chromium-headless-shell, or set CHROMIUM");
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--font-render-hinting=none"],
  });
  const faults = [];
  const [, , guarded] = bases;
  const origins = bases.filter(Boolean).map((base) => new URL(base).origin);
  const watch = (page) => {
    page.on("console", (message) => {
      // The story that asks for what is not there.
      const isMissing = message.text().includes("404") && page.url().includes("%3Cscript");
      // Where a login or a role is asked for.
      const isRefused = /status of (401|409)/.test(message.text()) && guarded !== undefined && page.url().startsWith(guarded);
      const expected = isMissing || isRefused;
      if (message.type() === "error" && !expected) faults.push(`console: ${message.text()} at ${page.url()}`);
    });
    page.on("pageerror", (error) => faults.push(`error: ${error.message} at ${page.url()}`));
    page.on("request", (request) => {
      const url = request.url();
      if (!origins.some((origin) => url.startsWith(origin)) && !/^(data|blob):/.test(url)) faults.push(`left the machine: ${url}`);
    });
  };
  /** Pages that share what a browser remembers. */
  const fresh = async () => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 860 },
      locale: "ar",
      reducedMotion: "reduce",
      colorScheme: "light",
    });
    context.on("page", watch);
    return context;
  };
  return { browser, context: await fresh(), fresh, faults };
}

/** Waits until a screen is drawn and its fonts are there. */
export async function ready(page) {
  await page.waitForFunction(() => {
    const main = document.getElementById("main");
    return main && main.childElementCount > 0 && !main.hasAttribute("aria-busy");
  });
  await page.evaluate(() => document.fonts.ready);
}
