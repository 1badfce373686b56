// Builds data/map/base.json, the ground of the map: node map.mjs DIR
//
// DIR holds natural_earth_2017 and gazetteer_wof as data/map/README.md names them. Neighbours share
// their lines, so that simplifying leaves no gaps; units take the ids of data/places.
import { quantize } from "topojson-client";
import { topology } from "topojson-server";
import { filter, filterWeight, presimplify, simplify } from "topojson-simplify";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import path from "node:path";

const here = path.dirname(fileURLToPath(import.meta.url));
const [from] = process.argv.slice(2);
if (!from) throw new Error("name the directory that holds the sources");

// From Mauritania to Iran, from the Black Sea to Somalia.
const BOX = { west: -18, south: -5, east: 66, north: 46 };
// What is left out, as an area in square degrees; and how fine the grid is.
const LEFT_OUT = 1.5e-4;
const GRID = 30_000;

const read = async (...parts) => {
  const bytes = await readFile(path.join(from, ...parts));
  return JSON.parse(gunzipSync(bytes).toString("utf8")).features;
};
const source = (name) => read("natural_earth_2017", `${name}.geojson.gz`);

const points = (coordinates) =>
  typeof coordinates[0] === "number" ? [coordinates] : coordinates.flatMap(points);
const inside = ([x, y]) => BOX.west <= x && x <= BOX.east && BOX.south <= y && y <= BOX.north;
const touches = ({ geometry }) => geometry && points(geometry.coordinates).some(inside);
const bare = (features, properties = () => ({})) => ({
  type: "FeatureCollection",
  features: features.filter(touches).map((one) => ({
    type: "Feature",
    properties: properties(one.properties, one),
    geometry: one.geometry,
  })),
});

/** Reads the tables of places as rows. */
async function places() {
  const folder = path.join(here, "../data/places");
  const rows = [];
  for (const name of (await readdir(folder)).sort()) {
    if (!/^[a-z]{2}\.tsv$/.test(name)) continue;
    const [head, ...lines] = (await readFile(path.join(folder, name), "utf8")).trimEnd().split("\n");
    const columns = head.split("\t");
    for (const line of lines) rows.push(Object.fromEntries(line.split("\t").map((cell, i) => [columns[i], cell])));
  }
  return rows;
}

const holds = (polygon, [x, y]) => {
  let odd = false;
  for (const ring of polygon) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
    }
  }
  return odd;
};

/** Finds the row of a unit: the one of its name, or the one whose point lies in it. */
function row(regions, { geometry, properties }) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const own = regions.filter((one) => one.country === properties.country);
  const named = own.find((one) => one.names_ar.split("|").includes(properties.name_ar));
  const around = own.filter((one) => polygons.some((polygon) => holds(polygon, [Number(one.lon), Number(one.lat)])));
  return named ?? (around.length === 1 ? around[0] : undefined);
}

const rows = await places();
const regions = rows.filter((one) => one.kind === "region");
const units = [];
for (const name of (await readdir(path.join(from, "gazetteer_wof/outlines"))).sort()) {
  if (!name.startsWith("admin1_")) continue;
  units.push(...(await read("gazetteer_wof/outlines", name)));
}
const rivers = (await source("ne_10m_rivers_lake_centerlines_mena")).filter((one) => one.properties.scalerank <= 8);
const lakes = (await source("ne_10m_lakes_mena")).filter((one) => one.properties.scalerank <= 9);

let ground = topology(
  {
    land: bare(await source("ne_50m_land_mena")),
    units: bare(units, (properties, one) => {
      const known = row(regions, one);
      return { id: known?.id ?? null, ar: properties.name_ar ?? null, en: properties.name ?? null };
    }),
    borders: bare(await source("ne_10m_admin_0_boundary_lines_land_mena")),
    rivers: bare(rivers, ({ scalerank, name_en, name }) => ({ rank: scalerank, en: name_en ?? name ?? null })),
    lakes: bare(lakes),
  },
  1e6,
);
ground = presimplify(ground);
ground = simplify(ground, LEFT_OUT);
ground = quantize(filter(ground, filterWeight(ground, 4 * LEFT_OUT)), GRID);

const cities = rows
  .filter((one) => one.kind === "city" || (one.kind === "town" && Number(one.population) > 40_000))
  .map((one) => [one.names_ar.split("|")[0], one.name_en.split("|")[0], Number(one.lon), Number(one.lat), Number(one.population) || 0]);
cities.sort((a, b) => b[4] - a[4]);
const text = JSON.stringify({ ground, cities: cities.map(([ar, en, lon, lat, many]) => [ar, en, Math.round(lon * 1e3) / 1e3, Math.round(lat * 1e3) / 1e3, many]) });
await writeFile(path.join(here, "../data/map/base.json"), `${text}\n`);
const count = units.length;
const known = units.filter((one) => row(regions, one)).length;
console.log(`${text.length} bytes, ${count} units of which ${known} have an id, ${cities.length} cities`);
