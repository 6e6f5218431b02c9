// Positions in the notations that people in the field write. UTM by Krüger's series on the ellipsoid of WGS 84: below a
// millimetre within a zone. MGRS by a library, because its letters have rules of their own.
import { forward } from "mgrs";

const A = 6378137; // metres, half the long axis
const F = 1 / 298.257223563; // flattening
const K0 = 0.9996; // scale on the middle meridian
const N = F / (2 - F);
const RADIUS = (A / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const ALPHA = [
  N / 2 - (2 / 3) * N ** 2 + (5 / 16) * N ** 3,
  (13 / 48) * N ** 2 - (3 / 5) * N ** 3,
  (61 / 240) * N ** 3,
];
const BANDS = "CDEFGHJKLMNPQRSTUVWX";
const radians = (degrees) => (degrees * Math.PI) / 180;

/** "30P 401234 1798765": zone and band, metres east and north; empty near the poles. */
export function utm({ lng, lat }) {
  if (lat < -80 || lat > 84) return "";
  const zone = zoneOf(lng, lat);
  const away = radians(lng - (zone * 6 - 183));
  const e = (2 * Math.sqrt(N)) / (1 + N);
  const sine = Math.sin(radians(lat));
  const t = Math.sinh(Math.atanh(sine) - e * Math.atanh(e * sine));
  const xi = Math.atan2(t, Math.cos(away));
  const eta = Math.atanh(Math.sin(away) / Math.sqrt(1 + t * t));
  const sum = (term) => ALPHA.reduce((whole, alpha, j) => whole + alpha * term(2 * (j + 1)), 0);
  const east = 500000 + K0 * RADIUS * (eta + sum((m) => Math.cos(m * xi) * Math.sinh(m * eta)));
  const north = K0 * RADIUS * (xi + sum((m) => Math.sin(m * xi) * Math.cosh(m * eta))) + (lat < 0 ? 10000000 : 0);
  const band = BANDS[Math.min(Math.floor((lat + 80) / 8), BANDS.length - 1)];
  return `${zone}${band} ${Math.round(east)} ${Math.round(north)}`;
}

/** The zone, with the exceptions of Norway and Svalbard. */
function zoneOf(lng, lat) {
  if (lat >= 56 && lat < 64 && lng >= 3 && lng < 12) return 32;
  if (lat >= 72 && lng >= 0 && lng < 42) return lng < 9 ? 31 : lng < 21 ? 33 : lng < 33 ? 35 : 37;
  return Math.min(Math.floor((lng + 180) / 6) + 1, 60);
}

/** "30PVS0123498765" in groups; empty near the poles. */
export function mgrs({ lng, lat }) {
  if (lat < -80 || lat > 84) return "";
  return forward([lng, lat], 5).replace(/^(\d+[A-Z])([A-Z]{2})(\d{5})(\d{5})$/, "$1 $2 $3 $4");
}

/** "16°16′12.0″ N 0°02′24.0″ W" */
export function dms({ lng, lat }) {
  return `${angle(lat, "N", "S")} ${angle(lng, "E", "W")}`;
}

function angle(degrees, positive, negative) {
  const tenths = Math.round(Math.abs(degrees) * 36000);
  const seconds = ((tenths % 600) / 10).toFixed(1).padStart(4, "0");
  const minutes = String(Math.floor(tenths / 600) % 60).padStart(2, "0");
  return `${Math.floor(tenths / 36000)}°${minutes}′${seconds}″ ${degrees < 0 ? negative : positive}`;
}

/** "16.270000, -0.040000" */
export const decimal = ({ lng, lat }) => `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
