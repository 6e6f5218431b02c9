"""A short way to tell a history: reports, decisions, clocks. For tests only."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

from kambila.journal import Draft, Entry, Part, append, clock
from kambila.registry import kinds

C = "00000000-0000-7000-8000-00000000000c"
C2 = "00000000-0000-7000-8000-0000000000c2"
I = "00000000-0000-7000-8000-0000000000a1"  # noqa: E741
V = "00000000-0000-7000-8000-0000000000b1"
H = "00000000-0000-7000-8000-0000000000d1"
H2 = "00000000-0000-7000-8000-0000000000d2"
Base = Mapping[str, list[str]]


def at(day: str) -> None:
    """From now on the clock stands at noon of a day."""
    moment = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    clock.set_clock(lambda: moment)


def change(
    record: str, values: Mapping[str, Any], kind: str = "casualty", base: Base | None = None, sealed: Any = None
) -> dict[str, Any]:
    """One change of a report."""
    said: dict[str, Any] = {"kind": kind, "id": record, "values": dict(values)}
    return said | ({"base": base} if base else {}) | ({"sealed": sealed} if sealed else {})


def report(*changes: Mapping[str, Any], date: str, by: str = "team", **extra: Any) -> Entry:
    """Send a report; with `names` {index: {field: words}} some values are sealed."""
    names = extra.pop("names", {})
    changed = [dict(each) for each in changes]
    parts = {"submission": Part("text/xml", json.dumps([extra.get("raw", ""), names]).encode())}
    for index, words in names.items():
        parts[f"change-{index}"] = Part("application/json", json.dumps(words).encode())
        changed[index]["sealed"] = dict.fromkeys(words, f"change-{index}")
    extra.pop("raw", None)
    body = {"form": "test", "version": "1", "reporter": by, "office": "", "organisation": "", "date": date}
    return append([Draft("report", by, body | extra | {"changes": changed}, parts)])[0]


def decide(verb: str, entry: Entry, by: str = "officer", **extra: Any) -> Entry:
    """Decide about a report."""
    return append([Draft("decision", by, {"verb": verb, "report": entry.id, **extra})])[0]


def accept(entry: Entry, base: Base | None = None, by: str = "officer") -> Entry:
    """Accept a report; `base` is what was shown of its first change."""
    return decide("accept", entry, by, **({"base": {"0": base}} if base else {}))


def say(verb: str, by: str = "officer", **body: Any) -> Entry:
    """Decide about records."""
    return append([Draft("decision", by, {"verb": verb, **body})])[0]


def countersign(decision: Entry, by: str = "manager") -> Entry:
    return append([Draft("countersign", by, {"decision": decision.id})])[0]


def ref(entry: Entry, index: int = 0) -> str:
    return f"{entry.id}/{index}"


def known(record: str, kind: str = "casualty") -> Any:
    """The record in the registry, or None."""
    return kinds.model_of(kind).objects.filter(pk=record).first()
