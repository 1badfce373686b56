// Takes the pictures of docs/screens: node tests/shots.mjs BASE FOLDER [NAME…]
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { open, ready } from "./browser.mjs";
import { screens } from "./screens.mjs";

const [base, folder, ...names] = process.argv.slice(2);
const { browser, context, faults } = await open([base]);
await mkdir(folder, { recursive: true });
const page = await context.newPage();
for (const screen of await screens(base)) {
  if (names.length > 0 && !names.includes(screen.name)) continue;
  for (const language of screen.languages ?? ["ar", "en"]) {
    await page.goto(`${base}/${language}/${screen.path}`);
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
