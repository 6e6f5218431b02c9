"""One area with its products and those that took over from it, as it is folded: what was released, what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np

from kambila.domain.land.balance import ground
from kambila.domain.land.balance.passing import Extent, kept, many_areas
from kambila.domain.land.balance.settle import NONE, Limits, Products, limits, settle
from kambila.registry import partial_dates
from kambila.registry.kinds import model_of

Values = Mapping[str, Any]
LAST = "9999-12-31"
Piece = tuple[str, str, str, int, bool, bytes | None]  # last day, id, method, stated size, whole, WKB


@dataclass(frozen=True)
class Overlay:
    """What each product released, by its method, in the greater of stated and geodesic m²; what remains (m²); whether no
    size is known at all; whether other areas took over all its ground."""

    pieces: tuple[tuple[str, Decimal], ...]
    remaining: Decimal
    unknown: bool
    passed: bool


def overlay(values: Values, rows: Sequence[Values], takers: Sequence[Values]) -> Overlay:
    """Lay the products over the area, in the order of their dates. Of two areas that take over from each other both keep
    their ground."""
    mutual = set(values.get("taken_from") or ())
    others = [each for each in takers if each.get("id") not in mutual]
    products = tuple(sorted(map(_piece, rows)))
    taken = tuple((wkb_of(each.get("polygon")), cents(each.get("area_m2"))) for each in others)
    own = (wkb_of(values.get("polygon")), cents(values.get("area_m2")))
    return _overlay(own, products, taken, limits())


@lru_cache(maxsize=64)  # each derived field of an area asks for the same
def _overlay(
    own: tuple[bytes | None, int],
    products: tuple[Piece, ...],
    takers: tuple[tuple[bytes | None, int], ...],
    within: Limits,
) -> Overlay:
    extents = _extents([own, *takers])
    area = kept(extents[0], extents[1:], within.residual)
    passed = area.size == 0 and extents[0].size > 0
    areas = many_areas([area])
    if not products:
        return Overlay((), _m2(max(int(size[0]) for size in areas.sizes)), bool(areas.unknown[0]), passed)
    result = settle(areas, _products(products), within)
    released = np.maximum(*result.pieces).tolist()
    pieces = tuple((each[2], _m2(size)) for each, size in zip(products, released, strict=True))
    return Overlay(pieces, _m2(max(int(left[-1]) for left in result.left)), bool(areas.unknown[0]), passed)


def remaining_shape(row: Any) -> Any:
    """The dangerous ground of an area (its row in the registry) that is left, as a shape; None for nothing."""
    drawn = ground.mended(ground.read([row.polygon]))[0]
    model: Any = type(row)
    released: Any = model_of("land_release_product")
    others = model._default_manager.filter(taken_from__contains=f" {row.id} ").exclude(
        pk__in=[row.id, *(row.taken_from or ())]
    )
    products = released._default_manager.filter(area=row.id)
    takers = ground.mended(ground.read(list(others.values_list("polygon", flat=True))))
    gone = ground.sound(ground.read(list(products.values_list("polygon", flat=True))))
    return ground.without(drawn, [*takers, *gone])


def _extents(drawn: Sequence[tuple[bytes | None, int]]) -> list[Extent]:
    shapes = ground.mended(ground.read([wkb for wkb, _ in drawn]))
    sizes = ground.measured(shapes).tolist()
    return [Extent(*each) for each in zip(shapes, sizes, (stated for _, stated in drawn), strict=True)]


def _products(pieces: Sequence[Piece]) -> Products:
    shapes = ground.sound(ground.read([each[5] for each in pieces]))
    of, stated = np.zeros(len(pieces), np.int64), np.array([each[3] for each in pieces], np.int64)
    whole = np.array([each[4] for each in pieces], bool)
    return Products(of, shapes, ground.measured(shapes), stated, whole)


def _piece(row: Values) -> Piece:
    whole = row.get("whole_area") == "yes"
    wkb, size = wkb_of(row.get("polygon")), cents(row.get("area_m2"))
    return (last_day(row.get("date")), str(row.get("id")), str(row.get("method") or ""), size, whole, wkb)


def last_day(date: Any) -> str:
    """The last day of a date as it is kept or was read; the end of time for one that is not known."""
    try:
        return date[2] if isinstance(date, tuple) else partial_dates.read(date)[2]
    except (ValueError, TypeError):
        return LAST


def cents(size: Any) -> int:
    """A size in m² in whole hundredths, NONE where none was stated; less than nothing is nothing."""
    return NONE if size is None else max(round(Decimal(str(size)) * 100), 0)


def wkb_of(value: Any) -> bytes | None:
    """The WKB of a geometry as it was read or as the database keeps it."""
    wkb = getattr(value, "wkb", value)
    return bytes(wkb) if isinstance(wkb, bytes | memoryview) else None


def _m2(size: int) -> Decimal:
    return Decimal(size).scaleb(-2)
