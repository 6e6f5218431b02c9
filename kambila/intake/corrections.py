"""Correcting a report: a new one that restates it, and waits for acceptance like any other. What was said stays."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

from kambila.intake import codes
from kambila.intake.authority import known_account, may_with_report
from kambila.intake.lookup import entry_of, find_report
from kambila.journal import Draft, Part, append
from kambila.journal.entry import Entry, canonical
from kambila.journal.errors import Problem
from kambila.registry.fields import Attachment, Number, Several, Shape, Stated, Whole
from kambila.registry.kinds import kinds, plan_of

Corrections = Mapping[str, Any]


def correct(report: str, corrections: Corrections, author: str, reason: str, date: str = "") -> Entry:
    """Restate a report (id or code) with other values, by ``field`` or ``index/field``; None is *stated unknown*.

    Texts are taken as a form would take them: "12" for a whole number, "" for unknown. `date` corrects the date of
    information. Sealed values that are not corrected, the raw submission and the files are named again by commitment.
    Raises Problem for a field that there is not, or a value that it cannot read. Gives the new report's entry.
    """
    entry = entry_of(find_report(report).id)
    _must_be_allowed(author, entry)
    if not reason.strip():
        raise Problem("no-reason")
    body = copy.deepcopy(entry.body)
    changes = body["changes"]
    opened: dict[int, dict[str, Any]] = {}
    for name, value in corrections.items():
        index, field = _place(changes, name)
        stated = stated_value(changes[index]["kind"], field, value)
        if plan_of(changes[index]["kind"]).stated[field].sealed:
            opened.setdefault(index, {})[field] = stated
        else:
            changes[index].setdefault("values", {})[field] = stated
    body.update({"edits": entry.id, "reporter": author, "instance": ""} | ({"date": date} if date else {}))
    if not opened and changes == entry.body["changes"] and body["date"] == entry.body["date"]:
        raise Problem("nothing-corrected")
    parts = {"reason": Part("text/plain", reason.strip().encode())} | _seal(entry, changes, opened)
    kept = _kept(entry, changes)

    def written() -> list[Draft]:
        if body.get("code"):
            body["code"] = codes.give({codes.REPORT: 1})[codes.REPORT][0]
        return [Draft("report", author, body, parts, kept)]

    return append(written)[0]


def _must_be_allowed(author: str, entry: Entry) -> None:
    """One's own report, or one that the author may both read and report."""
    account = known_account(author)
    own = author in (entry.author, entry.body.get("reporter"))
    if own and may_with_report(account, "report", entry):
        return
    if not (may_with_report(account, "read", entry) and may_with_report(account, "report", entry)):
        raise Problem("may-not", account=author, action="report")


def _place(changes: list[dict[str, Any]], name: str) -> tuple[int, str]:
    """Which change a name means: the one that is numbered, else the only one that states it, else the only possible."""
    index, _slash, field = name.rpartition("/")
    if index:
        if not index.isdigit() or int(index) >= len(changes):
            raise Problem("which-change", field=field)
        _declared(changes[int(index)]["kind"], field)
        return int(index), field
    stating = [
        i for i, each in enumerate(changes) if field in each.get("values", {}) or field in each.get("sealed", {})
    ]
    possible = [
        i for i, each in enumerate(changes) if each["kind"] in kinds() and field in plan_of(each["kind"]).stated
    ]
    found = stating or possible
    if not found and len(changes) == 1:
        _declared(changes[0]["kind"], field)
    if len(found) != 1:
        raise Problem("which-change", field=field)
    return found[0], field


def _declared(kind: str, field: str) -> Stated:
    fields = plan_of(kind).stated if kind in kinds() else {}
    if field not in fields:
        raise Problem("no-such-field", kind=kind, field=field, fields=", ".join(fields))
    return fields[field]


def stated_value(kind: str, name: str, value: Any) -> Any:
    """The JSON value to state. Raises Problem when the field cannot read it."""
    field = _declared(kind, name)
    if isinstance(field, Attachment):
        raise Problem("file-not-corrected", field=name)
    if value is None or value == "":
        return None
    if field.sealed:
        return str(value)
    try:
        stated = json.loads(value) if isinstance(field, Shape) and isinstance(value, str) else value
        read = field.read(stated)
    except ValueError as error:
        why = error.args[0] if not isinstance(error, json.JSONDecodeError) else str(error)
        raise Problem("unreadable-value", field=name, value=value, why=why) from None
    if isinstance(field, Whole):
        return read
    if isinstance(field, Number):
        return str(read)
    return list(read) if isinstance(field, Several) else stated


def _seal(entry: Entry, changes: list[dict[str, Any]], opened: Mapping[int, Mapping[str, Any]]) -> dict[str, Part]:
    """Parts for the sealed values that are corrected; what was not corrected stays in the part where it lies."""
    taken = {part["name"] for part in entry.sealed}
    parts: dict[str, Part] = {}
    for index, values in opened.items():
        name = f"change-{index}"
        while name in taken:
            name += "+"
        parts[name] = Part("application/json", canonical(dict(values)).encode())
        changes[index].setdefault("sealed", {}).update(dict.fromkeys(values, name))
        for field in values:
            changes[index].get("values", {}).pop(field, None)
    return parts


def _kept(entry: Entry, changes: list[dict[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """The parts named again: the raw submission, the files, and the sealed values that are still meant."""
    meant = {name for change in changes for name in change.get("sealed", {}).values()}
    return tuple(
        part
        for part in entry.sealed
        if part["name"] in meant or part["name"] == "submission" or part["name"].startswith("file/")
    )
