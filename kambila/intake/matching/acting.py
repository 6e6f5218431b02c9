"""Who has to act on a difference, and why: the operator, who sends something or mends its register, or the programme.

Danger goes first: where a register says that something is more dangerous than we do, the programme asks at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.intake.matching.fields import Differs
from kambila.intake.matching.registers import Here, Line, Register
from kambila.intake.matching.sides import Side
from kambila.registry import partial_dates
from kambila.registry.matching import compared_of
from kambila.registry.models import Report

OPERATOR, PROGRAMME = "operator", "programme"
REMEDY = "remedy"  # the sentence of the area that says what makes it true here
ACTORS = {OPERATOR: _("Operator"), PROGRAMME: _("Programme")}

WHY = {
    "waits": _("Your report %(report)s about this waits here for a decision."),
    "returned": _("Your report %(report)s about this was returned: mend it and send it again."),
    "rejected": _("Your report %(report)s about this was rejected: ask why, or strike it out."),
    "withdrawn": _("Your report %(report)s about this was withdrawn: send it again if it is right, or strike it out."),
    "waits-alike": _("Your report %(report)s, which waits here for a decision, may be about this."),
    "elsewhere": _("It is known here from another organisation: whose it is must be cleared up."),
    "retired": _("It was retired here: strike it out, or say why it still stands."),
    "send": _("We have no report of it: send one."),
    "not-there": _("You reported it (%(report)s, date of information %(date)s): say why it is not in your register."),
    "not-there-unreported": _("It is yours here: say why it is not in your register."),
    "more-dangerous": _("Your register says more danger than ours: until it is cleared up, it counts as dangerous."),
    "later-there": _("You hold later information (%(theirs)s) than we do (%(ours)s): send a report of it."),
    "later-here": _(
        "We hold a later date of information, %(ours)s (report %(report)s): bring your register up to date, "
        "or say what is wrong."
    ),
    "which": _("Neither is later than the other: answer which is right, and the programme decides."),
    "unknown-here": _("We do not know it: send a report of it."),
    "use-our-code": _("It is known here as %(code)s: write the id in the same way."),
    "may-be-ours": _("It may be %(code)s here (%(percent)s %%): %(reasons)s Say whether it is."),
    "same-id": _("Row %(row)s has the same id, %(id)s: give each its own, or strike one out."),
    "one-here": _("Row %(row)s (%(id)s) is the same record here: strike one out, or say why they are two."),
    "mend-row": _("The row cannot be read: %(why)s"),
}


@dataclass(frozen=True)
class Act:
    """Who acts, and the sentence that says why: kept as its code and what stands in its places."""

    who: str
    why: str
    about: Mapping[str, str] = field(default_factory=dict)
    urgent: bool = False

    def sentence(self, kind: str, field: str = "") -> str:
        """In the reader's language."""
        if self.why == REMEDY:
            return str(compared_of(kind)[field].remedy)
        return str(WHY[self.why]) % self.about


def about_missing_here(line: Line, register: Register, alike: tuple[Line, Side] | None) -> Act:
    """A row of which we have no record."""
    report = register.reports.get(line.record)
    if report is not None:
        return _about_report(report)
    if alike is not None:
        waiting = next(each for each in register.reports.values() if each.id == alike[1].report)
        if waiting.status == Report.Status.WAITING:
            return Act(PROGRAMME, "waits-alike", _named(waiting))
        return _about_report(waiting)
    if line.record in register.elsewhere:
        return Act(PROGRAMME, "elsewhere")
    if line.record in register.retired:
        return Act(OPERATOR, "retired")
    return Act(OPERATOR, "send")


def about_missing_there(here: Here, last: Report | None) -> Act:
    """A record of theirs here that their register has not."""
    if last is None:
        return Act(OPERATOR, "not-there-unreported")
    return Act(OPERATOR, "not-there", {**_named(last), "date": last.date})


def about_differing(kind: str, each: Differs, line: Line, here: Here, open: Report | None, last: Report | None) -> Act:
    """A field that differs."""
    if open is not None and open.status in (Report.Status.WAITING, Report.Status.RETURNED):
        return _about_report(open, urgent=each.more_dangerous)
    if each.more_dangerous:
        return Act(PROGRAMME, "more-dangerous", urgent=True)
    if each.is_closing:
        return Act(OPERATOR, REMEDY)
    if each.ours is None:
        return Act(OPERATOR, "unknown-here")
    theirs, ours = _days(line.date), here.date.isoformat() if here.date else ""
    if theirs and ours and theirs[0] > ours:
        return Act(OPERATOR, "later-there", {"theirs": line.date, "ours": ours})
    if theirs and ours and theirs[1] < ours:
        return Act(OPERATOR, "later-here", {"ours": ours, "report": last.code or last.id if last else ""})
    return Act(PROGRAMME, "which")


def _about_report(report: Report, urgent: bool = False) -> Act:
    who = PROGRAMME if report.status == Report.Status.WAITING else OPERATOR
    why = "waits" if report.status == Report.Status.WAITING else str(report.status)
    return Act(who, why, _named(report), urgent)


def _named(report: Report) -> dict[str, str]:
    return {"report": report.code or report.id}


def _days(date: Any) -> tuple[str, str] | None:
    try:
        return partial_dates.read(date)[1:]
    except ValueError:
        return None
