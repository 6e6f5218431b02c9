"""Conditions on where records are, as far as a reader is told it: by their own geometry, or by the middle of a commune.

The index of bounding boxes finds what comes near, exact geometry decides. What was decided for a region is kept until the
head of the kind moves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from kambila.journal import directory
from kambila.registry import access, heads, precision, spatial, sql
from kambila.registry.keeping import Kept
from kambila.registry.kinds import plan_of
from kambila.registry.models import Record, kind_of
from kambila.registry.spatial import Bounds

if TYPE_CHECKING:
    pass

Test = Callable[[Any], Any]
FEW = 5_000  # records of a region up to which all are looked up; above it they are met on the way
MARGIN = 0.00002  # degrees by which the boxes of either index may be off
_decided: Kept[str] = Kept(64)


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


def lies(account: Any, model: type[Record], region: Region, walking: bool = False) -> Q:
    """The records of a kind that are in a region as far as the account is told where they are.

    To be used on what `access.visible` gave. `walking`: the records are gone through in the order of their keys until
    there are enough, so that where there are many in the region each is asked by itself.
    """
    tiers = access.place_tiers(account, model) if precision.shapes(model) else ()
    found = []
    for shown in tiers:
        condition = _by_own_place(model, precision.open_shapes(model, shown), region, walking)
        if precision.is_blurred(model, shown):
            middle = _without(model, precision.open_shapes(model, shown)) & precision.middle_lies(region.test)
            condition = access.any_of([condition, middle])
        found.append(condition if len(tiers) == 1 else Q(shown_place=shown) & condition)
    return access.any_of(found)


def few(account: Any, model: type[Record], region: Region) -> list[str] | None:
    """The records of a kind that are in a region, for an account that is told every place of that kind as it is.

    None for any other account, and where there are more than a few: then :func:`lies` says it as a condition. To be used
    on what `access.visible` gave, by :func:`among`.
    """
    tiers = access.place_tiers(account, model)
    names = precision.shapes(model)
    if not names or len(tiers) > 1 or precision.is_blurred(model, tiers[0]):
        return None
    if not region.is_box or not _is_point(model, names):
        ids: list[str] = orjson.loads(_passing(model, names, region, region.boxes))
        return ids if len(ids) <= FEW else None
    found: set[str] = set()
    for box in region.boxes:
        touched = spatial.touched(kind_of(model), box, FEW)
        if touched is None:
            return None
        inside = {each[0] for each in touched if _is_well_within(each[1:], box)}
        edge = {each[0] for each in touched} - inside
        found |= inside.union(_tested(model, names, region.test, edge) if edge else ())
    return sorted(found)


def among(model: type[Record], ids: Any) -> Q:
    """The records with these keys; `ids` as :func:`packed` gives them, or what stands for them."""
    unpacked = "IN (SELECT value FROM json_each(%s))" if connection.vendor == "sqlite" else "= ANY(%s::text[])"
    return Q(RawSQL(f'"{model._meta.db_table}"."id" {unpacked}', [ids], output_field=BooleanField()))


def packed(ids: list[str]) -> Any:
    """Keys as one value of a query."""
    return orjson.dumps(ids).decode() if connection.vendor == "sqlite" else ids


def _is_point(model: type[Record], names: Sequence[str]) -> bool:
    field: Any = plan_of(kind_of(model)).stated[names[0]]
    return len(names) == 1 and field.types == ("Point",)


def _is_well_within(found: Sequence[float], box: Bounds) -> bool:
    west, south, east, north = box
    is_within = found[0] >= west + MARGIN and found[1] >= south + MARGIN
    return is_within and found[2] <= east - MARGIN and found[3] <= north - MARGIN


def is_told(account: Any, model: type[Record]) -> Q:
    """The records of a kind of which the account is told a place, however precisely."""
    tiers = access.place_tiers(account, model) if precision.shapes(model) else ()
    found = []
    for shown in tiers:
        condition = access.any_of(Q(**{f"{name}__isnull": False}) for name in precision.open_shapes(model, shown))
        if precision.is_blurred(model, shown):
            condition = access.any_of([condition, precision.has_middle()])
        found.append(condition if len(tiers) == 1 else Q(shown_place=shown) & condition)
    return access.any_of(found)


def _without(model: type[Record], names: Sequence[str]) -> Q:
    condition = Q()
    for name in names:
        condition &= Q(**{f"{name}__isnull": True})
    return condition


def _by_own_place(model: type[Record], names: Sequence[str], region: Region, walking: bool) -> Q:
    """Those whose first geometry of `names` passes; none where there is no name."""
    if not names or not region.boxes:
        return access.NOTHING
    if region.is_box and precision.shapes(model) == tuple(names) and _is_point(model, names):
        return access.any_of(_points(model, names[0], box, region, walking) for box in region.boxes)
    return Q(_within_ids(model, _passing(model, names, region, region.boxes)))


def _points(model: type[Record], name: str, box: Bounds, region: Region, walking: bool) -> Q:
    """Points in a box: those well within it by the index alone, those at its edge by what they are."""
    west, south, east, north = box
    edge = _passing(model, (name,), region, _strips(box))
    rest = Q(_within_ids(model, edge)) if edge != "[]" else access.NOTHING
    inner = (west + MARGIN, south + MARGIN, east - MARGIN, north - MARGIN)
    if inner[0] > inner[2] or inner[1] > inner[3]:
        return rest
    kind, id = kind_of(model), f'"{model._meta.db_table}"."id"'
    few = spatial.at_most(kind, inner, FEW)
    if walking and not few:
        query, values = spatial.walked(kind, inner, id)
    else:
        query, values = spatial.subquery(kind, inner)
        if edge != "[]":
            query, values = f"{query} UNION ALL {_unpacked()}", [*values, _packed(edge)]
        # An array is looked up first: else PostgreSQL may go through all records to find a few in order.
        is_looked_up = few and connection.vendor == "postgresql"
        query = f"{id} = ANY(ARRAY({query}))" if is_looked_up else f"{id} IN ({query})"
        rest = access.NOTHING
    return access.any_of([Q(RawSQL(query, values, output_field=BooleanField())), rest])


def _strips(box: Bounds) -> tuple[Bounds, ...]:
    """The edge of a box, as wide as the index may be off."""
    west, south, east, north = box
    w, e, s, n = west - MARGIN, east + MARGIN, south - MARGIN, north + MARGIN
    if east - west <= 2 * MARGIN or north - south <= 2 * MARGIN:
        return ((w, s, e, n),)
    upright = ((w, s, west + MARGIN, n), (east - MARGIN, s, e, n))
    return (*upright, (w, s, e, south + MARGIN), (w, north - MARGIN, e, n))


def _passing(model: type[Record], names: Sequence[str], region: Region, boxes: Sequence[Bounds]) -> str:
    """The ids, as JSON, of the records that the index has in some boxes and whose geometry passes."""
    key = (directory.current().path, heads.of(model), kind_of(model), tuple(names), region.name, tuple(boxes))
    return _decided.of(key, lambda: _decide(model, names, region, boxes))


def _decide(model: type[Record], names: Sequence[str], region: Region, boxes: Sequence[Bounds]) -> str:
    queries = [spatial.subquery(kind_of(model), box) for box in boxes]
    rows = sql.run(
        " UNION ".join(query for query, _values in queries), [each for _q, values in queries for each in values]
    )
    ids = {record for (record,) in rows}
    return orjson.dumps(sorted(_tested(model, names, region.test, ids))).decode()


def _tested(model: type[Record], names: Sequence[str], test: Test, ids: set[str]) -> list[str]:
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


def _within_ids(model: type[Record], packed: str) -> RawSQL:
    """A condition on the key that names many records in one value."""
    query = f'"{model._meta.db_table}"."id" IN ({_unpacked()})'
    return RawSQL(query, [_packed(packed)], output_field=BooleanField())


def _unpacked() -> str:
    return "SELECT value FROM json_each(%s)" if connection.vendor == "sqlite" else "SELECT unnest(%s::text[])"


def _packed(ids: str) -> Any:
    return ids if connection.vendor == "sqlite" else orjson.loads(ids)
