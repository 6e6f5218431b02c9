"""What lies beside a record, as its page and the page of a report about it show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import shapely
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from kambila.desk.values import number
from kambila.registry.fields import Shape
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import Record
from kambila.registry.neighbours import OVERLAPS, TOUCHES, Neighbour, neighbours
from kambila.registry.neighbours import beside as neighbours_of

NEAR_M = 500
MOST = 20


def beside(account: Any, record: Record, within_m: int = NEAR_M) -> dict[str, Any]:
    """What lies beside a record within some metres, the first twenty; the rest is counted."""
    return _told(neighbours(account, record, within_m), within_m)


def beside_stated(account: Any, change: Mapping[str, Any], within_m: int = NEAR_M) -> dict[str, Any]:
    """The same of the polygons that a change states; without the record that it is about."""
    polygons = [shapely.make_valid(each) for each in stated_polygons(change)]
    if not polygons:
        return {}
    return _told(neighbours_of(account, shapely.union_all(polygons), within_m, change["id"]), within_m)


def stated_polygons(change: Mapping[str, Any]) -> Iterator[BaseGeometry]:
    """The polygons that a change states, as they were drawn."""
    fields = plan_of(change["kind"]).stated if change["kind"] in kinds() else {}
    for name, value in change.get("values", {}).items():
        field = fields.get(name)
        if isinstance(field, Shape) and field.has_area and value is not None:
            with suppress(ValueError):
                yield shapely.from_wkb(field.read(value).wkb)


def _told(found: list[Neighbour], within_m: int) -> dict[str, Any]:
    return {
        "rows": [_row(each) for each in found[:MOST]],
        "more": max(0, len(found) - MOST),
        "metres": number(within_m),
    }


def _row(found: Neighbour) -> dict[str, Any]:
    return {
        "kind": capfirst(str(kinds()[found.kind]._meta.verbose_name)),
        "code": str(found.record),
        "url": reverse("record", args=[found.kind, found.record.pk]),
        "lies": _lies(found),
        "is_danger": found.relation == OVERLAPS and found.common_m2 > 0,
    }


def _lies(found: Neighbour) -> str:
    if found.relation == TOUCHES:
        return _("touches it")
    if found.relation != OVERLAPS:
        return _("%(metres)s m away") % {"metres": number(round(found.distance_m))}
    if not found.common_m2:
        return _("lies in it")
    return _("%(m2)s m² in common, %(percent)s %% of it") % {"m2": number(found.common_m2), "percent": found.percent}
