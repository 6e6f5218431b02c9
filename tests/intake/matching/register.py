"""A register of five hundred areas, ours and the operator's, that differ in forty planted ways. For tests only."""

from __future__ import annotations

import copy
import uuid
from dataclasses import replace
from typing import Any

from kambila.intake import decisions
from kambila.intake.matching.registers import Line
from tests.registry.telling import change, report

ORGANISATION = "00000000-0000-7000-8000-00000000f001"
OTHER = "00000000-0000-7000-8000-00000000f002"
SIZE, AREAS = 0.002, 500
DATE = "2014-06-20"


def id_of(number: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"area {number}"))


def code_of(number: int) -> str:
    return f"CLEAR-HA-{number:04}"


def square(number: int, shift: float = 0.0) -> dict[str, Any]:
    """Squares of about 220 m, a kilometre and more from one another."""
    west, south = round(-1 + (number % 25) * 0.02 + shift, 7), round(16 + (number // 25) * 0.02, 7)
    east, north = round(west + SIZE, 7), round(south + SIZE, 7)
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def values_of(number: int) -> dict[str, Any]:
    return {
        "code": code_of(number),
        "title": f"Place {number}",
        "classification": "cha" if number % 2 else "sha",
        "reported_status": "open",
        "surveyed_on": "2014-05-02",
        "devices": ["uxo"],
        "polygon": square(number),
        "area_m2": "47000",
        "adm1": "ML07",
    }


def taken(entry: Any) -> Any:
    decisions.accept_many([entry.id], "omar", "checked", unreviewed="made for a test")
    return entry


def ours(numbers: range = range(AREAS)) -> None:
    """What the operator reported, accepted; two areas were closed by a product."""
    said = [change(id_of(n), values_of(n), "hazardous_area") for n in numbers]
    taken(report(*said, date=DATE, organisation=ORGANISATION, code="BKO-R-00001"))


def close(number: int) -> None:
    product = {
        "area": id_of(number),
        "method": "cleared",
        "area_m2": "47000",
        "whole_area": "yes",
        "date": "2014-06-25",
    }
    record = str(uuid.uuid5(uuid.NAMESPACE_OID, f"product {number}"))
    taken(report(change(record, product, "land_release_product"), date="2014-06-25", organisation=ORGANISATION))


def line(number: int, **stated: Any) -> Line:
    """A row as the operator has it: by our UUID for every other one, else by its id alone."""
    record = id_of(number) if number % 2 else ""
    values = {name: copy.deepcopy(value) for name, value in values_of(number).items() if name != "code"}
    return Line(number + 2, "hazardous_area", {**values, **stated}, code_of(number), record, DATE)


def planted() -> tuple[list[Line], dict[str, set[str]]]:
    """(the operator's rows, {sort of difference: ids concerned}); areas 30 and 31 must have been closed."""
    rows = {number: line(number) for number in range(AREAS)}
    for number in range(6):  # here, not there
        del rows[number]
    for number in range(6, 12):
        rows[number] = line(number, polygon=square(number, 0.0005))
    for number in range(12, 17):
        rows[number] = line(number, area_m2="52500")
    for number in range(17, 21):
        rows[number] = line(number, reported_status="suspended")
    for number in range(21, 25):
        rows[number] = replace(rows[number], date="2014-07-15")
    for number in range(25, 29):
        rows[number] = replace(rows[number], id=f"clear ha {number}", record="")
    extra = [replace(line(number), number=1000 + number) for number in (40, 41, 42)]
    new = [replace(line(AREAS + number), record=str(uuid.uuid4())) for number in range(6)]
    expected = {
        "only-ours": {code_of(n) for n in range(6)},
        "polygon": {code_of(n) for n in range(6, 12)},
        "area_m2": {code_of(n) for n in range(12, 17)},
        "reported_status": {code_of(n) for n in (*range(17, 21), 30, 31)},
        "information_date": {code_of(n) for n in range(21, 25)},
        "other-id": {code_of(n) for n in range(25, 29)},
        "twice": {code_of(n) for n in (40, 41, 42)},
        "only-theirs": {code_of(AREAS + n) for n in range(6)},
    }
    return [*rows.values(), *extra, *new], expected
