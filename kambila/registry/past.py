"""What records were on each day: the states that a record of a kind went through, read from its changes in one go.

A state holds from the first day of information of a change, as `as of` has it (docs/journal.md); retirements are dated.
Most records have one state since they are known, which is the row of the registry: only the others are folded again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from kambila.journal import directory
from kambila.registry import partial_dates, same, sql
from kambila.registry.kinds import plan_of
from kambila.registry.rows import Component, Writer, load

Values = dict[str, Any]
Steps = list[tuple[str, Values | None]]  # (day, values as the fields read them, or None while it does not exist)
ALWAYS = "0001-01-01"


class States(NamedTuple):
    """The history of a kind: the day since which a record is what its row says, and the steps, oldest first, of every
    record that went through several."""

    since: dict[str, str]
    steps: dict[str, Steps]


def states(kind: str) -> States:
    """The states of all records of a kind that is no event, also of those that are retired now."""
    days: dict[str, set[str]] = {}
    roots = _roots(kind)
    until = (directory.current().node.view or {}).get("as_of") or "9999"
    for record, first in sql.run("SELECT record, first FROM registry_change WHERE kind = %s AND counts", [kind]):
        if first <= until:
            days.setdefault(roots.get(record, record), set()).add(first)
    lives = _lives(kind, roots)
    since = {root: next(iter(found)) for root, found in days.items() if len(found) == 1 and root not in lives}
    changing = {root: sorted(found | lives.get(root, set())) for root, found in days.items() if root not in since}
    return States(since, _folded(kind, changing))


def lives(kind: str) -> dict[str, Steps]:
    """The steps of those records of a kind of event that a decision has ended, or restored."""
    return _folded(kind, {root: sorted({ALWAYS, *days}) for root, days in _lives(kind, _roots(kind)).items()})


def _roots(kind: str) -> dict[str, str]:
    return dict(sql.run("SELECT record, root FROM registry_alias WHERE kind = %s", [kind]))


def _lives(kind: str, roots: Mapping[str, str]) -> dict[str, set[str]]:
    """For each record that was ever retired or restored the days from which that holds; none for one without a day."""
    found: dict[str, set[str]] = {}
    for record, body in sql.run(
        "SELECT record, body FROM registry_decision WHERE kind = %s AND verb IN ('retire', 'restore') AND effective",
        [kind],
    ):
        days = found.setdefault(roots.get(record, record), set())
        try:
            days.add(partial_dates.read(orjson.loads(body).get("date", ""))[1])
        except ValueError:
            continue
    return found


def _folded(kind: str, changing: Mapping[str, Sequence[str]]) -> dict[str, Steps]:
    found: dict[str, Steps] = {}
    for chunk in sql.chunks(changing):
        for root, component in load(kind, same.whole(kind, chunk), {}).items():
            found[root] = [(day, _on(kind, component, day)) for day in changing.get(root, ())]
    values = {f"{root} {day}": said for root, steps in found.items() for day, said in steps if said is not None}
    Writer(plan_of(kind), 0, "", {}).follow_links(values)
    return found


def _on(kind: str, component: Component, day: str) -> dict[str, Any] | None:
    return Writer(plan_of(kind), 0, day, {}).values_of(dataclasses.replace(component))
