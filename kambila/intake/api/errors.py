"""Errors of the API that a person can meet."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "no-token",
    _("The API opens with a token that holds."),
    _("Send `Authorization: Bearer TOKEN`; make a token with `kambila key issue`."),
)
problem(
    "request-unreadable",
    _("The request cannot be understood: %(why)s."),
    _("Compare it with the document at /api/v1/openapi.json."),
)
problem(
    "unknown-question",
    _("The form %(form)s, or one of its repeats, is not answered like this: %(why)s."),
    _("See its questions at /api/v1/forms/%(form)s."),
)
problem(
    "bad-cursor",
    _("“%(after)s” is no place in this list."),
    _("Take `next` of the page before, or leave `after` out."),
)
problem(
    "file-not-named",
    _("The report %(report)s names no file “%(name)s”."),
    _("Send only files whose names stand in its answers."),
)
problem(
    "no-submission",
    _("The submission of the report %(report)s is not held here, so nothing can be added to it."),
    _("Send it again as a new report, with all its files."),
)
problem("no-such-part", _("There is no file “%(name)s” that you may open."), _("See the files of the report."))
