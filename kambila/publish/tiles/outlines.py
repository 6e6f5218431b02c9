"""Lines and areas in one tile: cut at its margin, without what is too fine for it, and whole again afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import mapbox_vector_tile
import shapely

from kambila.publish.tiles.matrix import Tile, project

EXTENT = 4096  # units of a tile
PIXEL = EXTENT / 512  # a tile is drawn 512 pixels wide
MARGIN = 64 / EXTENT  # of a tile, by which outlines go beyond it


def squared(shapes: Any) -> Any:
    """Shapes in degrees, in the square of the projection."""
    return shapely.transform(shapely.force_2d(shapes), project)


def cut(shapes: Any, tile: Tile, fine: float = PIXEL / 2) -> Any:
    """Shapes of the square in whole units of a tile, to within `fine` of them."""
    west, north, _east, _south = tile.box()
    shapes = shapely.transform(shapes, lambda at: (at - (west, north)) * 2**tile.z * EXTENT)
    shapes = shapely.simplify(shapes, fine)
    wrong = ~shapely.is_valid(shapes)
    shapes[wrong] = shapely.make_valid(shapes[wrong])
    edge = MARGIN * EXTENT
    shapes = shapely.clip_by_rect(shapes, -edge, -edge, EXTENT + edge, EXTENT + edge)
    return shapely.orient_polygons(shapely.set_precision(shapes, 1), exterior_cw=False)


def flat(shape: Any) -> Iterable[Any]:
    """A collection has no place in a tile; its lines and areas have."""
    parts = shapely.get_parts(shape) if shape.geom_type == "GeometryCollection" else (shape,)
    return [each for each in parts if each.geom_type not in ("Point", "MultiPoint") and not each.is_empty]


def encoded(name: str, features: list[dict[str, Any]]) -> bytes:
    """A layer as a vector tile of its own; tiles are put together by writing one after the other."""
    said = mapbox_vector_tile.encode(
        {"name": name, "features": features},
        default_options={"y_coord_down": True, "extents": EXTENT, "check_winding_order": False},
    )
    return bytes(said)
