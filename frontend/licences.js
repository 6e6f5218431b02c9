// Writes LICENSES.txt beside the bundle: the licences of what the bundle carries. The build hook takes this file,
// the last one written, as the sign that the bundle is whole.
import { readFileSync, writeFileSync } from "node:fs";

const CARRIED = ["htmx.org", "world-atlas"];

const parts = CARRIED.map((title) => {
  const folder = new URL(`node_modules/${title}/`, import.meta.url);
  const { version, license } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
  const words = readFileSync(new URL("LICENSE", folder), "utf8").trim();
  return `${title} ${version} (${license})\n\n${words}\n`;
});
writeFileSync(new URL("../kambila/desk/static/bundle/LICENSES.txt", import.meta.url), parts.join(`\n${"-".repeat(72)}\n\n`));
