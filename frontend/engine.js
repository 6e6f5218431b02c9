// Vite: makes the form engine lighter, before it is bundled. Each change looks for what it knows, and the build ends where
// an engine of another version does not have it.
import { fileURLToPath } from "node:url";

const ENGINE = "@getodk/xforms-engine/dist/index.js";
// Two WebAssembly files as base64 in the script, which compresses badly: they become files beside it.
const CARRIED = /const (xpathLanguage|webTreeSitter) = "data:application\/wasm;base64,([A-Za-z0-9+/=]+)";/g;
const NAMES = { xpathLanguage: "xpath.wasm", webTreeSitter: "tree-sitter.wasm" };
// All of CryptoJS, of which digest() in a form can ask for the hashes and nothing else.
const CIPHERS = /factory\(requireCore\(\), requireX64Core\(\), [^;]*, requireBlowfish\(\)\);/;
const HASHES = ["Core", "X64Core", "EncBase64", "Md5", "Sha1", "Sha256", "Sha512", "Sha384"];
// An eval for hosts without a policy: ours forbids it, and because it could see every name, none may be shortened or left out.
const EVAL = /(?<![.\w])eval\(/g;
// The parser of Markdown, which most forms do not need: ours fetches it for those that do.
const MARKDOWN = "const tree = fromMarkdown(str);";
const OURS = JSON.stringify(fileURLToPath(new URL("forms/markdown.js", import.meta.url)));

export const lighter = {
  name: "lighter-engine",
  transform(code, id) {
    if (!id.endsWith(ENGINE)) return null;
    const isKnown = code.match(CARRIED)?.length === 2 && code.match(EVAL)?.length === 2 && CIPHERS.test(code) && code.includes(MARKDOWN);
    if (!isKnown) this.error("the form engine is not the one that is known");
    const apart = code.replace(CARRIED, (whole, variable, content) => {
      this.emitFile({ type: "asset", fileName: NAMES[variable], source: Buffer.from(content, "base64") });
      return `const ${variable} = new URL(${JSON.stringify(NAMES[variable])}, import.meta.url.toString()).href;`;
    });
    const hashing = `factory(${HASHES.map((name) => `require${name}()`).join(", ")});`;
    const light = apart.replace(CIPHERS, hashing).replace(EVAL, "globalThis.eval(").replace(MARKDOWN, "const tree = markdown(str);");
    return { code: `import { markdown } from ${OURS};\n${light}`, map: null };
  },
};
