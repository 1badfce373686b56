// Opens every screen in both languages, and does what readers do: node tests/check.mjs BASE HOSTILE GUARDED
import { Validator } from "@seriousme/openapi-schema-validator";
import { admission } from "./admission.mjs";
import { bidi } from "./bidi.mjs";
import { open } from "./browser.mjs";
import { keyboard } from "./keyboard.mjs";
import { look } from "./look.mjs";
import { reflecting } from "./reflecting.mjs";
import { reviewing } from "./reviewing.mjs";
import { screens } from "./screens.mjs";
import { stories } from "./stories.mjs";

const [base, hostile, guarded] = process.argv.slice(2);
const faults = [];

const description = await (await fetch(`${base}/api/v1/openapi.json`)).json();
const validity = await new Validator().validate(description);
if (!validity.valid) faults.push(`openapi: ${JSON.stringify(validity.errors)}`);

const { browser, fresh, faults: seen } = await open([base, hostile, guarded]);

/** Does things one after the other, each on a page of its own if it is to be. */
async function each(tasks) {
  const context = await fresh();
  for (const [name, task] of tasks) {
    const page = await context.newPage();
    try {
      await task(page);
    } catch (error) {
      faults.push(`${name}: ${error.message}`);
    }
    await page.close();
  }
}

const looks = (await screens(base)).flatMap((screen) =>
  (screen.languages ?? ["ar", "en"]).map((language) => [`${screen.name} ${language}`, async (page) => faults.push(...(await look(page, base, screen, language)))]),
);
const told = [stories, bidi, keyboard, { ...reviewing, ...reflecting }].map((some) => Object.entries(some).map(([name, story]) => [name, (page) => story(page, base, hostile)]));
// Two at a time, as there are two cores; a review changes the case, so it comes when others are done.
const doors = Object.entries(admission).map(([name, story]) => [name, (page) => story(page, guarded)]);
const [first, second, third, last] = told;
const half = Math.ceil(looks.length / 2);
await Promise.all([each([...looks.slice(0, half), ...first]), each([...looks.slice(half), ...second, ...third])]);
await Promise.all([each(last), each(doors)]);
await browser.close();
faults.push(...seen);
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log(`${looks.length} screens without a violation, ${told.flat().length + doors.length} stories, nothing left the machine`);
