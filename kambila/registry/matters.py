"""Decisions: which of them take effect, and what becomes of reports. Pure functions of data.

The latest effective decision on a matter wins. Some decisions need two people: they take effect at the place of a
`countersign` by another author. Whether two are needed is judged at the decision's own place in the order, from what
stood there, so that it is the same on every node.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Place = tuple[int, str, str]  # (tick, recorded, id)
ACCEPT, RETURN, REJECT, WITHDRAW = "accept", "return", "reject", "withdraw"
BECOMES = {ACCEPT: "accepted", RETURN: "returned", REJECT: "rejected", WITHDRAW: "withdrawn"}
STANDING = ("waiting", "returned", "accepted")


class ReportFacts(NamedTuple):
    """What matters of a report for the decisions about it."""

    id: str
    place: Place
    edits: str | None
    is_danger: bool
    is_guarded: bool
    records: frozenset[str]  # "kind/id" of the dangers that it speaks of


class DecisionFacts(NamedTuple):
    """What matters of a decision: on what, by whom, when."""

    id: str
    place: Place
    author: str
    verb: str
    report: str = ""
    stands: str = ""
    always_two: bool = False


class Signature(NamedTuple):
    """A countersign entry."""

    place: Place
    decision: str
    author: str


@dataclass(slots=True)
class Outcome:
    """What became of a report: status, the decision that made it so, every acceptance that took effect (decision id
    and the moments by which it did), whether it counts."""

    status: str = "waiting"
    decision: str = ""
    acceptances: list[tuple[Place, str]] = field(default_factory=list)
    counts: bool = False


@dataclass(slots=True)
class Judged:
    """The result of going through the decisions of reports that hang together."""

    outcomes: dict[str, Outcome]
    effective: set[str]
    waiting: set[str]
    branches: list[list[str]]


def judge(
    reports: Sequence[ReportFacts], decisions: Iterable[DecisionFacts], signatures: Iterable[Signature]
) -> Judged:
    """Go through the decisions on reports that are joined by edits or by what stands, in their order."""
    by_id = {each.id: each for each in reports}
    tree = trees(reports)
    judged = Judged({each: Outcome() for each in by_id}, set(), set(), [])
    pending: dict[str, DecisionFacts] = {}
    events: list[DecisionFacts | Signature] = [*decisions, *signatures]
    for event in sorted(events, key=lambda each: each.place) if len(events) > 1 else events:
        place = event.place
        if isinstance(event, DecisionFacts):
            report = by_id.get(event.report)
            if report is None or report.place > place:
                continue
            if _needs_two(event, report, by_id, tree, judged.outcomes):
                pending[event.id] = event
            else:
                _take_effect(event, place, judged)
        elif (waits := pending.get(event.decision)) and waits.author != event.author:
            del pending[waits.id]
            _take_effect(waits, place, judged)
    judged.waiting = set(pending)
    for report_id in counting(by_id, tree, judged.outcomes):
        judged.outcomes[report_id].counts = True
    judged.branches = _branches(by_id, tree, judged.outcomes)
    return judged


def _take_effect(decision: DecisionFacts, place: Place, judged: Judged) -> None:
    outcome = judged.outcomes[decision.report]
    outcome.status, outcome.decision = BECOMES[decision.verb], decision.id
    if decision.verb == ACCEPT:
        # A countersigner's clock may be slow: the moment is the later of the two, whatever the order says.
        tick, recorded, id = max(place, decision.place)
        outcome.acceptances.append(((tick, max(recorded, decision.place[1]), id), decision.id))
    judged.effective.add(decision.id)


def _needs_two(
    decision: DecisionFacts,
    report: ReportFacts,
    reports: Mapping[str, ReportFacts],
    tree: Mapping[str, str],
    outcomes: Mapping[str, Outcome],
) -> bool:
    """Whether the decision makes a guarded change stop counting or a guarded danger come down (`always_two`), or does
    away with a danger that is not confirmed."""
    if decision.always_two:
        return True
    outcome = outcomes[report.id]
    if decision.verb in (REJECT, WITHDRAW) and report.is_danger and outcome.status in ("waiting", "returned"):
        return not _another_stands(decision, report, reports, tree, outcomes)
    guarded = {each for each in counting(reports, tree, outcomes) if reports[each].is_guarded}
    if not guarded:
        return False
    after = dict(outcomes)
    after[report.id] = Outcome(BECOMES[decision.verb])
    return not guarded <= counting(reports, tree, after)


def _another_stands(
    decision: DecisionFacts,
    report: ReportFacts,
    reports: Mapping[str, ReportFacts],
    tree: Mapping[str, str],
    outcomes: Mapping[str, Outcome],
) -> bool:
    """Whether the decision names another report, of every danger in this one, that stands at this place in the order."""
    other = reports.get(decision.stands)
    return (
        other is not None
        and other.place < decision.place
        and tree[other.id] != tree[report.id]
        and other.is_danger
        and bool(report.records)
        and report.records <= other.records
        and outcomes[other.id].status in STANDING
    )


def trees(reports: Sequence[ReportFacts]) -> dict[str, str]:
    """For each report the root of its tree of edits; an edit of something later is void."""
    by_id = {each.id: each for each in reports}

    def root(each: ReportFacts) -> str:
        while (before := by_id.get(each.edits or "")) is not None and before.place < each.place:
            each = before
        return each.id

    return {each.id: root(each) for each in reports}


def counting(reports: Mapping[str, ReportFacts], tree: Mapping[str, str], outcomes: Mapping[str, Outcome]) -> set[str]:
    """Of each tree of edits, the latest of the accepted reports."""
    if len(reports) == 1:
        return {id for id in reports if outcomes[id].status == "accepted"}
    latest: dict[str, str] = {}
    for each in sorted(reports.values(), key=lambda each: each.place):
        if outcomes[each.id].status == "accepted":
            latest[tree[each.id]] = each.id
    return set(latest.values())


def _branches(
    reports: Mapping[str, ReportFacts], tree: Mapping[str, str], outcomes: Mapping[str, Outcome]
) -> list[list[str]]:
    """Trees in which two accepted reports are not edits of one another: the refs of such reports, the latest first."""
    found: list[list[str]] = []
    if len(reports) == 1:
        return found
    for root in set(tree.values()):
        accepted = [r for r in reports.values() if tree[r.id] == root and outcomes[r.id].status == "accepted"]
        tips = [each for each in accepted if not any(_is_before(each.id, other, reports) for other in accepted)]
        if len(tips) > 1:
            found.append([each.id for each in sorted(tips, key=lambda each: each.place, reverse=True)])
    return found


def _is_before(report: str, other: ReportFacts, reports: Mapping[str, ReportFacts]) -> bool:
    """Whether `other` restates `report`, directly or along a chain of edits; an edit of something later is void."""
    while (before := reports.get(other.edits or "")) is not None and before.place < other.place:
        if before.id == report:
            return True
        other = before
    return False


def latest(decisions: Collection[DecisionFacts], signatures: Collection[Signature]) -> tuple[str, set[str], set[str]]:
    """(the decision in force on a matter, those that took effect, those that wait), for matters other than reports."""
    events: list[tuple[Place, str]] = []
    waiting: set[str] = set()
    for each in decisions:
        if not each.always_two:
            events.append((each.place, each.id))
            continue
        signed = [
            s.place for s in signatures if s.decision == each.id and s.author != each.author and s.place > each.place
        ]
        if signed:
            events.append((min(signed), each.id))
        else:
            waiting.add(each.id)
    return (max(events)[1] if events else ""), {id for _, id in events}, waiting
