"""Errors of land that a person can meet."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "period-backwards",
    _("The period ends on %(last)s, before it begins on %(first)s."),
    _("Give the earlier day first."),
)
