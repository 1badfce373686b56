// One screen in one language: accessible, with a twin, in the right direction, with words for everything.
import { AxeBuilder } from "@axe-core/playwright";
import { ready } from "./browser.mjs";

/** Words that stand for others, and must never be shown as they are. */
const UNTOLD = /\b(?:app|users|role|ruled|graphic|action|overview|reader|slot|type|kind|modality|state|facet|review|incident|dispute|map|ingest|target)\.[a-z-]+/;

/** Looks at one screen in one language. */
export async function look(page, base, screen, language) {
  const faults = [];
  const path = `/${language}/${screen.path}`;
  await page.goto(base + path);
  await ready(page);
  await screen.act?.(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  for (const { id, nodes } of violations) {
    faults.push(`axe: ${id} on ${path}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
  }
  const [twin, direction, untold] = await page.evaluate(async (untold) => {
    const answer = await fetch(document.querySelector("a.json").href);
    const isJson = answer.ok && (answer.headers.get("content-type") ?? "").includes("json");
    const direction = [document.body.dir, document.documentElement.lang].join(" ");
    return [isJson, direction, document.body.innerText.match(new RegExp(untold))?.[0]];
  }, UNTOLD.source);
  if (!twin) faults.push(`no JSON twin: ${path}`);
  if (direction !== (language === "ar" ? "rtl ar" : "ltr en")) faults.push(`direction of ${path}: ${direction}`);
  if (untold) faults.push(`a word without a translation on ${path}: ${untold}`);
  return faults;
}
