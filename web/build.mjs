// Builds the interface into dist/: types from the description of the API, one bundle, the fonts.
import { build } from "esbuild";
import openapiTS, { astToString } from "openapi-typescript";
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";

const here = path.dirname(fileURLToPath(import.meta.url));
const at = (...parts) => path.join(here, ...parts);

const description = JSON.parse(await readFile(at("../docs/openapi.json"), "utf8"));
await mkdir(at("gen"), { recursive: true });
await writeFile(at("gen/api.d.ts"), astToString(await openapiTS(description)));

await rm(at("dist"), { recursive: true, force: true });
await mkdir(at("dist/assets"), { recursive: true });

const result = await build({
  entryPoints: { app: at("src/main.ts"), style: at("style/main.css") },
  outdir: at("dist/assets"),
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2023", "chrome105", "firefox140", "safari17.2"],
  minify: true,
  sourcemap: false,
  metafile: true,
  legalComments: "linked",
  loader: { ".woff2": "file" },
  logLevel: "warning",
});

// The map's worker must be a file of its own: a policy without inline scripts allows no other.
const worker = await readFile(at("node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs")).catch(() => null);
if (worker) {
  await writeFile(at("dist/assets/maplibre-worker.mjs"), worker);
}

const outputs = Object.keys(result.metafile.outputs);
const named = (start, end) => {
  const found = outputs.find((name) => path.basename(name).startsWith(start) && name.endsWith(end));
  return `/assets/${path.basename(found)}`;
};
const page = (await readFile(at("src/index.html"), "utf8"))
  .replace("%STYLE%", named("style-", ".css"))
  .replace("%SCRIPT%", named("app-", ".js"));
await writeFile(at("dist/index.html"), page);
await cp(at("src/icon.svg"), at("dist/icon.svg"));

const sizes = await Promise.all(
  (await readdir(at("dist/assets"))).map(async (name) => (await readFile(at("dist/assets", name))).length),
);
const hash = createHash("sha256").update(page).digest("hex").slice(0, 12);
console.log(`dist: ${sizes.length} files, ${Math.round(sizes.reduce((a, b) => a + b, 0) / 1024)} kB, page ${hash}`);
