"""How an answer of a form becomes a stated value, for each type of field. docs/forms.md tells the rules to people."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps

from kambila.intake.definition import Choice
from kambila.registry.fields import Code, Codes, Link, Links, Moment, PartialDate, Several, Shape, Stated, Text, Whole
from kambila.registry.models import kind_of

UNKNOWN = "unknown"
SAFE_INTEGER = 2**53 - 1
COORDINATES = re.compile(r"[-+0-9.,;:°'\" NSEOWnseow]{1,200}")
LONGEST = 250
Resolve = Callable[[str, str], str | None]  # (kind, code): UUID of the record, if one is known


def state(
    field: Stated, answer: str, choices: Mapping[str, Choice], resolve: Resolve, type: str = "string", look: str = ""
) -> Any:
    """The JSON value that an answer states; None is *stated unknown*. The answer is not empty.

    What cannot be understood is stated as it was written, for the checks to name; it never becomes a value.
    """
    if isinstance(field, Several):
        return _several(field, answer, choices, resolve)
    answer = choices[answer].code if answer in choices else answer
    if answer == UNKNOWN and not _knows_unknown(field):
        return None
    if isinstance(field, Shape):
        return shape(field, answer)
    if isinstance(field, Link):
        return link(target_kind(field), answer, resolve)
    if isinstance(field, Whole):
        return _whole(answer)
    if isinstance(field, PartialDate):
        return partial_date(answer, type, look)
    if isinstance(field, Moment):
        return _moment(field, answer)
    return answer if isinstance(field, Text) else answer[:LONGEST]


def target_kind(field: Any) -> str:
    """The kind of record that a link leads to."""
    model = apps.get_model(field.to) if isinstance(field, Links) else field.related_model
    return kind_of(model)


def link(kind: str, answer: str, resolve: Resolve) -> str:
    """The UUID of a record that was answered as UUID or as human code; an unknown code stays as it was written."""
    try:
        return str(uuid.UUID(answer.removeprefix("uuid:")))
    except ValueError:
        return resolve(kind, answer) or answer[:LONGEST]


def shape(field: Shape, answer: str) -> dict[str, Any]:
    """GeoJSON (longitude, latitude) from ``lat lon alt accuracy; …``, with `accuracy_m` and `typed` beside it."""
    points = [_point(each) for each in answer.split(";") if each.strip()]
    typed = answer if COORDINATES.fullmatch(answer) else "?"
    if not points or any(each is None for each in points):
        return {"typed": typed}
    known = [each for each in points if each is not None]
    places = [[longitude, latitude] for longitude, latitude, _ in known]
    accuracy = max((each for _, _, each in known if each is not None), default=None)
    found = _geometry(field.types, places)
    if accuracy is not None:
        found["accuracy_m"] = accuracy
    return {**found, "typed": typed} if len(places) == 1 else found


def _geometry(types: tuple[str, ...], places: list[list[float]]) -> dict[str, Any]:
    if len(places) == 1:
        return {"type": "Point", "coordinates": places[0]}
    closed = len(places) > 3 and places[0] == places[-1]
    wants_area = any(each.endswith("Polygon") for each in types)
    if wants_area and (closed or "LineString" not in types):
        ring = places if closed else [*places, places[0]]
        if "Polygon" not in types:
            return {"type": "MultiPolygon", "coordinates": [[ring]]}
        return {"type": "Polygon", "coordinates": [ring]}
    return {"type": "LineString", "coordinates": places}


def _point(said: str) -> tuple[float, float, float | None] | None:
    """(longitude, latitude, accuracy in metres if it was measured) of ``lat lon [alt [accuracy]]``."""
    parts = said.replace(",", " ").split()
    try:
        numbers = [float(each) for each in parts]
    except ValueError:
        return None
    if not 2 <= len(numbers) <= 4 or not all(abs(each) < 1e9 for each in numbers):
        return None
    accuracy = numbers[3] if len(numbers) == 4 and numbers[3] > 0 else None
    return numbers[1], numbers[0], accuracy


def _several(field: Several, answer: str, choices: Mapping[str, Choice], resolve: Resolve) -> list[str] | None:
    said = answer.replace(",", " ").split() if isinstance(field, Links) else answer.split()
    said = [choices[each].code if each in choices else each for each in said]
    if said == [UNKNOWN] and not _knows_unknown(field):
        return None
    if isinstance(field, Links):
        said = [link(target_kind(field), each, resolve) for each in said]
    return list(dict.fromkeys(said))


def _knows_unknown(field: Stated) -> bool:
    """Whether “unknown” is itself a value of the field: a code of its list, or a text."""
    if isinstance(field, Code | Codes):
        return field.codes is not None and UNKNOWN in field.codes.values
    return isinstance(field, Text)


def _whole(answer: str) -> int | str:
    if re.fullmatch(r"-?\d{1,16}", answer) and abs(int(answer)) <= SAFE_INTEGER:
        return int(answer)
    return answer[:LONGEST]


def partial_date(answer: str, type: str, look: str) -> str:
    """A day, month or year. A question that shows only the month or the year still sends a whole date."""
    if re.match(r"\d{4}-\d{2}-\d{2}T", answer):
        answer = answer[:10]
    if type == "date" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", answer):
        words = look.split()
        return answer[:4] if "year" in words else answer[:7] if "month-year" in words else answer
    return answer[:LONGEST]


def _moment(field: Moment, answer: str) -> str:
    try:
        return field.read(answer)
    except ValueError:
        return answer[:LONGEST]
