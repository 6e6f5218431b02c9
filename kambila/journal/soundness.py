"""Whether the body of an entry has the shape that its kind lays down: what another office sends met none of our doors.

An entry that has not is kept like any other, and passed over by everything that is derived: one office's fault must not
stop the registry of another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LENGTHS = {"code": 60, "form": 100, "version": 250, "reporter": 100, "office": 36, "organisation": 36, "date": 10}
LENGTHS |= {"instance": 250, "edits": 36}
ABOUT_REPORTS = ("accept", "return", "reject", "withdraw")
FIRST_STEP = "verify"  # about a report too, but nothing that the fold knows
ABOUT_PAIRS = ("same-as", "not-same-as")
ABOUT_RECORDS = ("retire", "restore", "resolve", "disclose", "close")


def is_sound_body(kind: str, body: Any) -> bool:
    """Whether the body of a report, decision, countersign or erase entry can be read; others are read with care by their
    rooms."""
    return kind not in CHECKS or (isinstance(body, dict) and CHECKS[kind](body))


def _report(body: Mapping[str, Any]) -> bool:
    for name, longest in LENGTHS.items():
        if (said := body.get(name)) is not None and not _is_text(said, longest):
            return False
    changes = body.get("changes", [])
    return isinstance(changes, list) and all(map(_change, changes))


def _change(change: Any) -> bool:
    if not isinstance(change, dict) or not (_is_text(change.get("kind"), 60) and _is_text(change.get("id"), 36)):
        return False
    sealed, date, base = change.get("sealed", {}), change.get("date"), change.get("base")
    return (
        isinstance(change.get("values", {}), dict)
        and isinstance(sealed, dict)
        and (not sealed or all(isinstance(each, str) for each in sealed.values()))
        and (not date or _is_text(date, 10))
        and (not base or _base(base))
    )


def _base(base: Any) -> bool:
    return isinstance(base, dict) and all(map(_refs, base.values()))


def _refs(refs: Any) -> bool:
    return isinstance(refs, list) and all(isinstance(each, str) for each in refs)


def _decision(body: Mapping[str, Any]) -> bool:
    verb = body.get("verb")
    if verb in ABOUT_REPORTS:
        base = body.get("base") or {}
        shown = isinstance(base, dict) and all(key.isdecimal() and _base(fields) for key, fields in base.items())
        return shown and _is_text(body.get("report"), 36) and _is_text(body.get("stands") or "", 36)
    if verb == FIRST_STEP:
        return _is_text(body.get("report"), 36)
    if verb in ABOUT_PAIRS:
        records = body.get("records")
        return _is_text(body.get("kind"), 60) and isinstance(records, list) and _is_pair(records)
    if verb in ABOUT_RECORDS:
        other = body.get("field") or body.get("audience") or ""
        named = _is_text(body.get("kind"), 60) and _is_text(body.get("record"), 36) and _is_text(other, 36)
        return named and _refs(body.get("overruled") or []) and isinstance(body.get("chosen") or "", str)
    return isinstance(verb, str)  # a verb that is not known says nothing yet


def _is_pair(records: list[Any], longest: int = 36) -> bool:
    return len(records) == 2 and all(_is_text(each, longest) for each in records)


def _erase(body: Mapping[str, Any]) -> bool:
    records = body.get("records")
    return isinstance(records, list) and all(isinstance(each, list) and _is_pair(each, 60) for each in records)


def _countersign(body: Mapping[str, Any]) -> bool:
    return _is_text(body.get("decision"), 36)


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and len(value) <= longest


CHECKS = {"report": _report, "decision": _decision, "countersign": _countersign, "erase": _erase}
