// Writes LICENSES.txt beside the bundle: the licences of what the bundle carries. The build hook takes this file,
// the last one written, as the sign that the bundle is whole.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const CARRIED = ["htmx.org", "world-atlas", "@getodk/xforms-engine", "solid-js", "papaparse", "temporal-polyfill", "mdast-util-from-markdown", "micromark",
  "maplibre-gl"];
const WORDS = ["LICENSE", "LICENSE.txt", "LICENSE.md"];

const parts = CARRIED.map((title) => {
  const folder = new URL(`node_modules/${title}/`, import.meta.url);
  const { version, license } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
  const file = WORDS.map((each) => new URL(each, folder)).find((each) => existsSync(each));
  // Where a package carries no file, its licence is one whose words are known by name.
  const words = file ? readFileSync(file, "utf8").trim() : "The words of the licence are at spdx.org/licenses under its name.";
  return `${title} ${version} (${license})\n\n${words}\n`;
});
writeFileSync(new URL("../kambila/desk/static/bundle/LICENSES.txt", import.meta.url), parts.join(`\n${"-".repeat(72)}\n\n`));
