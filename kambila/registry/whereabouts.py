"""Conditions on where records are, as far as a reader is told it: by their own geometry, or by the middle of a commune.

The index of bounding boxes finds what comes near, exact geometry decides. What was decided for a region is kept until the
head of the kind moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from kambila.journal import directory
from kambila.registry import access, boxed, heads, precision, spatial, sql
from kambila.registry.keeping import Kept
from kambila.registry.models import Record, kind_of
from kambila.registry.regions import Region, tested

_decided: Kept[Any] = Kept(64)


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


def in_commune(account: Any, model: type[Record], pcode: str) -> Q:
    """The records in a commune of which the account is told no nearer place. To be used on what `access.visible` gave."""
    found = []
    for shown in access.place_tiers(account, model):
        if precision.is_blurred(model, shown):
            condition = _without(model, precision.open_shapes(model, shown)) & Q(adm3=pcode)
            found.append(Q(shown_place=shown) & condition)
    return access.any_of(found) if pcode else access.NOTHING


def _without(model: type[Record], names: Sequence[str]) -> Q:
    condition = Q()
    for name in names:
        condition &= Q(**{f"{name}__isnull": True})
    return condition


def _by_own_place(model: type[Record], names: Sequence[str], region: Region, walking: bool) -> Q:
    """Those whose first geometry of `names` passes; none where there is no name."""
    if not names or not region.boxes:
        return access.NOTHING
    if region.is_box and precision.shapes(model) == tuple(names):
        return access.any_of(boxed.condition(model, names, box, region, walking) for box in region.boxes)
    return boxed.among(model, _passing(model, names, region))


def _passing(model: type[Record], names: Sequence[str], region: Region) -> Any:
    """The ids, packed, of the records that the index has in the boxes of a region and whose geometry passes."""
    key = (directory.current().path, heads.of(model), kind_of(model), tuple(names), region.name, region.boxes)
    return _decided.of(key, lambda: boxed.packed(_decide(model, names, region)))


def _decide(model: type[Record], names: Sequence[str], region: Region) -> list[str]:
    queries = [spatial.subquery(kind_of(model), box) for box in region.boxes]
    query = " UNION ".join(query for query, _values in queries)
    rows = sql.run(query, [each for _query, values in queries for each in values])
    return sorted(tested(model, names, region.test, {record for (record,) in rows}))
