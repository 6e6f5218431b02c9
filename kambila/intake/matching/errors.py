"""Errors that a person can meet when registers are compared."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "reconcile-partial",
    _("%(account)s does not see all records of the kind %(kind)s of this organisation."),
    _("What is not seen would be listed as missing. Let somebody compare who sees all of them."),
)
problem(
    "no-such-organisation",
    _("There is no organisation called %(name)s."),
    _("Name it by its code, as in the list of organisations, or by its UUID."),
)
