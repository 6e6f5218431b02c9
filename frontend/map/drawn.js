// What somebody sets on a map: points, the lines and areas between them, and how they are drawn.
const COLOUR = "#9c3d10";
const IS_WRONG = ["boolean", ["get", "wrong"], false];
const feature = (geometry, properties = {}) => ({ type: "Feature", properties, geometry });

export const DRAWN = [
  { id: "area", type: "fill", source: "drawn", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": COLOUR, "fill-opacity": 0.18 } },
  { id: "line", type: "line", source: "drawn", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": COLOUR, "line-width": 2.5 } },
  { id: "points", type: "circle", source: "drawn", filter: ["==", ["geometry-type"], "Point"],
    paint: { "circle-radius": ["case", IS_WRONG, 9, 6], "circle-color": ["case", IS_WRONG, "#8a1c12", COLOUR],
      "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 } },
];

/** Points [longitude, latitude, begins] (null: cannot be read) as features; `wrong` are the numbers of those that are. */
export function drawn(points, { isPoint, hasArea }, wrong = []) {
  const marks = points.map((each, index) => each && feature({ type: "Point", coordinates: each.slice(0, 2) }, { wrong: wrong.includes(index + 1), index }));
  const shapes = isPoint ? [] : shapesOf(points.filter(Boolean), hasArea);
  return { type: "FeatureCollection", features: [...shapes.map((each) => feature(each)), ...marks.filter(Boolean)] };
}

/** Lines and polygons of points, part by part. */
function shapesOf(points, hasArea) {
  const parts = [];
  for (const [longitude, latitude, begins] of points) {
    if (!parts.length || begins === "part") parts.push([[]]);
    else if (begins === "hole") parts.at(-1).push([]);
    parts.at(-1).at(-1).push([longitude, latitude]);
  }
  const closed = (ring) => [...ring, ring[0]];
  return parts.flatMap((rings) => {
    if (hasArea && rings[0].length > 2)
      return [{ type: "Polygon", coordinates: rings.filter((ring) => ring.length > 2).map(closed) }];
    return rings.filter((ring) => ring.length > 1).map((coordinates) => ({ type: "LineString", coordinates }));
  });
}
