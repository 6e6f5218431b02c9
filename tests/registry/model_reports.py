"""What becomes of reports, as the contract words it: naive, from the whole list each time, without tables.

Beyond `docs/journal.md` stands one choice: accepting what makes a guarded record less dangerous than what was shown needs
two people.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kambila.journal.entry import Entry

DANGERS: dict[tuple[str, str], tuple[Any, ...]] = {
    ("hazardous_area", "classification"): (None, "indication", "sha", "cha"),
    ("accessibility", "status"): ("open", None, "restricted", "closed"),
}
DANGEROUS, GUARDED = {"incident", "hazardous_area", "accessibility"}, {"hazardous_area"}
STATUS = {"accept": "accepted", "return": "returned", "reject": "rejected", "withdraw": "withdrawn"}
Key = tuple[str, str]


@dataclass
class Judged:
    """Entries, and what was decided about the reports among them."""

    entries: list[Entry]
    as_of: str = ""
    status: dict[str, str] = field(default_factory=dict)
    in_force: dict[str, tuple[Entry, Entry]] = field(default_factory=dict)  # report: acceptance, what made it effective
    moments: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.entries = sorted(self.entries, key=lambda each: each.order)
        self.held = {each.id: each for each in self.entries}
        self.reports = {each.id: each for each in self.entries if each.kind == "report"}
        self.decisions = [each for each in self.entries if each.kind == "decision"]
        self.status = dict.fromkeys(self.reports, "waiting")
        self.moments = {id: [report.recorded[:10]] for id, report in self.reports.items()}
        self._judge()

    # What was decided about reports.
    def _judge(self) -> None:
        pending: set[str] = set()
        for entry in self.entries:
            about = self.held.get(entry.body.get("decision", "")) if entry.kind == "countersign" else entry
            if about is None or about.body.get("verb") not in STATUS or about.body["report"] not in self.reports:
                continue
            if entry.kind == "countersign":
                if about.id in pending and about.author != entry.author:
                    pending.remove(about.id)
                    self._take_effect(about, entry)
            elif self.reports[about.body["report"]].order < about.order:
                if self._needs_two(about):
                    pending.add(about.id)
                else:
                    self._take_effect(about, about)

    def _take_effect(self, decision: Entry, by: Entry) -> None:
        report = decision.body["report"]
        self.status[report] = STATUS[decision.body["verb"]]
        self.in_force.pop(report, None)
        if decision.body["verb"] == "accept":
            self.in_force[report] = (decision, by)
            self.moments[report] += [decision.recorded[:10], by.recorded[:10]]

    def _needs_two(self, decision: Entry) -> bool:
        report, verb = self.reports[decision.body["report"]], decision.body["verb"]
        if verb == "accept" and self._lowers(decision, report):
            return True
        undecided = self.status[report.id] in ("waiting", "returned")
        if verb in ("reject", "withdraw") and undecided and self._spoken(report, DANGEROUS):
            return not self._another_stands(decision.body.get("stands"), report, decision)
        before = {each for each in self.counting if self._spoken(self.reports[each], GUARDED)}
        kept, self.status[report.id] = self.status[report.id], STATUS[verb]
        after, self.status[report.id] = self.counting, kept
        return not before <= after

    def _another_stands(self, stands: str | None, report: Entry, decision: Entry) -> bool:
        other = self.reports.get(stands or "")
        return (
            other is not None
            and other.order < decision.order
            and self.line(other)[-1] != self.line(report)[-1]
            and self._spoken(report, DANGEROUS) <= self._spoken(other, DANGEROUS)
            and self.status[other.id] in ("waiting", "returned", "accepted")
        )

    def _lowers(self, decision: Entry, report: Entry) -> bool:
        for index, change in enumerate(report.body["changes"]):
            for name, value in change["values"].items() if change["kind"] in GUARDED else ():
                shown = (change.get("base") or {}, (decision.body.get("base") or {}).get(str(index)) or {})
                for ref in [ref for base in shown for ref in base.get(name, ())]:
                    id, _, place = ref.rpartition("/")
                    order, other = DANGERS.get((change["kind"], name)), self.reports.get(id)
                    if order and other and other.order < decision.order:
                        was = other.body["changes"][int(place)]["values"][name]
                        if order.index(value) < order.index(was):
                            return True
        return False

    def _spoken(self, report: Entry, kinds: set[str]) -> set[Key]:
        """What a report tells of these kinds; that a place is open is no danger, whatever else is said of it."""
        changes = [each for each in report.body["changes"] if each["kind"] in kinds]
        return {(each["kind"], each["id"]) for each in changes if each["values"].get("status") != "open"}

    def line(self, report: Entry) -> list[str]:
        """The report, what it restates, and so on to the root of its tree."""
        before = self.reports.get(report.body.get("edits") or "")
        return [report.id, *(self.line(before) if before and before.order < report.order else [])]

    @property
    def counting(self) -> set[str]:
        accepted = [each for each in self.reports.values() if self.status[each.id] == "accepted"]
        return set({self.line(each)[-1]: each.id for each in accepted}.values())
