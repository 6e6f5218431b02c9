"""What a request for items asks, read from its parameters; one that there is not is refused."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest

from kambila.journal.errors import Problem
from kambila.publish.features import crs, errors, sorting  # noqa: F401  the catalogue
from kambila.publish.features.collections import INFORMATION_DATE, Collection
from kambila.registry.spatial import Bounds

USUAL, MOST = 100, 10_000  # items of a page
LONGEST = 100_000  # characters of all parameters together
FARTHEST = 3_600  # degrees: a map that is zoomed out sees more than the world, but what is farther is a mistake
FILTERING = ("bbox", "bbox-crs", "datetime", "filter", "filter-lang", "filter-crs")
PARAMETERS = (*FILTERING, "limit", "sortby", "properties", "crs", "after", "f")
# QGIS (3.22 was looked at) says a condition on whatever date of a record as `datetime`, and looks no further itself.
QGIS = "QGIS/"
FORMATS = {
    "json": (
        "application/geo+json",
        "application/json",
        "application/vnd.oai.openapi+json;version=3.0",
        "application/schema+json",
    ),
    "html": ("text/html",),
    "csv": ("text/csv",),
}


@dataclass(frozen=True)
class Asked:
    """A page of items: `said` are the parameters that choose among them, `keys` their order.

    `is_any_date`: `datetime` may mean any date of a record, not only the one that dates it.
    """

    said: Mapping[str, str]
    limit: int
    keys: sorting.Keys
    properties: tuple[str, ...] | None
    crs: str
    boxes: tuple[Bounds, ...]
    filter_crs: str
    after: str
    is_any_date: bool = False


def plain(request: HttpRequest, *allowed: str) -> Mapping[str, str]:
    """The parameters, each at most once. Raises Problem for one that is not allowed."""
    found = {}
    if len(request.META.get("QUERY_STRING", "")) > LONGEST:
        raise Problem("bad-parameter", name="filter", why="…")
    for name, values in request.GET.lists():
        if name not in allowed:
            raise Problem("unknown-parameter", name=name)
        if len(values) > 1 or "\x00" in values[0]:
            raise Problem("bad-parameter", name=name, why=values[0][:40].replace("\x00", "�"))
        found[name] = values[0]
    return found


def asked(request: HttpRequest, collection: Collection) -> Asked:
    """What a request asks of a collection. Raises Problem."""
    said = plain(request, *PARAMETERS, *collection.asked, INFORMATION_DATE, "id")
    if said.get("filter-lang", "cql2-text") != "cql2-text":
        raise Problem("bad-parameter", name="filter-lang", why=said["filter-lang"])
    return Asked(
        said={name: said[name] for name in sorted(said) if name in FILTERING or name not in PARAMETERS},
        limit=_limit(said.get("limit", "")),
        keys=sorting.keys_of(collection, said.get("sortby", "")),
        properties=_properties(collection, said["properties"]) if "properties" in said else None,
        crs=crs.named(said.get("crs", ""), "crs"),
        boxes=_boxes(said["bbox"], crs.named(said.get("bbox-crs", ""), "bbox-crs")) if "bbox" in said else (),
        filter_crs=crs.named(said.get("filter-crs", ""), "filter-crs"),
        after=said.get("after", ""),
        is_any_date=QGIS in request.headers.get("User-Agent", ""),
    )


def format_of(request: HttpRequest, offered: tuple[str, ...]) -> str:
    """The form of the answer: `f`, else what the request accepts, else JSON. Raises Problem for another `f`."""
    said = request.GET.get("f", "")
    if said:
        name = "json" if said == "geojson" else said
        if name not in offered:
            raise Problem("bad-parameter", name="f", why=said)
        return name
    return _preferred(request.headers.get("Accept", "*/*"), offered)


@lru_cache(maxsize=1_000)
def _preferred(accept: str, offered: tuple[str, ...]) -> str:
    types = {each: name for name in offered for each in FORMATS[name]}
    asking = HttpRequest()
    asking.META["HTTP_ACCEPT"] = accept
    preferred = asking.get_preferred_type(list(types))
    return types[preferred] if preferred else offered[0]


def _limit(said: str) -> int:
    if not said:
        return USUAL
    if not re.fullmatch(r"[0-9]{1,12}", said) or int(said) < 1:
        raise Problem("bad-parameter", name="limit", why=said)
    return min(int(said), MOST)


def _properties(collection: Collection, said: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(each.strip() for each in said.split(",") if each.strip()))
    for name in names:
        if name not in (*collection.given, INFORMATION_DATE):
            raise Problem("unknown-property", name=name)
    return names


def _boxes(said: str, uri: str) -> tuple[Bounds, ...]:
    """One box in degrees, or two where it goes across the meridian of 180°; heights are left out."""
    try:
        numbers = [float(each) for each in said.split(",")]
        if len(numbers) not in (4, 6) or not all(math.isfinite(each) for each in numbers):
            raise ValueError
        half = len(numbers) // 2
        west, south, east, north = crs.unproject_box([*numbers[:2], *numbers[half : half + 2]], uri)
        if south > north or not all(math.isfinite(each) for each in (west, south, east, north)):
            raise ValueError
        if max(abs(west), abs(east)) > FARTHEST or max(abs(south), abs(north)) > FARTHEST:
            raise ValueError
    except ValueError:
        raise Problem("bad-parameter", name="bbox", why=said[:80]) from None
    return ((west, south, 180.0, north), (-180.0, south, east, north)) if west > east else ((west, south, east, north),)


def cache_key(asked: Asked) -> tuple[Any, ...]:
    """What decides which items there are, whatever page of them is asked for."""
    return (*asked.said.items(), ("is_any_date", asked.is_any_date))
