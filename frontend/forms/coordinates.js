// Coordinates as people write them: decimal degrees, or degrees, minutes and seconds; latitude first unless letters say so.
const NUMBER = "\\d+(?:[.,]\\d+)?";
const ANGLE = new RegExp(
  `^([NSEWO])?\\s*([+-])?\\s*(${NUMBER})\\s*[°º]?\\s*(?:(${NUMBER})\\s*['′’]?\\s*(?:(${NUMBER})\\s*(?:["″”]|''|’’)?)?)?\\s*([NSEWO])?$`, "i",
);
const DIGITS = 6; // of a degree: about 10 cm

/** { latitude, longitude } of what was written, or null. */
export function read(said) {
  for (const [first, second] of halves(said.trim())) {
    const [one, other] = [angle(first), angle(second)];
    if (!one || !other) continue;
    const swapped = one.axis === "longitude" || other.axis === "latitude";
    if (swapped && (one.axis === "latitude" || other.axis === "longitude")) return null;
    const [latitude, longitude] = swapped ? [other.degrees, one.degrees] : [one.degrees, other.degrees];
    if (latitude === 0 && longitude === 0) return null; // what a device says that knows nothing
    if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude };
  }
  return null;
}

/** The ways in which a text may be two angles: "16.27, -0.04"; "16,27 -0,04"; "16°16'12\"N 0°2'24\"W". */
function* halves(said) {
  const split = said.split(/\s*;\s*|\s*,\s+|\s+\/\s+/);
  if (split.length === 2) yield split;
  const lettered = /^(.*?[NSEWO])\s*,?\s*(.*[NSEWO])$/i.exec(said) ?? /^([NSEWO].*?)\s*,?\s*([NSEWO].*)$/i.exec(said);
  if (lettered) yield [lettered[1], lettered[2]];
  const words = said.split(/\s+/);
  if (words.length % 2 === 0) yield [words.slice(0, words.length / 2).join(" "), words.slice(words.length / 2).join(" ")];
  const comma = said.split(",");
  if (comma.length === 2) yield comma;
}

function angle(said) {
  const found = ANGLE.exec(said.trim());
  if (!found) return null;
  const [, before, sign, degrees, minutes = "0", seconds = "0", after] = found;
  if (before && after) return null;
  const number = (text) => Number(text.replace(",", "."));
  if (number(minutes) >= 60 || number(seconds) >= 60) return null;
  const letter = (before ?? after ?? "").toUpperCase();
  const size = number(degrees) + number(minutes) / 60 + number(seconds) / 3600;
  const axis = { N: "latitude", S: "latitude", E: "longitude", W: "longitude", O: "longitude" }[letter];
  return { degrees: sign === "-" || "SWO".includes(letter || "-") ? -size : size, axis };
}

const rounded = (degrees) => String(Number(degrees.toFixed(DIGITS)));

/** As it stands in a field. */
export const shown = ({ latitude, longitude }) => `${rounded(latitude)}, ${rounded(longitude)}`;

/** As XForms want it: latitude, longitude, altitude and accuracy in metres. */
export const stored = ({ latitude, longitude, altitude = 0, accuracy = 0 }) =>
  `${rounded(latitude)} ${rounded(longitude)} ${Number((altitude ?? 0).toFixed(1))} ${Number((accuracy ?? 0).toFixed(1))}`;

/** The points of what is stored. */
export const points = (value) =>
  value.split(";").map((each) => each.trim().split(/\s+/).map(Number)).filter((each) => each.length >= 2)
    .map(([latitude, longitude, altitude = 0, accuracy = 0]) => ({ latitude, longitude, altitude, accuracy }));
