"""The first of two steps: somebody of the operator or the office verifies a report before another person accepts it.

It is a `verify` entry about the report. The fold does not know that verb and passes over it: what counts is decided by
acceptance alone, and the door asks for the first step before it lets anybody accept.
"""

from __future__ import annotations

from collections.abc import Iterable

from kambila.intake.authority import known_account, must_with_report
from kambila.intake.lookup import entry_of, find_report
from kambila.intake.models import Verification
from kambila.intake.rules import two_step_forms
from kambila.intake.writing import draft
from kambila.journal import append
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem
from kambila.journal.soundness import FIRST_STEP
from kambila.registry.models import Report


def verify(report: str, author: str, reason: str) -> Entry:
    """Say that a report was checked and is right. Raises Problem where the form does not ask for it, without the right,
    for one's own report, and for one that does not wait or is verified already."""
    found = find_report(report)
    account, entry = known_account(author), entry_of(found.id)
    must_with_report(account, "verify", entry)
    if found.form not in two_step_forms():
        raise Problem("not-two-steps", form=found.form)
    if author in (found.author, found.reporter):
        raise Problem("verified-oneself", account=author, report=str(found))
    if found.status != Report.Status.WAITING:
        raise Problem("not-waiting", report=str(found), status=found.get_status_display())
    if found.id in verified([found.id]):
        raise Problem("already-verified", report=str(found))
    return append([draft(author, {"verb": FIRST_STEP, "report": found.id}, reason)])[0]


def verified(reports: Iterable[str]) -> dict[str, list[Verification]]:
    """The verifications of reports, by id, the oldest first; reports without one are left out."""
    found: dict[str, list[Verification]] = {}
    for each in Verification.objects.filter(report__in=list(reports)).order_by("tick", "entry"):
        found.setdefault(each.report, []).append(each)
    return found


def must_stand(entries: Iterable[Entry], author: str) -> None:
    """Raise Problem unless each of these reports may be accepted by the author as far as the two steps go."""
    forms = two_step_forms()
    asked = [each for each in entries if each.body.get("form") in forms]
    known = verified(each.id for each in asked) if asked else {}
    for entry in asked:
        name, own = entry.body.get("code") or entry.id, {entry.author, entry.body.get("reporter")}
        by = {each.author for each in known.get(entry.id, ())} - own
        if not by:
            raise Problem("not-verified", report=name)
        if by == {author}:
            raise Problem("verified-oneself", account=author, report=name)
