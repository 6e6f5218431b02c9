"""Errors of operations that a person can meet."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "no-scenario",
    _("There is no scenario of priority called %(name)s."),
    _("Choose one of: %(choices)s."),
)
