// The nearest turning point of a neighbour, else the nearest place on its edge, in pixels of the map as it stands.
const CORNER = 14; // pixels
const EDGE = 10;

/** Rings of GeoJSON polygons as [{ code, ring: [[longitude, latitude], …] }]. */
export function ringsOf(features) {
  return features.flatMap(({ geometry, properties, id }) => {
    const parts = { Polygon: [geometry?.coordinates], MultiPolygon: geometry?.coordinates }[geometry?.type] ?? [];
    return parts.flat().map((ring) => ({ code: properties.code ?? id, ring }));
  });
}

/** { place, code } where a pointer is caught, or null. `project` turns [longitude, latitude] into { x, y }. */
export function caught(at, rings, project) {
  const corner = nearest(rings, CORNER, (ring, i) => {
    const pixel = project(ring[i]);
    return { far: Math.hypot(pixel.x - at.x, pixel.y - at.y), place: ring[i] };
  });
  return corner ?? nearest(rings, EDGE, (ring, i) => (i + 1 < ring.length ? onEdge(at, ring[i], ring[i + 1], project) : null));
}

function nearest(rings, limit, measure) {
  let best = null;
  for (const { code, ring } of rings)
    for (let i = 0; i < ring.length; i++) {
      const found = measure(ring, i);
      if (found && found.far <= (best?.far ?? limit)) best = { ...found, code };
    }
  return best;
}

/** The foot on the leg from a to b, straight in degrees, so that it lies on the edge to the last digit. */
function onEdge(at, a, b, project) {
  const [p, q] = [project(a), project(b)];
  const [dx, dy] = [q.x - p.x, q.y - p.y];
  const share = Math.min(1, Math.max(0, ((at.x - p.x) * dx + (at.y - p.y) * dy) / (dx * dx + dy * dy || 1)));
  const far = Math.hypot(p.x + dx * share - at.x, p.y + dy * share - at.y);
  return { far, place: [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share] };
}

/** After which point of a ring a click on one of its legs puts a new one; -1 where it is on none. */
export function legAt(at, points, isClosed, project) {
  let best = { far: EDGE, after: -1 };
  for (let i = 0; i + 1 < points.length + (isClosed ? 1 : 0); i++) {
    const next = points[(i + 1) % points.length];
    if (!points[i] || !next || ["part", "hole"].includes(next[2])) continue;
    const { far } = onEdge(at, points[i], next, project);
    if (far < best.far) best = { far, after: i };
  }
  return best.after;
}
