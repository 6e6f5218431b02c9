"""How precisely a reader is told where a record is: its own place, or the middle of the commune that it lies in.

A geometry may be seen by whoever reaches its tier, or to whom a disclosure opens it (`access`). Of a record with a
geometry that a reader may not see, he is given the middle of its commune, else of its cercle, else of its région, as far
as these are public; whether a true place is known makes no difference to it. Every door asks here: what does not match by
its true place cannot be found by it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from kambila.journal import directory
from kambila.registry import access, heads
from kambila.registry.fields import Shape
from kambila.registry.gazetteer import LEVELS, gazetteers
from kambila.registry.kinds import plan_of
from kambila.registry.models import Record, kind_of, stated_fields

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

EXACT = "exact"
FINEST_FIRST = tuple(reversed(LEVELS))
Middles = Mapping[str, tuple[float, float]]  # longitude and latitude by P-code
_kept: dict[Any, Middles] = {}


def shapes(model: type[Record]) -> tuple[str, ...]:
    """The geometries of a kind, that first by which a record is shown: areas, then lines, then points."""
    return plan_of(kind_of(model)).shapes


@cache
def open_shapes(model: type[Record], shown: str) -> tuple[str, ...]:
    """The geometries that may be shown to somebody who is shown so much of a place, in the order of :func:`shapes`."""
    open_fields = access.open_fields(model, shown, None, shown)
    return tuple(name for name in shapes(model) if name in open_fields)


def is_blurred(model: type[Record], shown: str) -> bool:
    """Whether a kind has a geometry that is kept from somebody who is shown so much of a place."""
    return len(open_shapes(model, shown)) < len(shapes(model))


def middles() -> Middles:
    """The middle of every administrative area that everyone may see: of its outline, else its chief town."""
    key = (directory.current().path, heads.of(*gazetteers()))
    if key not in _kept:
        known = _middles()
        _kept.clear()
        _kept[key] = known
    return _kept[key]


def middle_of(adm1: str | None, adm2: str | None, adm3: str | None) -> tuple[str, tuple[float, float]] | None:
    """(level, longitude and latitude) of the smallest of the places that a record names whose middle is known."""
    known = middles()
    for level, code in zip(FINEST_FIRST, (adm3, adm2, adm1), strict=True):
        if code and code in known:
            return level, known[code]
    return None


def has_middle() -> Q:
    """The records of which :func:`middle_of` gives a place."""
    return _with_middle_in(middles())


def middle_lies(test: Callable[[BaseGeometry], Any]) -> Q:
    """The records whose middle satisfies a test, which is given an array of points and gives an array of answers."""
    import shapely

    known = middles()
    answers = test(shapely.points(list(known.values()))) if known else ()
    return _with_middle_in([code for code, fits in zip(known, answers, strict=True) if fits])


def _with_middle_in(codes: Collection[str]) -> Q:
    known, conditions, finer = list(middles()), [], Q()
    for level in FINEST_FIRST:
        conditions.append(finer & Q(**{f"{level}__in": list(codes)}) if codes else access.NOTHING)
        finer &= Q(**{f"{level}__isnull": True}) | ~Q(**{f"{level}__in": known})
    return access.any_of(conditions)


def _middles() -> Middles:
    import shapely

    found: dict[str, tuple[float, float]] = {}
    for model in gazetteers():
        names = shapes(model)
        if not any(isinstance(field, Shape) and field.has_area for field in stated_fields(model).values()):
            continue
        rows = access.visible(None, model).exclude(pcode=None).values_list("pcode", *names)
        for code, *kept in rows.iterator():
            if place := next((each for each in kept if each), None):
                geometry = shapely.from_wkb(bytes(place))
                middle = geometry if geometry.geom_type == "Point" else geometry.centroid
                if not middle.is_empty:
                    found[code] = (round(middle.x, 5), round(middle.y, 5))
    return found
