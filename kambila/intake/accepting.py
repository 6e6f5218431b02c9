"""What rules accept without a person: after a report is durable, beside the answer to its sender, never before it.

The decision's author is whoever made the rule, whose rights are asked again each time; it names the rule, and its base is
empty, for nobody was shown anything: what contradicts something known is then a conflict that a person sees. Nothing here
countersigns, so it is never a second person; and what a second person would have to sign is left to people from the start.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connections

from kambila.accounts.models import Account
from kambila.intake.authority import may_with_report
from kambila.intake.lookup import entries_of
from kambila.intake.review import review_entry
from kambila.intake.rules import Rule, rules, two_step_forms
from kambila.intake.writing import draft
from kambila.journal import append, directory
from kambila.journal.entry import Draft, Entry
from kambila.registry import history
from kambila.registry.kinds import kinds, rollups_of
from kambila.registry.models import Change, Decision, Report

log = logging.getLogger(__name__)
MOST = 500  # reports looked at in one go
PAUSE = 0.05  # seconds: what comes meanwhile is looked at together

# One thread for each process; the interpreter waits for what it was given before it ends.
_pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="accepting")
_guard = threading.Lock()
_waiting: Future[None] | None = None
_opened_for = ""
_seen: dict[str, int] = {}  # for each rule the tick up to which this process has looked


def soon() -> None:
    """Apply the rules to what has come, a moment later and in another thread. Never raises, never waits."""
    global _waiting
    try:
        with _guard:
            if _waiting is None or _waiting.running() or _waiting.done():
                _waiting = _pool.submit(_run)
    except RuntimeError:  # the interpreter is about to end: the next process looks at what was left
        log.info("Rules are applied when the programme is served again.")


def settle(timeout: float | None = 60.0) -> None:
    """Wait until what has come so far was looked at."""
    with _guard:
        last = _waiting
    if last is not None:
        last.result(timeout)


def _run() -> None:
    """In the thread: with a connection of its own, to the programme that is open now."""
    global _opened_for
    time.sleep(PAUSE)
    path = str(directory.current().path)
    if path != _opened_for and hasattr(connections._connections, "default"):  # type: ignore[attr-defined]
        connections["default"].close()
        del connections["default"]
    _opened_for = path
    try:
        apply()
    except Exception:
        log.exception("Rules could not be applied; the reports wait for a person.")
    finally:
        connections["default"].close_if_unusable_or_obsolete()


def apply() -> list[Entry]:
    """Accept what the rules in force let pass of what waits and came in here after the rule. Gives the decisions."""
    found: list[Entry] = []
    two_steps = two_step_forms()
    for rule in rules():
        if rule.form not in two_steps:
            found += _apply(rule)
    return found


def _apply(rule: Rule) -> list[Entry]:
    account = Account.objects.filter(username=rule.author, is_active=True).first()
    after = max(rule.tick, _seen.get(rule.id, 0))
    here = Report.objects.filter(node=directory.current().node.id, form=rule.form, tick__gt=after)
    waiting = here.filter(status=Report.Status.WAITING).order_by("tick")
    rows = list(waiting[:MOST])
    decided: list[Entry] = []
    entries = entries_of([each.id for each in rows])
    for report in rows:
        entry = entries[report.id]
        if account is not None and passes(rule, account, report, entry):
            decided += append(_unless_decided(report, rule))
    if rows:
        _seen[rule.id] = rows[-1].tick
    return decided + _apply(rule) if len(rows) == MOST else decided


def passes(rule: Rule, account: Account, report: Report, entry: Entry) -> bool:
    """Whether a rule accepts a report: what it says, then what always holds."""
    return (
        (not rule.reporters or report.reporter in rule.reporters)
        and (not rule.organisations or report.organisation in rule.organisations)
        and (rule.dangers or not report.is_danger)
        and (rule.existing or not (report.edits or _speaks_of_known(entry)))
        and rule.author not in (report.author, report.reporter)
        and not may_make_safer(entry)
        and may_with_report(account, "decide", entry)
        and not review_entry(entry)
    )


def _speaks_of_known(entry: Entry) -> bool:
    """Whether anything was said before of a record in the report, accepted or not."""
    spoken = [change["id"] for change in entry.body.get("changes", [])]
    return Change.objects.filter(record__in=spoken).exclude(entry=entry.id).exists()


def may_make_safer(entry: Entry) -> bool:
    """Whether the acceptance might bring a guarded danger down: the report changes one that is known, or is of a kind
    (such as a land release product) from which it is computed. Safety is a decision of people."""
    changes = [change for change in entry.body.get("changes", []) if change["kind"] in kinds()]
    said = [(change["kind"], change["id"]) for change in changes]
    if any(_is_guarded(parent) for kind, _id in said for parent, _link in rollups_of(kind) if parent != kind):
        return True
    if any(_takes(change, link) for change in changes for parent, link in rollups_of(change["kind"])):
        return True
    return any(history.component(*each).statements[1:] for each in said if _is_guarded(each[0]))


def _takes(change: Mapping[str, Any], link: str) -> bool:
    """Whether a change says that its record takes something over from another of a guarded kind."""
    return _is_guarded(change["kind"]) and bool(change.get("values", {}).get(link))


def _is_guarded(kind: str) -> bool:
    return kinds()[kind].two_people


def _unless_decided(report: Report, rule: Rule) -> Callable[[], Sequence[Draft]]:
    """What to write, asked while the write lock is held: another process, or a person, may have been quicker."""

    def drafts() -> Sequence[Draft]:
        if Decision.objects.filter(kind="", record=report.id).exists():
            return []
        body = {"verb": "accept", "report": report.id, "rule": rule.id}
        return [draft(rule.author, body, f"Accepted by the rule {rule.id}, which has its reason.")]

    return drafts
