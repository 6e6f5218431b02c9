"""Errors of the registry that a person can meet."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "no-such-kind", _("There is no kind of record called %(kind)s."), _("See the list of kinds in the documentation.")
)
problem(
    "no-such-record",
    _("Nothing is known under %(name)s."),
    _("Check the code; look in `kambila reports` whether its report has been accepted."),
)
problem("no-moment", _("“%(text)s” is not a moment."), _("Write it as 2014-06-30T23:59:59Z, or as a day."))
problem("no-day", _("“%(text)s” is not a day."), _("Write it as 2014-06-30."))
problem("no-path", _("Records of the kind %(kind)s take no steps."), _("These do: %(kinds)s."))
problem(
    "period-backwards",
    _("The period ends on %(last)s, before it begins on %(first)s."),
    _("Give the earlier day first."),
)
