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

const common = {
  outdir: at("dist/assets"),
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  format: "esm",
  target: ["es2023", "chrome118", "firefox140", "safari17.2"],
  minify: true,
  metafile: true,
  legalComments: "linked",
  logLevel: "warning",
};
const outputOf = ({ metafile }, end) => {
  const found = Object.keys(metafile.outputs).find((name) => name.endsWith(end));
  return `/assets/${path.basename(found)}`;
};

// The map's worker is a file of its own: a policy without inline scripts allows no other.
const worker = await build({
  ...common,
  entryPoints: { "map-worker": at("node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs") },
});
const ground = await readFile(at("../data/map/base.json"));
const groundName = `ground-${createHash("sha256").update(ground).digest("hex").slice(0, 8)}.json`;
await writeFile(at("dist/assets", groundName), ground);

const result = await build({
  ...common,
  entryPoints: { app: at("src/main.ts"), style: at("style/main.css") },
  splitting: true,
  define: {
    MAP_WORKER: JSON.stringify(outputOf(worker, ".js")),
    MAP_GROUND: JSON.stringify(`/assets/${groundName}`),
  },
  loader: { ".woff2": "file" },
});

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
