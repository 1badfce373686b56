// Takes the pictures of docs/screens: node tests/shots.mjs BASE GUARDED FOLDER [NAME…]
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { open, ready } from "./browser.mjs";
import { doors, screens } from "./screens.mjs";

const [base, guarded, folder, ...names] = process.argv.slice(2);
const { browser, context, faults } = await open([base, base, guarded]);
await mkdir(folder, { recursive: true });
const page = await context.newPage();
for (const screen of [...(await screens(base)), ...doors(guarded)]) {
  if (names.length > 0 && !names.includes(screen.name)) continue;
  for (const language of screen.languages ?? ["ar", "en"]) {
    await page.goto(`${screen.base ?? base}/${language}/${screen.path}`);
    await ready(page);
    await screen.act?.(page);
    await page.screenshot({ path: path.join(folder, `${screen.name}-${language}.png`), fullPage: screen.whole ?? false });
  }
}
await browser.close();
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
