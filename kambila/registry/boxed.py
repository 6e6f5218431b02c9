"""The records in a box, for readers who are told every place of a kind as it is.

A place whose box in the index lies wholly in the box that is asked for is in it; only what lies at its edge is looked at
itself. What was decided for an edge is kept until the head of the kind moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from kambila.journal import directory
from kambila.registry import access, heads, precision, spatial, sql
from kambila.registry.keeping import Kept
from kambila.registry.models import Record, kind_of
from kambila.registry.regions import Region, box_region, tested
from kambila.registry.spatial import Bounds

SOME = 1_000  # records of a box up to which all are named
FEW = 5_000  # up to which all are looked up; above it they are met on the way
MANY = 50_000  # up to which the index puts them in the order of their keys
MARGIN = 0.00002  # degrees by which the boxes of either index may be off
_edges: Kept[Edge] = Kept(64)


@dataclass(frozen=True)
class Edge:
    """Of the records whose place reaches the edge of a box: those that lie in it, by key, and how many do not."""

    inside: tuple[str, ...]
    outside: int


def few(account: Any, model: type[Record], boxes: Sequence[Bounds]) -> list[str] | None:
    """The records of a kind that are in some boxes, for an account that is told every place of that kind as it is.

    None for any other account, and where there are more than a few: then `whereabouts.lies` says it as a condition. To be
    used on what `access.visible` gave, by :func:`among`.
    """
    if not _is_told_all(account, model):
        return None
    names, found = precision.shapes(model), set[str]()
    for box in boxes:
        touched = spatial.touched(kind_of(model), box, SOME)
        if touched is None:
            return None
        inner = _inner(box)
        inside = {each[0] for each in touched if inner is not None and _is_within(each, inner)}
        edge = {each[0] for each in touched} - inside
        found |= inside.union(tested(model, names, box_region(boxes).test, edge) if edge else ())
    return sorted(found)


def first(account: Any, model: type[Record], box: Bounds, after: str, limit: int) -> tuple[list[str], int] | None:
    """(the first so many records after a key, in the order of keys; how many there are in all) of those in a box.

    For an account that sees every record of the kind; None for any other, and where there are too many to be put in order.
    """
    inner = _inner(box)
    if inner is None or not access.sees_all(account, model) or not _is_told_all(account, model):
        return None
    edge = _edge(model, precision.shapes(model), box_region([box]), box)
    number = spatial.number(kind_of(model), _widened(box), MANY)
    if number is None:
        return None
    within = spatial.first_within(kind_of(model), inner, after, limit)
    found = sorted({*within, *(each for each in edge.inside if each > after)})
    return found[:limit], number - edge.outside


def among(model: type[Record], ids: Any) -> Q:
    """The records with these keys; `ids` as :func:`packed` gives them, or what stands for them."""
    unpacked = "IN (SELECT value FROM json_each(%s))" if connection.vendor == "sqlite" else "= ANY(%s::text[])"
    return Q(RawSQL(f'"{model._meta.db_table}"."id" {unpacked}', [ids], output_field=BooleanField()))


def packed(ids: Sequence[str]) -> Any:
    """Keys as one value of a query."""
    return orjson.dumps(ids).decode() if connection.vendor == "sqlite" else list(ids)


def condition(model: type[Record], names: Sequence[str], box: Bounds, region: Region, walking: bool) -> Q:
    """The records whose place (all `names` of the kind are open) is in a box, one of those of a region."""
    edge = _edge(model, names, region, box).inside
    rest = among(model, packed(edge)) if edge else access.NOTHING
    inner = _inner(box)
    if inner is None:
        return rest
    kind, id = kind_of(model), f'"{model._meta.db_table}"."id"'
    are_few = spatial.number(kind, inner, FEW) is not None
    if walking and not are_few:
        query, values = spatial.walked(kind, inner, id)
    else:
        query, values = spatial.within(kind, inner)
        if edge:
            unpacked = (
                "SELECT value FROM json_each(%s)" if connection.vendor == "sqlite" else "SELECT unnest(%s::text[])"
            )
            query, values = f"{query} UNION ALL {unpacked}", [*values, packed(edge)]
        # An array is looked up first: else PostgreSQL may go through all records to find a few in order.
        is_looked_up = are_few and connection.vendor == "postgresql"
        query = f"{id} = ANY(ARRAY({query}))" if is_looked_up else f"{id} IN ({query})"
        rest = access.NOTHING
    return access.any_of([Q(RawSQL(query, values, output_field=BooleanField())), rest])


def _is_told_all(account: Any, model: type[Record]) -> bool:
    tiers = access.place_tiers(account, model)
    return bool(precision.shapes(model)) and len(tiers) == 1 and not precision.is_blurred(model, tiers[0])


def _edge(model: type[Record], names: Sequence[str], region: Region, box: Bounds) -> Edge:
    key = (directory.current().path, heads.of(model), kind_of(model), tuple(names), region.name, box)

    def decide() -> Edge:
        queries = [spatial.places(kind_of(model), each) for each in _strips(box)]
        query = " UNION ".join(query for query, _values in queries)
        rows = sql.run(query, [each for _query, values in queries for each in values])
        inside = sorted(tested(model, names, region.test, {record for (record,) in rows}))
        return Edge(tuple(inside), len(rows) - len(inside))

    return _edges.of(key, decide)


def _inner(box: Bounds) -> Bounds | None:
    """What of a box is not its edge; None for one that is nothing else."""
    west, south, east, north = box
    inner = (west + MARGIN, south + MARGIN, east - MARGIN, north - MARGIN)
    return inner if inner[0] <= inner[2] and inner[1] <= inner[3] else None


def _widened(box: Bounds) -> Bounds:
    west, south, east, north = box
    return west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN


def _is_within(found: Sequence[Any], box: Bounds) -> bool:
    return found[1] >= box[0] and found[2] >= box[1] and found[3] <= box[2] and found[4] <= box[3]


def _strips(box: Bounds) -> tuple[Bounds, ...]:
    """The edge of a box, as wide as the index may be off."""
    w, s, e, n = _widened(box)
    west, south, east, north = box
    if east - west <= 2 * MARGIN or north - south <= 2 * MARGIN:
        return ((w, s, e, n),)
    upright = ((w, s, west + MARGIN, n), (east - MARGIN, s, e, n))
    return (*upright, (w, s, e, south + MARGIN), (w, north - MARGIN, e, n))
