"""Decisions: accept, return, reject, withdraw a report; countersign. Those about records are in `about_records`.

Each is checked at the door (may the author, does it exist, is there a reason), written as one entry, and answered with
what became of it. Whether a second person is needed is judged by the fold, not here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from kambila.intake.about_records import (
    close,
    disclose,
    erase,
    must_be_erased_alike,
    not_same_as,
    resolve,
    restore,
    retire,
    same_as,
)
from kambila.intake.authority import known_account, must_with_record, must_with_report
from kambila.intake.drafts import Known
from kambila.intake.lookup import entries_of, entry_of, find_report
from kambila.intake.review import Finding, errors, review_entries, review_entry, warnings
from kambila.intake.stepping_back import must_go_back
from kambila.intake.verifying import must_stand
from kambila.intake.writing import Result, conflicts_of, decide, draft, results
from kambila.journal import append
from kambila.journal.entry import Draft, Entry
from kambila.journal.errors import Problem
from kambila.registry import history, sql
from kambila.registry.matters import BECOMES
from kambila.registry.models import Decision, Report

__all__ = [
    "Result", "accept", "accept_many", "close", "countersign", "disclose", "erase", "not_same_as", "reject", "resolve",
    "acceptance", "restore", "retire", "return_", "same_as", "shown_for", "shown_for_each", "waiting_decisions", "withdraw",
]  # fmt: skip

Base = Mapping[str, Mapping[str, Sequence[str]]]
Answers = str | Mapping[str, str]
EVERY = "*"  # the key of one answer to all warnings
REF = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9]{1,6}")
UNREVIEWED = "not-reviewed"  # the key of the ground on which a review was left out


def accept(report: str, author: str, reason: str, answers: Answers = "", base: Base | None = None) -> Result:
    """Accept a report. `answers`: one text for all warnings, or one by the code of each.

    `base` is what the person was shown (`shown_for`); by default what is known now. Raises Problem when something keeps
    the report from being accepted, or a warning is not answered.
    """
    entry = _checked("accept", report, author)
    must_stand([entry], author)
    if base is None:
        base = shown_for(entry.id)
    _must_be_base(entry, base)
    said = answered(entry, review_entry(entry), answers)
    return decide(author, acceptance(entry.id, base), reason, said)


def accept_many(
    report_ids: Sequence[str], author: str, reason: str, answers: Answers = "", unreviewed: str | None = None
) -> list[Result]:
    """Accept many reports in one append: all or none. Ids only, in the order in which they are to be accepted.

    With `unreviewed`, the stated ground (kept sealed beside each decision), the checks are left out. Each decision is
    shown what is known before all of them: reports about the same record belong into batches one after the other.
    """
    if unreviewed is not None and not unreviewed.strip():
        raise Problem("no-ground")
    account, known = known_account(author), Known()
    entries = entries_of(list(report_ids))
    must_stand(entries.values(), author)
    bases = shown_for_each(entries)
    known.learn((change["kind"], change["id"]) for each in entries.values() for change in each.body.get("changes", []))
    drafts: list[Draft] = []
    asked = [entries[each] for each in report_ids]
    findings = [[] for _each in asked] if unreviewed is not None else review_entries(asked, known)
    for each, entry, found in zip(report_ids, asked, findings, strict=True):
        must_with_report(account, "decide", entry)
        if unreviewed is None:
            said = answered(entry, found, answers)
        else:
            said = {UNREVIEWED: unreviewed.strip()}
        drafts.append(draft(author, acceptance(each, bases[each]), reason, said))
    return results(append(drafts), with_conflicts=False)


def return_(report: str, author: str, reason: str) -> Result:
    """Give a report back to its reporter; the reason says what must be mended."""
    return _against("return", report, author, reason)


def reject(report: str, author: str, reason: str, stands: str = "") -> Result:
    """Reject a report. That of a danger which nobody confirmed needs two people, unless another report `stands` for it.

    `stands` is the id or code of a report of the same danger that is waiting or accepted.
    """
    return _against("reject", report, author, reason, stands)


def withdraw(report: str, author: str, reason: str, stands: str = "") -> Result:
    """Take an accepted report back (or a waiting one): the registry is then as if it had never been accepted."""
    return _against("withdraw", report, author, reason, stands)


def countersign(decision: str, author: str, reason: str) -> Result:
    """Sign another person's decision that waits for it. Raises Problem for one's own, and for one that does not wait."""
    row = Decision.objects.filter(pk=decision).first()
    if row is None:
        raise Problem("no-such-decision", name=decision)
    if not row.waits:
        raise Problem("does-not-wait", name=decision)
    if row.author == author:
        raise Problem("own-countersign", account=author)
    account = known_account(author)
    if row.verb == "same-as":
        must_be_erased_alike(row.kind, [row.record, row.other])
    if row.kind:
        for record in (row.record, row.other) if row.verb == "same-as" else (row.record,):
            must_with_record(account, "countersign", row.kind, record)
    else:
        must_with_report(account, "countersign", entry_of(row.record))
    append([draft(author, {"decision": decision}, reason, kind="countersign")])
    row.refresh_from_db()
    return Result(row.id, row.verb, row.effective, row.waits, conflicts_of(row) if row.effective else ())


def waiting_decisions() -> QuerySet[Decision]:
    """Decisions that have no effect until a second person countersigns them, the oldest first."""
    return Decision.objects.filter(waits=True).order_by("tick", "id")


def shown_for(report_id: str) -> dict[str, dict[str, list[str]]]:
    """What is known of the fields that a report states: {index: {field: refs of the changes that count}}, less its own.

    A page that shows a report beside what is known passes exactly this to `accept`.
    """
    return shown_for_each({report_id: entry_of(report_id)})[report_id]


def shown_for_each(entries: Mapping[str, Entry]) -> dict[str, dict[str, dict[str, list[str]]]]:
    """The same for many reports, by id, with a few questions for all of them; they need not lie in the journal yet."""
    spoken = {(change["kind"], change["id"]) for e in entries.values() for change in e.body.get("changes", [])}
    counting = _counting({record for _, record in spoken})
    shown = {key: history.shown(*key) for key in spoken if key[1] in counting}
    return {id: _base(entry, shown) for id, entry in entries.items()}


def _counting(records: set[str]) -> set[str]:
    """The records of which something counts, or that belong to others: only these have been shown."""
    rows = sql.select("SELECT DISTINCT record FROM registry_change WHERE counts AND record IN ({keys})", records)
    rows += sql.select("SELECT record FROM registry_alias WHERE record IN ({keys})", records)
    return {row[0] for row in rows}


def _base(entry: Entry, shown: Mapping[tuple[str, str], Mapping[str, list[str]]]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for index, change in enumerate(entry.body.get("changes", [])):
        known = shown.get((change["kind"], change["id"]), {})
        for name in [*change.get("values", {}), *change.get("sealed", {})]:
            refs = [ref for ref in known.get(name, ()) if not ref.startswith(f"{entry.id}/")]
            if refs:
                found.setdefault(str(index), {})[name] = refs
    return found


def _must_be_base(entry: Entry, base: Base) -> None:
    """Raise Problem for a base that speaks of what the report does not state, or names no changes."""
    changes = entry.body.get("changes", [])
    stated = {str(index): {*each.get("values", {}), *each.get("sealed", {})} for index, each in enumerate(changes)}
    for index, fields in base.items():
        for name, refs in fields.items():
            if name not in stated.get(index, ()) or not all(REF.fullmatch(each) for each in refs):
                raise Problem("bad-base", report=entry.body.get("code") or entry.id, index=index, field=name)


def acceptance(report: str, base: Base) -> dict[str, Any]:
    """The body of a decision that accepts a report, shown what `base` says."""
    said = {index: {name: list(refs) for name, refs in fields.items()} for index, fields in base.items()}
    return {"verb": "accept", "report": report} | ({"base": said} if said else {})


def _against(verb: str, report: str, author: str, reason: str, stands: str = "") -> Result:
    entry = _checked(verb, report, author)
    body = {"verb": verb, "report": entry.id}
    if stands:
        body["stands"] = find_report(stands).id
    decision, told = draft(author, body, reason), list[str]()

    def written() -> list[Draft]:
        """Called while the write lock is held: no step is taken meanwhile that rests on the report."""
        told.extend(must_go_back(entry, known_account(author)))
        return [decision]

    return replace(results(append(written))[0], told=tuple(told))


def _checked(verb: str, name: str, author: str) -> Entry:
    """The entry of a report about which the author may decide, and which is not what the decision would make it."""
    report = find_report(name)
    account, entry = known_account(author), entry_of(report.id)
    if not (verb == "withdraw" and _is_own_and_waiting(report, author)):
        must_with_report(account, "decide", entry)
    if report.status == BECOMES[verb]:
        raise Problem("already-decided", report=name, status=report.get_status_display())
    return entry


def _is_own_and_waiting(report: Report, author: str) -> bool:
    """Who sent a report may take it back as long as nothing was built on it; a danger still needs a second person."""
    undecided = report.status in (Report.Status.WAITING, Report.Status.RETURNED)
    return undecided and author in (report.author, report.reporter)


def answered(entry: Entry, findings: list[Finding], answers: Answers) -> dict[str, str]:
    """The answers to be kept, by the code of the finding. Raises Problem for errors, and for warnings without one."""
    name = entry.body.get("code") or entry.id
    if blocking := errors(findings):
        raise Problem("report-blocked", report=name, sentences=_sentences(blocking))
    given = {EVERY: answers} if isinstance(answers, str) else answers
    found = {each.code: (given.get(each.code) or given.get(EVERY) or "").strip() for each in warnings(findings)}
    if open_ones := [each for each in warnings(findings) if not found[each.code]]:
        raise Problem("warnings-unanswered", report=name, sentences=_sentences(open_ones))
    return found


def _sentences(findings: list[Finding]) -> str:
    return " ".join(dict.fromkeys(each.sentence for each in findings))
