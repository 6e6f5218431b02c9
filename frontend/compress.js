// Writes a .gz and a .br beside each file of the bundle that is worth it: whitenoise sends what the browser can read.
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";

const BUNDLE = fileURLToPath(new URL("../kambila/desk/static/bundle", import.meta.url));
const WORTH_IT = 2_000; // bytes

for (const name of readdirSync(BUNDLE, { recursive: true })) {
  const path = join(BUNDLE, name);
  if (!/\.(js|css|json|wasm)$/.test(name) || !statSync(path).isFile() || statSync(path).size < WORTH_IT) continue;
  const content = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
}
