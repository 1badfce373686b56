// Opens every screen over a large case, in both languages and by keyboard: node tests/large.mjs BASE
//
// It judges and takes back, so the case should be a copy. Writes one JSON object.
import { open } from "./browser.mjs";
import { keyboard } from "./keyboard.mjs";
import { look } from "./look.mjs";
import { screens } from "./screens.mjs";

const [base] = process.argv.slice(2);
for (;;) if ((await fetch(`${base}/api/v1/incidents?limit=1`)).status !== 503) break;

const { browser, context, faults } = await open([base]);
const times = [];
for (const screen of await screens(base)) {
  for (const language of ["ar", "en"]) {
    const page = await context.newPage();
    const start = performance.now();
    try {
      faults.push(...(await look(page, base, screen, language)));
    } catch (error) {
      faults.push(`${screen.name} ${language}: ${error.message}`);
    }
    times.push([`${screen.name} ${language}`, Math.round(performance.now() - start)]);
    await page.close();
  }
}
for (const [name, story] of Object.entries(keyboard)) {
  const page = await context.newPage();
  await story(page, base).catch((error) => faults.push(`${name}: ${error.message}`));
  await page.close();
}
await browser.close();
if (faults.length > 0) throw new Error(faults.join("\n"));
times.sort(([, a], [, b]) => b - a);
console.log(JSON.stringify({ screens: times.length, stories: Object.keys(keyboard).length, slowest: times.slice(0, 3) }));
