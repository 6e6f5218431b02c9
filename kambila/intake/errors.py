"""Errors of the intake that a person can meet."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

# Decisions

problem("no-such-report", _("There is no report called %(name)s."), _("See `kambila reports`."))
problem("several-reports", _("Several reports have the code %(name)s."), _("Name one of them by its id: %(ids)s."))
problem("several-records", _("Several records have the code %(name)s."), _("Name one of them by its UUID: %(ids)s."))
problem(
    "no-reason", _("A decision needs a reason."), _("Say in a sentence why; it is kept sealed beside the decision.")
)
problem(
    "report-blocked",
    _("The report %(report)s cannot be accepted: %(sentences)s"),
    _("Return it to its reporter, or correct it: `kambila correct`."),
)
problem(
    "warnings-unanswered",
    _("Something about the report %(report)s is doubtful: %(sentences)s"),
    _("Answer with a reason why it is right all the same (--answer), or return it."),
)
problem(
    "already-decided",
    _("The report %(report)s is %(status)s already."),
    _("See `kambila report %(report)s`; another decision can change it."),
)
problem(
    "edit-of-unknown",
    _("The report %(report)s restates a report that is not here yet."),
    _("Wait until the other one has arrived."),
)
problem("no-ground", _("A review can be left out only with a stated ground."), _("State the ground, or let it review."))
problem("no-such-decision", _("There is no decision %(name)s."), _("See `kambila report` or `kambila show`."))
problem(
    "does-not-wait",
    _("The decision %(name)s does not wait for a second person."),
    _("See `kambila report` or `kambila show` for what became of it."),
)
problem(
    "own-countersign",
    _("%(account)s took this decision and cannot countersign it."),
    _("Ask another person who may countersign."),
)
problem("same-record", _("The two names lead to one and the same record."), _("Name two different records."))
problem(
    "not-shown",
    _("%(name)s is not in the registry now."),
    _("It is retired, or no accepted report speaks of it; see `kambila show %(name)s`."),
)
problem("not-retired", _("%(name)s is not retired."), _("See `kambila show %(name)s`."))
problem(
    "not-a-side",
    _("%(chosen)s is not one of the reports that state %(field)s of %(name)s and count."),
    _("Choose one of: %(refs)s."),
)
problem(
    "no-authority", _("An erasure needs an authority."), _("Say who ordered it, or which law or consent it follows.")
)
problem("unknown-audience", _("There is no audience called %(audience)s."), _("Choose one of: %(audiences)s."))
problem("bad-day", _("“%(text)s” is not a date that can be used here."), _("Write it as 2014-06-30."))

# Corrections

problem(
    "which-change",
    _("%(field)s could be corrected in more than one change of the report, or in none."),
    _("Name the change too, as in 0/%(field)s; `kambila report` numbers them."),
)
problem("no-such-field", _("A %(kind)s has no field %(field)s that can be stated."), _("Choose one of: %(fields)s."))
problem("unreadable-value", _("%(field)s cannot be %(value)s: %(why)s"), _("State it anew."))
problem(
    "nothing-corrected", _("Nothing is different from what the report says."), _("Name what to correct with --set.")
)
problem(
    "file-not-corrected",
    _("%(field)s holds a file, which cannot be corrected by a value."),
    _("Send the form again with the right file."),
)

# Forms and submissions
