"""Changes that phones made without a network (entities specification 2024.1): what each of them was based on.

A phone that changes a record offline states `baseVersion`, the version that the change was made on, `trunkVersion`, the
version that came from here, and `branchId`, which all changes of a record between two visits to the server share. A
version of ours is the `revision` of the record: the arrival of the last entry of the journal that had bearing on it.
So a base means the changes that counted here then, and the earlier steps of the branch. Steps may arrive in any
order: none waits. One that arrives after a later one lets the later one be restated, now with the earlier in its base.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from kambila.intake.openrosa.models import Link, TestSubmission
from kambila.intake.submissions import Said
from kambila.journal.entry import Draft, Entry
from kambila.registry import history, sql
from kambila.registry.fold import Statement

COLUMNS = ("entry", "number", "kind", "record", "branch", "step", "from_creation")
Base = dict[str, list[str]]  # field: refs of the changes that were shown


class Chains:
    """Each row depends on one entry, so neither order nor batches matter."""

    def reset(self) -> None:
        Link.objects.all().delete()

    def apply(self, entries: Sequence[Entry]) -> None:
        sound = [entry for entry in entries if entry.kind in ("report", "erase") and entry.is_sound]
        remember([entry for entry in sound if entry.kind == "report"])
        for entry in sound:
            if entry.kind == "erase":
                _forget_tests(record for _, record in entry.body["records"])


def _forget_tests(records: Iterable[str]) -> None:
    """What was sent to a draft about records that were erased goes too."""
    records = list(records)
    for kept in TestSubmission.objects.only("content"):
        if any(record.encode() in bytes(kept.content).lower() for record in records):
            kept.delete()


def remember(reports: Iterable[Entry | Draft]) -> None:
    """Note the steps that reports state; the door does so before they are entries."""
    rows = [row for each in reports for row in _rows(each)]
    sql.insert("openrosa_link", COLUMNS, rows, "ON CONFLICT DO NOTHING")


def _rows(report: Entry | Draft) -> list[tuple[Any, ...]]:
    """Also from other offices, which nobody checked."""
    found = []
    for number, change in enumerate(report.body.get("changes", [])):
        said = change.get("branch")
        if isinstance(said, Mapping) and isinstance(said.get("id"), str) and isinstance(said.get("step"), int):
            place = (report.id, number, change["kind"], change["id"])
            found.append((*place, said["id"][:60], said["step"], said.get("from") == "creation"))
    return found


def step_of(said: Said) -> dict[str, Any]:
    """What a change states of its place in a chain; empty for one that is in none."""
    if not said.branch or said.base_version is None or said.is_created:
        return {}
    trunk = said.trunk_version
    stated: dict[str, Any] = {"id": said.branch, "step": said.base_version - (trunk or 0)}
    return stated if trunk is not None else {**stated, "from": "creation"}


def base_of(said: Said) -> Base:
    """For each field that is stated, the changes that the phone was shown."""
    names = {*said.values, *said.opened, *said.files}
    if said.base_version is None or said.is_created:
        return {}
    statements = history.component(said.kind, said.id).statements
    if said.branch:
        began = {_first(statements)} if said.trunk_version is None else shown_at(statements, said.trunk_version)
        refs = began | _earlier(said.kind, said.id, step_of(said))
    else:
        refs = shown_at(statements, said.base_version)
    return _by_field(statements, refs, names)


def shown_at(statements: Sequence[Statement], version: int) -> set[str]:
    """The changes of a record that counted here when the journal had come to an arrival."""
    reports = {_report(each.ref) for each in statements}
    held = {
        id
        for id, arrival in sql.select("SELECT id, arrival FROM journal_entry WHERE id IN ({keys})", reports)
        if arrival <= version
    }
    verbs = sql.select(
        "SELECT d.record, d.tick, d.recorded, d.id, d.verb FROM registry_decision d "
        "JOIN journal_entry e ON e.id = d.id WHERE d.kind = '' AND d.record IN ({keys}) AND e.arrival <= %s "
        "AND d.effective",
        held,
        version,
    )
    last = {record: verb for record, *_, verb in sorted(verbs)}
    return {each.ref for each in statements if last.get(_report(each.ref)) == "accept"}


def restated(report: Draft, restate: Callable[[str, dict[str, Any]], Draft | None]) -> list[Draft]:
    """Reports of later steps that came before this one, restated by `restate` (entry, body) with this in their base.

    One after the other, so that each has the earlier ones in its base as they are now restated.
    """
    found: dict[str, int] = {}
    for change in report.body["changes"]:
        for entry, step in _later(change, report.body.get("edits") or ""):
            found[entry] = min(step, found.get(entry, step))
    shown = [report]
    for entry in sorted(found, key=lambda entry: found[entry]):
        again = restate(entry, _with_base(entry, shown))
        shown += [again] if again is not None else []
    return shown[1:]


def _later(change: Mapping[str, Any], edited: str) -> list[tuple[str, int]]:
    """(entry, step) of the steps after a change that came before it, as they were last restated."""
    said = _place(change)
    return sql.run(
        "SELECT l.entry, l.step FROM openrosa_link l WHERE l.record = %s AND l.kind = %s AND l.step > %s "
        "AND (l.branch = %s OR (%s AND l.from_creation)) AND l.entry <> %s "
        "AND NOT EXISTS (SELECT 1 FROM intake_instance i WHERE i.edits = l.entry)",
        [change["id"], change["kind"], said["step"], said["id"], "branch" not in change, edited],
    )


def _place(change: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where a change stands in its chain; what is in none may have made the record, and then all follow it."""
    return change.get("branch") or {"id": "", "step": 0}


def _with_base(entry: str, shown: Sequence[Draft]) -> dict[str, Any]:
    """The body of a report with the changes of others added to the base of its own."""
    from kambila.intake.lookup import entry_of

    body = dict(entry_of(entry).body)
    body |= {"edits": entry, "changes": [_seeing(change, shown) for change in body["changes"]]}
    return body


def _seeing(change: Mapping[str, Any], shown: Sequence[Draft]) -> dict[str, Any]:
    base = {name: set(refs) for name, refs in (change.get("base") or {}).items()}
    own = _names(change)
    for draft in shown:
        for number, other in enumerate(draft.body["changes"]):
            same = (other["kind"], other["id"]) == (change["kind"], change["id"])
            if same and _place(other)["step"] < _place(change)["step"]:
                for name in own & _names(other):
                    base.setdefault(name, set()).add(f"{draft.id}/{number}")
    return {**change, "base": {name: sorted(refs) for name, refs in base.items()}} if base else dict(change)


def _names(change: Mapping[str, Any]) -> set[str]:
    return {*change.get("values", {}), *change.get("sealed", {})}


def _earlier(kind: str, record: str, step: Mapping[str, Any]) -> set[str]:
    rows = sql.run(
        "SELECT entry, number FROM openrosa_link WHERE record = %s AND kind = %s AND branch = %s AND step < %s",
        [record, kind, step["id"], step["step"]],
    )
    return {f"{entry}/{number}" for entry, number in rows}


def _by_field(statements: Sequence[Statement], refs: Collection[str], names: Collection[str]) -> Base:
    shown: Base = {}
    for each in sorted(statements, key=lambda each: each.order):
        if each.ref in refs:
            for name in sorted(names & each.values.keys()):
                shown.setdefault(name, []).append(each.ref)
    return shown


def _first(statements: Sequence[Statement]) -> str:
    return min(statements, key=lambda each: each.order).ref if statements else ""


def _report(ref: str) -> str:
    return ref.rpartition("/")[0]
