// Photographs and files.
import { button, el, say } from "./dom.js";
import { word } from "./words.js";

const JPEG_QUALITY = 0.85;

/** A file; a photograph can be taken with the camera, and is made smaller where the form says how large it may be. */
export function upload(node, id, form) {
  const media = node.nodeOptions?.media?.type;
  const accept = media ? `${media}/*` : null;
  const looks = node.appearances ?? {};
  const camera = looks["new-front"] ? "user" : looks.new ? "environment" : null;
  const input = el("input", { id, type: "file", accept, capture: camera });
  const taken = media === "image" && !camera ? el("input", { type: "file", accept, capture: "environment", hidden: true, tabindex: -1, "aria-hidden": "true" }) : null;
  const take = taken && window.matchMedia("(pointer: coarse)").matches ? button(word("take_photograph"), () => taken.click()) : null;
  const chosen = el("p", { class: "quiet", role: "status" });
  const remove = button(word("remove_file"), () => set(null));
  const field = el("div", {}, input, take, taken, chosen, remove);
  for (const each of [input, taken]) each?.addEventListener("change", () => each.files[0] && set(each.files[0]));

  async function set(file) {
    if (!file) input.value = "";
    form.working(1);
    try {
      node.setValue(file && named(await smaller(file, node.maxPixels), form));
    } finally {
      form.working(-1);
      form.changed();
    }
  }
  function update() {
    const name = node.currentState.instanceValue;
    say(chosen, name ? word("chosen_file", { name }) : "");
    remove.hidden = !name || node.currentState.readonly;
    input.disabled = node.currentState.readonly;
  }
  return { field, input, update };
}

/** The file under a name of its own in this form: two photographs of a phone may both be called image.jpg. */
function named(file, form) {
  const [, stem, ending] = /^(.*?)(\.[a-z0-9]{1,8})?$/i.exec(file.name);
  const plain = stem.normalize("NFKD").replace(/[^\w-]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "file";
  return new File([file], `${plain}-${form.number()}${(ending ?? "").toLowerCase()}`, { type: file.type });
}

/** A photograph with at most so many pixels on its longer side; what is no picture, or small enough, stays as it is. */
async function smaller(file, pixels) {
  if (!pixels || !/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return file;
  const scale = pixels / Math.max(picture.width, picture.height);
  if (scale >= 1) return file;
  const canvas = el("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", JPEG_QUALITY));
  return made ? new File([made], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
}
