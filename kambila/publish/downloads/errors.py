"""What can go wrong with files that are made for other programs."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "no-such-format",
    _("“%(format)s” is no format in which this can be had."),
    _("Choose one of: %(formats)s."),
)
problem(
    "no-such-list",
    _("There is neither a kind of record nor a figure “%(name)s” that is open to you."),
    _("See the kinds at /ogc/collections, the figures with `kambila figures`."),
)
problem(
    "download-gone",
    _("This file is no longer there."),
    _("Files that were made for you are kept for a day. Ask for it again on the page of the list."),
)
problem(
    "download-given-up",
    _("The file could not be made: it broke off %(attempts)s times."),
    _("Tell the administrator, who finds the reason in the server's log."),
)
problem(
    "download-may-not",
    _("What you may see has changed since this file was made, so it was not given out and is deleted."),
    _("It is being made anew, as you may see it now."),
)
