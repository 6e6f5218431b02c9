"""Reports and decisions as the projection takes them in: what counts, and which records that touches."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from kambila.journal.entry import Entry
from kambila.journal.parts import named
from kambila.registry import guarded, partial_dates, sql
from kambila.registry.fold import Order, Statement
from kambila.registry.kinds import kinds, tells_of_danger
from kambila.registry.matters import BECOMES, DecisionFacts, Judged, Outcome, ReportFacts, Signature, judge

Key = tuple[str, str]  # kind, record
Bases = dict[str, dict[int, str]]  # acceptance: index of a change: what its acceptor was shown (JSON)
DAY = datetime.timedelta(days=1)

REPORT_COLUMNS = (
    "id node tick recorded author code form version reporter office organisation instance date edits kinds "
    "is_danger is_guarded status counts decision"
).split()
OF_THE_REPORT = ("id", "tick", "recorded", "office", "organisation")
CHANGE_COLUMNS = "kind record entry number tick recorded date first last counts stated seen".split()
DECISION_COLUMNS = "id verb kind record other tick recorded author body stands effective waits".split()


@dataclass(slots=True)
class NewChange:
    """A change as its report states it, before it is known whether it counts."""

    kind: str
    record: str
    index: int
    date: str
    said: dict[str, Any]
    stated: str  # the same as JSON


@dataclass
class KnownReport:
    """A report with what the tables say of it; `changes` only when it has just come."""

    facts: ReportFacts
    row: dict[str, Any]
    changes: list[NewChange] = field(default_factory=list)
    is_new: bool = False


Fresh = dict[Key, list[tuple[Statement, str]]]  # of each record what has just come, with what its acceptor was shown


class Judgement(NamedTuple):
    """What comes of judging reports: the records affected, and the changes that are new, for the fold and for the table,
    into which they go when they are folded: so the fold does not read again what was just written."""

    affected: set[Key]
    fresh: Fresh
    rows: list[tuple[Any, ...]]


def state(
    record: str, order: Order, first: str, last: str, counts: bool, said: Mapping[str, Any], sender: tuple[str, str]
) -> Statement:
    """A change as the fold sees it."""
    ref, base = f"{order[2]}/{order[3]}", said.get("base") or {}
    return Statement(ref, order, min(first, last), last, bool(counts), said["values"], base, record, sender)


def take_report(entry: Entry) -> KnownReport:
    """What a report entry says, as rows. Nothing in it is trusted: it may come from another office."""
    body = entry.body
    changes = [_change(entry, index, change, body) for index, change in enumerate(body.get("changes", []))]
    models = [kinds()[change.kind] for change in changes if change.kind in kinds()]
    dangers = _dangers((each["kind"], each["id"], each.get("values", {})) for each in body.get("changes", []))
    row = {
        "id": entry.id,
        "node": entry.node,
        "tick": entry.tick,
        "recorded": entry.recorded,
        "author": entry.author,
        **{name: str(body.get(name, "")) for name in ("code", "form", "version", "reporter", "office")},
        **{name: str(body.get(name, "")) for name in ("organisation", "instance", "date")},
        "edits": body.get("edits") or None,
        "kinds": f" {' '.join(sorted({change.kind for change in changes}))} ",
        "is_danger": bool(dangers),
        "is_guarded": any(model.two_people for model in models),
        "status": "waiting",
        "counts": False,
        "decision": "",
    }
    return KnownReport(_facts(row, dangers), row, changes, is_new=True)


def _dangers(changes: Iterable[tuple[str, str, Mapping[str, Any]]]) -> frozenset[str]:
    """Of the records that a report speaks of, those that it tells a danger of."""
    return frozenset(f"{kind}/{record}" for kind, record, said in changes if tells_of_danger(kind, said))


def _change(entry: Entry, index: int, change: dict[str, Any], body: dict[str, Any]) -> NewChange:
    values = dict(change.get("values", {}))
    for name, part in change.get("sealed", {}).items():
        values[name] = named(entry.sealed, part)
    stated = {"values": values, "base": change["base"]} if change.get("base") else {"values": values}
    date = str(change.get("date") or body.get("date", ""))
    return NewChange(change["kind"], change["id"], index, date, stated, orjson.dumps(stated).decode())


def take_decision(entry: Entry) -> tuple[Any, ...] | None:
    """The row of a decision, or None for one whose verb is not known."""
    body = entry.body
    verb = body.get("verb", "")
    kind, other, stands = body.get("kind", ""), "", ""
    if verb in BECOMES:
        record, kind, stands = body["report"], "", body.get("stands") or ""
    elif verb in ("same-as", "not-same-as"):
        record, other = sorted(body["records"])
    elif verb in ("retire", "restore", "resolve", "disclose", "close"):
        record, other = body["record"], body.get("field") or body.get("audience") or ""
    else:
        return None
    return (entry.id, verb, kind, record, other, entry.tick, entry.recorded, entry.author, entry.body_text, stands) + (
        False,
        False,
    )


def judge_reports(new: dict[str, KnownReport], touched: set[str]) -> Judgement:
    """Judge the touched reports with all that hang together with them, write what changed, name the records affected."""
    if not touched:
        return Judgement(set(), {}, [])
    affected: set[Key] = set()
    groups = _groups(new, touched)
    known = _load({each for group in groups for each in group}, new)
    decisions, flags = _decisions(known)
    for id in (lowers := guarded.lowering(known, decisions)) and list(decisions):
        decisions[id] = [each._replace(always_two=each.id in lowers) for each in decisions[id]]
    signatures = _signatures(flags)
    with_stands = {d.report for ds in decisions.values() for d in ds if d.stands}
    if with_stands:
        _add_records(known)
    # A change that does not count bears on nothing, unless it links what others have seen, or a resolution names it.
    resolved = bool(new) and bool(sql.run("SELECT 1 FROM registry_decision WHERE verb = 'resolve' LIMIT 1"))
    updates, marks, branches = [], [], []
    changed: list[tuple[KnownReport, Outcome]] = []
    for group in groups:
        reports = [known[each].facts for each in group if each in known]
        own = [d for each in group for d in decisions.get(each, ())]
        judged = judge(reports, own, [s for d in own for s in signatures.get(d.id, ())])
        marked = _marks(own, judged, flags)
        marks += marked
        turned = {mark[2] for mark in marked}
        moved = {d.report for d in own if d.id in turned}
        branches += judged.branches
        for each in reports:
            report, outcome = known[each.id], judged.outcomes[each.id]
            row = report.row
            before = (row["status"], row["counts"], row["decision"])
            row.update(status=outcome.status, counts=outcome.counts, decision=outcome.decision)
            if report.is_new:
                if outcome.counts or resolved or any("base" in change.said for change in report.changes):
                    affected |= {(change.kind, change.record) for change in report.changes}
                changed.append((report, outcome))
            elif before != (outcome.status, outcome.counts, outcome.decision):
                updates.append((outcome.status, outcome.counts, outcome.decision, each.id))
                changed.append((report, outcome))
            elif each.id in touched or each.id in moved:
                changed.append((report, outcome))  # another acceptance may let later days count
    sql.run_many("UPDATE registry_report SET status = %s, counts = %s, decision = %s WHERE id = %s", updates)
    sql.run_many("UPDATE registry_decision SET effective = %s, waits = %s WHERE id = %s", marks)
    _write_branches(groups, branches)
    sql.insert(
        "registry_report", REPORT_COLUMNS, [[r.row[c] for c in REPORT_COLUMNS] for r in known.values() if r.is_new]
    )
    bases = _bases([outcome for _, outcome in changed])
    affected |= _update_changes([each for each in changed if not each[0].is_new], bases)
    return Judgement(affected, *_new_changes([each for each in changed if each[0].is_new], bases))


def _groups(new: dict[str, KnownReport], touched: Iterable[str]) -> list[list[str]]:
    """The reports that are joined by edits, or by a decision that says that another report stands."""
    joined: dict[str, set[str]] = {each: set() for each in touched}
    ahead = set(joined)
    for report in new.values():
        if report.row["edits"]:
            joined.setdefault(report.facts.id, set()).add(report.row["edits"])
            joined.setdefault(report.row["edits"], set()).add(report.facts.id)
            ahead |= {report.row["edits"], report.facts.id}
    while ahead:
        edges = sql.select(
            "SELECT id, edits FROM registry_report WHERE edits IS NOT NULL AND edits IN ({keys}) "
            "UNION SELECT id, edits FROM registry_report WHERE edits IS NOT NULL AND id IN ({keys}) "
            "UNION SELECT record, stands FROM registry_decision WHERE stands > '' AND stands IN ({keys}) "
            "UNION SELECT record, stands FROM registry_decision WHERE stands > '' AND record IN ({keys})",
            ahead,
            times=4,
        )
        ahead = {end for edge in edges for end in edge} - set(joined)
        for one, other in edges:
            joined.setdefault(one, set()).add(other)
            joined.setdefault(other, set()).add(one)
    return _components(joined)


def _components(joined: dict[str, set[str]]) -> list[list[str]]:
    found: list[list[str]] = []
    seen: set[str] = set()
    for start in joined:
        if start not in seen:
            group, ahead = [], [start]
            seen.add(start)
            while ahead:
                each = ahead.pop()
                group.append(each)
                fresh = joined[each] - seen
                seen |= fresh
                ahead.extend(fresh)
            found.append(group)
    return found


def _facts(row: dict[str, Any], records: frozenset[str] = frozenset()) -> ReportFacts:
    place = (row["tick"], row["recorded"], row["id"])
    return ReportFacts(row["id"], place, row["edits"], bool(row["is_danger"]), bool(row["is_guarded"]), records)


def _load(ids: set[str], new: dict[str, KnownReport]) -> dict[str, KnownReport]:
    known = {each: new[each] for each in ids if each in new}
    names = ", ".join(REPORT_COLUMNS)
    for values in sql.select(f"SELECT {names} FROM registry_report WHERE id IN ({{keys}})", ids - set(new)):
        row = dict(zip(REPORT_COLUMNS, values, strict=True))
        row["counts"] = bool(row["counts"])
        known[row["id"]] = KnownReport(_facts(row), row)
    return known


def _add_records(known: dict[str, KnownReport]) -> None:
    """What each report speaks of is needed only where one report stands for another."""
    stored = [each for each, report in known.items() if not report.is_new]
    records: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = {}
    for entry, kind, record, stated in sql.select(
        "SELECT entry, kind, record, stated FROM registry_change WHERE entry IN ({keys})", stored
    ):
        records.setdefault(entry, []).append((kind, record, orjson.loads(stated)["values"]))
    for each in stored:
        known[each].facts = _facts(known[each].row, _dangers(records.get(each, ())))


def _decisions(ids: Collection[str]) -> tuple[dict[str, list[DecisionFacts]], dict[str, tuple[bool, bool]]]:
    """The decisions on reports, and for each (effective, waits) as the table has it."""
    found: dict[str, list[DecisionFacts]] = {}
    flags: dict[str, tuple[bool, bool]] = {}
    for id, verb, report, tick, recorded, author, stands, effective, waits in sql.select(
        "SELECT id, verb, record, tick, recorded, author, stands, effective, waits FROM registry_decision "
        "WHERE kind = '' AND record IN ({keys})",
        ids,
    ):
        found.setdefault(report, []).append(DecisionFacts(id, (tick, recorded, id), author, verb, report, stands))
        flags[id] = (bool(effective), bool(waits))
    return found, flags


def _signatures(decisions: Iterable[str]) -> dict[str, list[Signature]]:
    found: dict[str, list[Signature]] = {}
    for id, decision, tick, recorded, author in sql.select(
        "SELECT id, decision, tick, recorded, author FROM registry_countersign WHERE decision IN ({keys})", decisions
    ):
        found.setdefault(decision, []).append(Signature((tick, recorded, id), decision, author))
    return found


def _marks(
    decisions: Iterable[DecisionFacts], judged: Judged, flags: dict[str, tuple[bool, bool]]
) -> list[tuple[bool, bool, str]]:
    now = [(each.id in judged.effective, each.id in judged.waiting, each.id) for each in decisions]
    return [mark for mark in now if flags[mark[2]] != mark[:2]]


def _write_branches(groups: list[list[str]], branches: list[list[str]]) -> None:
    """Two accepted branches of a tree of edits are a conflict of the reports."""
    joined = [each for group in groups if len(group) > 1 for each in group]
    sql.select("DELETE FROM registry_conflict WHERE kind = 'report' AND record IN ({keys})", joined)
    sql.insert(
        "registry_conflict",
        ("kind", "record", "field", "sides"),
        [("report", min(branch), "", " ".join(branch)) for branch in branches],
    )


def _update_changes(changed: Sequence[tuple[KnownReport, Outcome]], bases: Bases) -> set[Key]:
    """Write whether and by which days the changes of reports that were known count; name their records."""
    affected: set[Key] = set()
    updates = []
    stored = {report.facts.id: (report, outcome) for report, outcome in changed}
    for id, kind, record, entry, number, date in sql.select(
        "SELECT id, kind, record, entry, number, date FROM registry_change WHERE entry IN ({keys})", stored
    ):
        report, outcome = stored[entry]
        counts, first, last = days(date, report.row["recorded"], outcome)
        updates.append((counts, first, last, bases.get(outcome.decision, {}).get(number, ""), id))
        affected.add((kind, record))
    sql.run_many("UPDATE registry_change SET counts = %s, first = %s, last = %s, seen = %s WHERE id = %s", updates)
    return affected


def _new_changes(changed: Sequence[tuple[KnownReport, Outcome]], bases: Bases) -> tuple[Fresh, list[tuple[Any, ...]]]:
    """The changes of new reports, for the fold and for the table."""
    fresh: Fresh = {}
    rows: list[tuple[Any, ...]] = []
    for report, outcome in changed:
        id, tick, recorded, office, organisation = (report.row[name] for name in OF_THE_REPORT)
        shown = bases.get(outcome.decision, {})
        for change in report.changes:
            kind, record, number, date = change.kind, change.record, change.index, change.date
            counts, first, last = days(date, recorded, outcome)
            seen = shown.get(number, "")
            order, sender = (tick, recorded, id, number), (office, organisation)
            statement = state(record, order, first, last, counts, change.said, sender)
            fresh.setdefault((kind, record), []).append((statement, seen))
            rows.append((kind, record, id, number, tick, recorded, date, first, last, counts, change.stated, seen))
    return fresh, rows


def days(date: str, recorded: str, outcome: Outcome) -> tuple[bool, str, str]:
    """(counts, first day, last day) of a change: example 21 and rules 1 and 2 of the fold.

    What lies more than a day after the latest recording of the report and its acceptances does not count; no last day
    is later than the day of recording, unless a slow clock had the whole of it later.
    """
    today = recorded[:10]
    latest = max([today, *[place[1][:10] for place, _ in outcome.acceptances]])
    in_time, first, last = _days(date, today, latest)
    return outcome.counts and in_time, first, last


@lru_cache(maxsize=100_000)
def _days(date: str, today: str, latest: str) -> tuple[bool, str, str]:
    try:
        _, first, last = partial_dates.read(date)
    except ValueError:
        first = last = today
    return first <= day_after(latest), first, min(last, max(first, today))


_next: dict[str, str] = {}


def day_after(day: str) -> str:
    """The next day; of what is no day of the calendar, or its last one, the same again."""
    if day not in _next:
        try:
            _next[day] = (datetime.date.fromisoformat(day) + DAY).isoformat()
        except (ValueError, OverflowError):
            return day
    return _next[day]


def _bases(outcomes: Iterable[Outcome]) -> Bases:
    """For each acceptance in force, by the index of a change, what the person who accepted it was shown (JSON)."""
    places = {
        outcome.decision: place for outcome in outcomes for place, id in outcome.acceptances if id == outcome.decision
    }
    found: dict[str, dict[int, str]] = {}
    for id, body in sql.select(
        "SELECT id, body FROM registry_decision WHERE body LIKE '%%\"base\"%%' AND id IN ({keys})", places
    ):
        base = orjson.loads(body).get("base") or {}
        found[id] = {
            int(index): orjson.dumps({"place": places[id], "base": fields}).decode() for index, fields in base.items()
        }
    return found
