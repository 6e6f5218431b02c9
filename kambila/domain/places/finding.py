"""Finding places by name: with or without accents, by another spelling, by the beginning, or nearly."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from kambila.domain.places.codes import AdminLevel, PlaceClass
from kambila.domain.places.models import AdminArea, Village
from kambila.domain.places.names import spellings
from kambila.registry.names import folded

NAME, BEGINNING, PART, NEARLY = "name", "beginning", "part", "nearly"
ORDER = [*AdminLevel.values, *PlaceClass.values]


@dataclass(frozen=True)
class Place:
    """A place that was found; `match` says how: by its name, the beginning or a part of it, or nearly."""

    kind: str
    id: str
    code: str
    title: str
    type: str
    adm1: str
    adm2: str
    adm3: str
    match: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def find(text: str, limit: int = 20) -> list[Place]:
    """Places of that name, the best first: a whole name before a beginning, a beginning before a part."""
    names = spellings(text)
    if not names[0]:
        return []
    patterns = [(NAME, "|{}|"), (BEGINNING, "|{}"), (PART, "{}")]
    found: dict[tuple[str, str], Place] = {}
    for match, pattern in patterns:
        for name in names if match == NAME else names[:1]:
            for place in _containing(pattern.format(name), match):
                found.setdefault((place.kind, place.id), place)
        if len(found) >= limit:
            break
    if not found:
        found = {(place.kind, place.id): place for place in _nearly(names[0])}
    return sorted(found.values(), key=_rank)[:limit]


def by_code(code: str) -> list[Place]:
    """The place of a P-code."""
    return [_place(row, NAME) for model in (AdminArea, Village) for row in model.objects.filter(pcode=code.upper())]


def _containing(key: str, match: str) -> Iterator[Place]:
    for model in (AdminArea, Village):
        yield from (_place(row, match) for row in model.objects.filter(search_key__contains=key).order_by("pk")[:500])


def _nearly(name: str) -> Iterator[Place]:
    """Places whose name differs by a letter or two."""
    keys = {
        each: key
        for model in (AdminArea, Village)
        for key in model.objects.values_list("search_key", flat=True)
        for each in (key or "").strip("|").split("|")
        if abs(len(each) - len(name)) <= 2
    }
    for close in difflib.get_close_matches(folded(name), keys, n=5, cutoff=0.8):
        yield from _containing(f"|{close}|", NEARLY)


def _place(row: AdminArea | Village, match: str) -> Place:
    is_area = isinstance(row, AdminArea)
    type = row.level if isinstance(row, AdminArea) else row.place_class
    texts = {name: getattr(row, name) or "" for name in ("code", "title", "adm1", "adm2", "adm3")}
    return Place(kind="admin_area" if is_area else "village", id=row.id, type=type or "", match=match, **texts)


def _rank(place: Place) -> tuple[int, int, str]:
    match = (NAME, BEGINNING, PART, NEARLY).index(place.match)
    return match, ORDER.index(place.type) if place.type in ORDER else len(ORDER), place.title
