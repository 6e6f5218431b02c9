"""Records of any kind, with values made up so that no check objects. For tests only."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from functools import cache
from typing import Any

from kambila.intake.drafts import Known
from kambila.intake.review import errors, review_entry
from kambila.intake.sheets.rows import proposed
from kambila.registry.fields import (
    Attachment,
    Code,
    Codes,
    Link,
    Links,
    Moment,
    Narrative,
    Number,
    PartialDate,
    Shape,
    Stated,
    Text,
    Whole,
)
from kambila.registry.kinds import plan_of

TEXTS = [
    "=SUM(A1)",
    "+223 76",
    "-",
    "@here",
    "'=quoted",
    'Kéké; "l\'île", 7',
    "00123",
    "-12.5",
    "two\nlines",
    "\tx",
    "١٢",
]
DAY = "2014-06-18"


@cache
def made_up(kind: str, seed: int, link: str = "", target: str = "") -> Mapping[str, Any]:
    """Values for a record: what is required, and every other field whose value no check calls an error."""
    dice = random.Random(f"{kind} {seed}")  # noqa: S311
    fields = plan_of(kind).stated.items()
    left_out = {link, "taken_from"}  # to take ground over needs a second person, so the record would wait
    stated = {n: f for n, f in fields if not f.personal and not isinstance(f, Attachment) and n not in left_out}
    values: dict[str, Any] = {name: value_of(field, dice) for name, field in stated.items() if field.required}
    values |= {link: target} if link else {}
    whole = values | {name: value_of(field, dice) for name, field in stated.items() if not field.required}
    left = _objections(kind, whole)
    values = whole
    for _attempt in range(4_000):
        if not left:
            return values
        name, field = dice.choice(list(stated.items()))
        tried = {**values, name: value_of(field, dice)}
        if not field.required and dice.random() < 0.3:
            del tried[name]
        if (now := _objections(kind, tried)) <= left:
            values, left = tried, now
    raise AssertionError((kind, values))


def _objections(kind: str, values: Mapping[str, Any]) -> int:
    sealed = [name for name in values if plan_of(kind).stated[name].sealed]
    change = {"kind": kind, "id": str(uuid.UUID(int=1)), "values": {n: v for n, v in values.items() if n not in sealed}}
    change["sealed"] = dict.fromkeys(sealed, "change-0")
    entry = proposed("", "ana", {"date": DAY, "changes": [change]}, f"{DAY}T12:00:00.000000Z")
    found = errors(review_entry(entry, Known()))
    return len([each for each in found if each.code != "required-missing"])


def value_of(field: Stated, dice: random.Random) -> Any:
    if isinstance(field, Code) and field.codes is not None:
        return dice.choice(field.codes.values)
    if isinstance(field, Codes) and field.codes is not None:
        return dice.sample(field.codes.values, dice.randint(1, min(3, len(field.codes.values))))
    if isinstance(field, Link):
        return str(uuid.UUID(int=dice.getrandbits(128)))
    if isinstance(field, Links | Codes):
        return [str(uuid.UUID(int=dice.getrandbits(128))) for _ in range(2)]
    if isinstance(field, Whole):
        return dice.choice([0, 1, 2, 7, 14])
    if isinstance(field, Number):
        return dice.choice(["0", "12.5", "1234567.89", "0.01", "3"])
    if isinstance(field, PartialDate):
        return dice.choice(["2013", "2014-02", "2014-05-09", DAY])
    if isinstance(field, Moment):
        return "2014-06-18T09:30:00Z"
    if isinstance(field, Shape):
        return shape(field, dice)
    if isinstance(field, Narrative):
        return dice.choice(TEXTS[:6]) + " a story"
    if isinstance(field, Text):
        return dice.choice(TEXTS)[: field.max_length]
    raise AssertionError(field)


def shape(field: Shape, dice: random.Random) -> dict[str, Any]:
    x, y = round(dice.uniform(-4, -1), 6), round(dice.uniform(15, 17), 6)
    kind = dice.choice(field.types)
    point, ring = [x, y], [[x, y], [x + 0.001, y], [x + 0.001, y + 0.001], [x, y]]
    return {"type": kind, "coordinates": {
        "Point": point, "LineString": ring[:2], "Polygon": [ring], "MultiPolygon": [[ring]], "MultiLineString": [ring[:2]],
    }[kind]}  # fmt: skip
