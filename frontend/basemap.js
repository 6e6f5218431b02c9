// Cuts the outlines of countries out of world-atlas (Natural Earth) for the map that the server draws as SVG.
// Writes basemap.json: GeoJSON, each feature { id: "466", properties: { title: "Mali", detailed: true } }, where id is
// the country's ISO 3166-1 numeric code. Africa is detailed (1:50 million); the rest of the world is coarse (1:110 million).
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature } from "topojson-client";

const TARGET = new URL("../kambila/desk/static/bundle/basemap.json", import.meta.url);
const DECIMALS = { detailed: 2, coarse: 1 }; // about 1 km and 10 km
const AFRICA = new Set(
  ("012 024 072 108 120 132 140 148 174 178 180 204 226 231 232 262 266 270 288 324 384 404 426 430 434 450 454 " +
    "466 478 480 504 508 516 562 566 624 646 678 686 690 694 706 710 716 728 729 732 748 768 788 800 818 834 854 894").split(" "),
);
const AFRICA_WITHOUT_CODE = new Set(["Somaliland"]);
const ANTARCTICA = "010";

const require = createRequire(import.meta.url);
const read = (scale) => JSON.parse(readFileSync(require.resolve(`world-atlas/countries-${scale}.json`), "utf8"));

function countries(scale) {
  const topology = read(scale);
  return feature(topology, topology.objects.countries).features;
}

const inAfrica = (country) => AFRICA.has(country.id) || AFRICA_WITHOUT_CODE.has(country.properties.name);

/** Rounds a ring of [longitude, latitude] and drops points that repeat; null if less than a triangle is left. One that
 *  crosses the 180th meridian goes on beyond it: a jump to the other side would be drawn as a line around the earth. */
function rounded(ring, decimals) {
  const points = [];
  for (const [x, y] of ring) {
    const last = points.at(-1);
    const beside = last ? x + 360 * Math.round((last[0] - x) / 360) : x;
    const point = [Number(beside.toFixed(decimals)), Number(y.toFixed(decimals))];
    if (!last || last[0] !== point[0] || last[1] !== point[1]) points.push(point);
  }
  return points.length < 4 ? null : points;
}

/** A country as a MultiPolygon feature; null if nothing of it is left at this precision. */
function outlined(country, detailed) {
  const decimals = detailed ? DECIMALS.detailed : DECIMALS.coarse;
  const { type, coordinates } = country.geometry;
  const polygons = (type === "Polygon" ? [coordinates] : coordinates)
    .map((rings) => rings.map((ring) => rounded(ring, decimals)))
    .filter((rings) => rings[0])
    .map((rings) => rings.filter(Boolean));
  if (!polygons.length) return null;
  return {
    type: "Feature",
    id: country.id ?? null,
    properties: { title: country.properties.name, detailed },
    geometry: { type: "MultiPolygon", coordinates: polygons },
  };
}

const features = [
  ...countries("50m").filter(inAfrica).map((country) => outlined(country, true)),
  ...countries("110m")
    .filter((country) => !inAfrica(country) && country.id !== ANTARCTICA)
    .map((country) => outlined(country, false)),
].filter(Boolean);

const text = JSON.stringify({ type: "FeatureCollection", features });
writeFileSync(TARGET, text);
console.log(`basemap.json: ${features.length} countries, ${Math.round(text.length / 1000)} kB`);
