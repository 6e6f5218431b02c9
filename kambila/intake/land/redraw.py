"""Splitting an area, joining areas, extending one: each becomes a report like any other, and waits for acceptance.

The ground that one area takes over from another is no ground released: it is as dangerous as it was. So what takes over
bears the most dangerous classification of those it takes from, and its acceptance needs two people.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from kambila.domain.land.balance import ground
from kambila.domain.land.balance.alone import remaining_shape
from kambila.intake import codes, errors  # noqa: F401  the catalogue
from kambila.intake.about_records import day_of
from kambila.intake.authority import known_account, must_with_record
from kambila.intake.drawing import points
from kambila.intake.lookup import find_record
from kambila.journal import Draft, Part, append
from kambila.journal.entry import Entry, new_id
from kambila.journal.errors import Problem
from kambila.registry import same
from kambila.registry.fields import Several, Stated
from kambila.registry.geometry import area_m2
from kambila.registry.kinds import model_of, plan_of

KIND = "hazardous_area"
# What is said of an area as a whole, and so also of a part of it.
OF_THE_WHOLE = (
    "adm1", "adm2", "adm3", "classification", "village", "surveyed_by", "contribution", "devices", "anti_lift",
    "booby_trapped", "evidence", "evidence_basis", "evidence_known", "village_survey", "blockages", "terrain",
)  # fmt: skip
UNITED = ("devices", "evidence_basis", "evidence_known", "blockages", "terrain")


def split(area: str, part: Any, author: str, reason: str, date: str = "") -> Entry:
    """Make a part of an area an area of its own. `part` is a GeoJSON polygon; of it counts what is still dangerous.

    Raises Problem when nothing of the area lies in the part, or all of it does.
    """
    row = _row(area, author)
    left = _left(row)
    piece = ground.common(left, _shape(part))
    if piece is None or ground.without(left, [piece]) is None:
        raise Problem("no-part", area=row.code or row.id)
    values = _values(row) | {"taken_from": [row.id], "polygon": _geojson(piece)}
    if row.area_m2 is not None and row.remaining_m2:
        values["area_m2"] = _share(row.remaining_m2, piece, left)
    return _report(row, [(new_id(), values)], author, reason, date)


def join(areas: Sequence[str], author: str, reason: str, date: str = "") -> Entry:
    """Make one area of several: a new one that takes over what is left of each. Raises Problem for less than two."""
    rows = {row.id: row for row in (_row(each, author) for each in areas)}
    if len(rows) < 2:
        raise Problem("same-record")
    first, *others = sorted(rows.values(), key=lambda row: _rank(row.classification), reverse=True)
    left = ground.together([_left(row) for row in rows.values()])
    values = _values(first) | {"taken_from": sorted(rows), "polygon": _geojson(left)}
    for name in UNITED:
        found = [each for row in (first, *others) for each in getattr(row, name) or ()]
        values |= {name: list(dict.fromkeys(found))} if found else {}
    stated = [row.remaining_m2 for row in rows.values()]
    if all(row.area_m2 is not None for row in rows.values()) and None not in stated:
        values["area_m2"] = str(sum(stated, Decimal(0)))
    return _report(first, [(new_id(), values)], author, reason, date)


def extend(area: str, part: Any, author: str, reason: str, date: str = "") -> Entry:
    """Add ground to an area. Raises Problem when nothing of the part lies outside it."""
    row = _row(area, author)
    own = _drawn(row)
    more = ground.without(_shape(part), [own])
    if more is None:
        raise Problem("nothing-added", area=row.code or row.id)
    values: dict[str, Any] = {"polygon": _geojson(ground.together([own, more]))}
    if row.area_m2 is not None:
        values["area_m2"] = str(row.area_m2 + area_m2(more))
    return _report(row, [(row.id, values)], author, reason, date)


def shape_of(said: str) -> Any:
    """GeoJSON from a text of it, or from turning points: a position for each line, in any notation that imports read.

    Raises Problem for what is neither.
    """
    try:
        if said.lstrip().startswith("{"):
            return json.loads(said)
    except ValueError as error:
        raise Problem("unreadable-value", field="polygon", value=said[:80], why=str(error)) from None
    found = points.placed(points.Row(line) for line in said.splitlines())
    wrong = next((each.problem for each in found if each.problem), "")
    stated = points.stated(found, plan_of(KIND).stated["polygon"].types)  # type: ignore[attr-defined]
    if wrong or stated is None:
        raise Problem("unreadable-value", field="polygon", value=said[:80], why=wrong)
    return stated


def _row(name: str, author: str) -> Any:
    """An area that the author may see, and report on."""
    id, account = find_record(KIND, name), known_account(author)
    for action in ("read", "report"):
        must_with_record(account, action, KIND, id)
    root = same.roots_of(KIND, [id]).get(id, id)
    row = model_of(KIND)._default_manager.filter(pk=root).first()
    if row is None:
        raise Problem("not-shown", name=name)
    return row


def _drawn(row: Any) -> Any:
    if row.polygon is None:
        raise Problem("not-drawn", area=row.code or row.id)
    return ground.mended(ground.read([bytes(row.polygon)]))[0]


def _left(row: Any) -> Any:
    _drawn(row)
    left = remaining_shape(row)
    if left is None:
        raise Problem("nothing-left", area=row.code or row.id)
    return left


def _shape(stated: Any) -> Any:
    field = plan_of(KIND).stated["polygon"]
    try:
        return ground.read([field.read(stated).wkb])[0]
    except ValueError as error:
        raise Problem("unreadable-value", field="polygon", value=str(stated)[:80], why=error.args[0]) from None


def _geojson(shape: Any) -> dict[str, Any]:
    import shapely

    found: dict[str, Any] = json.loads(shapely.to_geojson(shape))
    return found


def _share(size: Decimal, piece: Any, whole: Any) -> str:
    part, all_of_it = ground.measured([piece, whole]).tolist()
    return str((size * part / all_of_it).quantize(Decimal("0.01")))


def _rank(classification: Any) -> int:
    return plan_of(KIND).stated["classification"].rank(classification)


def _values(row: Any) -> dict[str, Any]:
    """What is said of the whole, as a report states it."""
    fields = plan_of(KIND).stated
    values = {name: _stated(fields[name], getattr(row, fields[name].attname)) for name in OF_THE_WHOLE}
    return {name: value for name, value in values.items() if value is not None}


def _stated(field: Stated, value: Any) -> Any:
    return list(value) if isinstance(field, Several) and value is not None else value


def _report(row: Any, records: Sequence[tuple[str, Mapping[str, Any]]], author: str, reason: str, date: str) -> Entry:
    if not reason.strip():
        raise Problem("no-reason")
    changes: list[dict[str, Any]] = [{"kind": KIND, "id": id, "values": dict(values)} for id, values in records]
    body: dict[str, Any] = {
        "form": KIND, "version": "", "reporter": author, "office": row.office, "organisation": row.organisation,
        "code": "", "date": day_of(date), "instance": "", "changes": changes,
    }  # fmt: skip
    parts = {"reason": Part("text/plain", reason.strip().encode())}

    def written() -> list[Draft]:
        new = [each for each in changes if each["id"] != row.id]
        prefix = model_of(KIND).code_prefix
        given = codes.give({codes.REPORT: 1, **({prefix: len(new)} if new else {})})
        body["code"] = given[codes.REPORT][0]
        for change, code in zip(new, given.get(prefix, []), strict=True):
            change["values"]["code"] = code
        return [Draft("report", author, body, parts)]

    return append(written)[0]
