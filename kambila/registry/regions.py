"""A region of the ground, and which records pass the test of it by their geometry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kambila.registry import sql
from kambila.registry.models import Record
from kambila.registry.spatial import Bounds

Test = Callable[[Any], Any]


@dataclass(frozen=True)
class Region:
    """Where something is looked for: `test` is given an array of geometries and gives an array of answers.

    `boxes` hold all that can pass it. `is_box`: everything that lies in the boxes passes. `name` tells regions apart.
    """

    name: str
    boxes: tuple[Bounds, ...]
    test: Test
    is_box: bool = False


def box_region(boxes: Sequence[Bounds]) -> Region:
    """What touches one of some boxes."""
    import shapely

    area = shapely.union_all([shapely.box(*each) for each in boxes])
    shapely.prepare(area)
    return Region(repr(boxes), tuple(boxes), lambda found: shapely.intersects(area, found), is_box=True)


def tested(model: type[Record], names: Sequence[str], test: Test, ids: Iterable[str]) -> list[str]:
    """Those of some records whose first geometry of `names` passes."""
    import shapely

    first = f"COALESCE({', '.join(names)})" if len(names) > 1 else names[0]
    rows = sql.select(f"SELECT id, {first} FROM {model._meta.db_table} WHERE id IN ({{keys}})", ids)
    placed = [(id, bytes(wkb)) for id, wkb in rows if wkb is not None]
    geometries = _valid(shapely.from_wkb([wkb for _id, wkb in placed]))
    answers = test(geometries) if placed else ()
    return [id for (id, _wkb), passes in zip(placed, answers, strict=True) if passes]


def _valid(geometries: Any) -> Any:
    """What crosses itself is looked at as the library mends it."""
    import shapely

    wrong = ~shapely.is_valid(geometries)
    if wrong.any():
        geometries[wrong] = shapely.make_valid(geometries[wrong])
    return geometries
