"""Errors of forms that are filled in on a page."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "form-not-offered",
    _("There is no form %(form)s to fill in."),
    _("Choose one of the list of forms; it may have been retired or have another name."),
)
problem(
    "form-of-another-kind",
    _("The form %(form)s does not write a record of the kind %(kind)s as a whole."),
    _("Choose a form of that kind, or correct the report that speaks of the record."),
)
problem(
    "not-from-a-form",
    _("The report %(report)s cannot be opened in a form: what was sent is not held here."),
    _("Correct it with `kambila correct`, or report anew."),
)
problem(
    "edit-without-deprecated",
    _("This was meant to correct the report %(report)s, but does not say so in its deprecatedID."),
    _("Open the report again from its page, and correct it there; nothing was changed."),
)
