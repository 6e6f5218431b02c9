"""WebMercatorQuad (OGC Two Dimensional Tile Matrix Set, annex D): squares that halve from one zoom to the next.

Everywhere here the world is a square of side 1, its corner in the north-west; x goes east, y goes south.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

NAME = "WebMercatorQuad"
URI = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
MOST_NORTH = 85.0511287798066  # degrees, where the square ends
DEEPEST = 22
HALF = 20037508.342789244  # metres from the middle to the edge, of EPSG:3857
PIXEL = 0.00028  # metres of a pixel, by the standard
SIDE = 256  # pixels of a tile, by the standard


@dataclass(frozen=True)
class Tile:
    """Zoom, column from the west, row from the north."""

    z: int
    x: int
    y: int

    @property
    def is_there(self) -> bool:
        return 0 <= self.z <= DEEPEST and 0 <= self.x < 2**self.z and 0 <= self.y < 2**self.z

    def box(self, margin: float = 0) -> tuple[float, float, float, float]:
        """West, north, east, south in the square, wider on each side by so many tiles."""
        size = 1 / 2**self.z
        return (
            (self.x - margin) * size,
            (self.y - margin) * size,
            (self.x + 1 + margin) * size,
            (self.y + 1 + margin) * size,
        )


def project(degrees: Any) -> Any:
    """An array of longitudes and latitudes (n × 2) in the square; what lies beyond its edge is moved to it."""
    import numpy

    longitude, latitude = degrees[:, 0], numpy.clip(degrees[:, 1], -MOST_NORTH, MOST_NORTH)
    y = 0.5 - numpy.arcsinh(numpy.tan(numpy.radians(latitude))) / (2 * math.pi)
    x = numpy.clip(longitude / 360 + 0.5, 0, 1)
    return numpy.column_stack((x, numpy.clip(y, 0, 1)))


def degrees(squared: Any) -> Any:
    """The inverse of :func:`project`."""
    import numpy

    latitude = numpy.degrees(numpy.arctan(numpy.sinh((0.5 - squared[:, 1]) * 2 * math.pi)))
    return numpy.column_stack(((squared[:, 0] - 0.5) * 360, latitude))


def tile_at(longitude: float, latitude: float, z: int) -> Tile:
    """The tile in which a point lies."""
    import numpy

    (x, y) = project(numpy.array([[longitude, latitude]]))[0]
    last = 2**z - 1
    return Tile(z, min(int(x * 2**z), last), min(int(y * 2**z), last))


def definition() -> dict[str, Any]:
    """The tile matrix set as the standard writes it."""
    matrices = [
        {
            "id": str(z),
            "scaleDenominator": 2 * HALF / (SIDE * 2**z * PIXEL),
            "cellSize": 2 * HALF / (SIDE * 2**z),
            "pointOfOrigin": [-HALF, HALF],
            "tileWidth": SIDE,
            "tileHeight": SIDE,
            "matrixWidth": 2**z,
            "matrixHeight": 2**z,
        }
        for z in range(DEEPEST + 1)
    ]
    return {
        "id": NAME,
        "title": "Google Maps Compatible for the World",
        "uri": URI,
        "crs": "http://www.opengis.net/def/crs/EPSG/0/3857",
        "orderedAxes": ["X", "Y"],
        "tileMatrices": matrices,
    }
