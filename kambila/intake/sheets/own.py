"""The profiles of Kambila's own exports: one for each kind, generated from its declaration, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import tomli_w

from kambila.intake.sheets.profile import Profile, read
from kambila.registry.fields import Attachment, Shape, Stated
from kambila.registry.kinds import kinds, plan_of

PREFIX = "kambila-"
HEADERS = {"id": "id", "date": "information_date", "office": "office", "organisation": "organisation"}
EXAMPLE = "example"


def own_profiles() -> Iterator[str]:
    """The names of these profiles."""
    yield from (PREFIX + kind.replace("_", "-") for kind in sorted(kinds()))


@cache
def own_profile(name: str) -> Profile:
    """The profile of a kind's exports, by its name."""
    return read(text_of(name.removeprefix(PREFIX).replace("-", "_")))


def text_of(kind: str) -> str:
    """The same as text, which a programme may take for the beginning of a profile of its own."""
    fields: dict[str, Any] = {name: _source(name, field) for name, field in exported(kind).items()}
    if (shape := map_field(kind)) is not None:
        fields[shape] = {"wkt": shape, "geometry": True}
    said = {
        "name": PREFIX + kind.replace("_", "-"),
        "title": f"Kambila: {kind}",
        "report": {
            "date": {"column": HEADERS["date"]},
            "office": {"column": HEADERS["office"]},
            "organisation": {"column": HEADERS["organisation"]},
            "fill_places": False,
        },
        "records": [{"kind": kind, "id": {"uuid": HEADERS["id"]}, "fields": fields}],
    }
    return tomli_w.dumps(said)


def exported(kind: str) -> dict[str, Stated]:
    """The fields that an export may hold: none that identifies a person, no files, nothing computed."""
    stated = plan_of(kind).stated
    return {name: f for name, f in stated.items() if not f.personal and not isinstance(f, Attachment)}


def map_field(kind: str) -> str | None:
    """The geometry that a map file draws: the area where the kind has one, else the first; others are columns of text."""
    shapes = {name: field for name, field in exported(kind).items() if isinstance(field, Shape)}
    areas = [name for name, field in shapes.items() if field.has_area]
    return next(iter(areas or shapes), None)


def _source(name: str, field: Stated) -> Any:
    return {"wkt": name} if isinstance(field, Shape) else name
