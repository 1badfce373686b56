// Opens every screen in both languages: node tests/check.mjs BASE HOSTILE
import { AxeBuilder } from "@axe-core/playwright";
import { Validator } from "@seriousme/openapi-schema-validator";
import { open, ready } from "./browser.mjs";
import { screens } from "./screens.mjs";
import { stories } from "./stories.mjs";

const [base, hostile] = process.argv.slice(2);
const faults = [];

const description = await (await fetch(`${base}/api/v1/openapi.json`)).json();
const validity = await new Validator().validate(description);
if (!validity.valid) faults.push(`openapi: ${JSON.stringify(validity.errors)}`);

const { browser, context, faults: seen } = await open([base, hostile]);
const page = await context.newPage();
let opened = 0;
for (const screen of await screens(base)) {
  for (const language of screen.languages ?? ["ar", "en"]) {
    const path = `/${language}/${screen.path}`;
    await page.goto(base + path);
    await ready(page);
    await screen.act?.(page);
    opened += 1;
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, nodes } of violations) {
      faults.push(`axe: ${id} on ${path}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
    }
    const twin = await page.evaluate(async () => {
      const answer = await fetch(document.querySelector("a.json").href);
      return answer.ok && (answer.headers.get("content-type") ?? "").includes("json");
    });
    if (!twin) faults.push(`no JSON twin: ${path}`);
    const direction = await page.evaluate(() => [document.body.dir, document.documentElement.lang].join(" "));
    if (direction !== (language === "ar" ? "rtl ar" : "ltr en")) faults.push(`direction of ${path}: ${direction}`);
    const untold = await page.evaluate(() => document.body.innerText.match(/\b(?:overview|reader|slot|type|kind|modality|state|facet|action)\.[a-z-]+/)?.[0]);
    if (untold) faults.push(`a word without a translation on ${path}: ${untold}`);
  }
}
let told = 0;
for (const [name, story] of Object.entries(stories)) {
  const page = await context.newPage();
  try {
    await story(page, base, hostile);
    told += 1;
  } catch (error) {
    faults.push(`${name}: ${error.message}`);
  }
  await page.close();
}
await browser.close();
faults.push(...seen);
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log(`${opened} screens without a violation, ${told} stories, nothing left the machine`);
