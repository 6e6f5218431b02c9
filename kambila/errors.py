"""What can go wrong with the command line and the installation as a whole."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "stale-registry",
    _("The registry was built by another version of Kambila."),
    _("Run `kambila backup --to FILE`, then `kambila upgrade`: it derives the registry again from the journal."),
)
problem(
    "database-failed",
    _("The database did not do what it was asked: %(why)s"),
    _("Run `kambila check`. Is the disk full, the server stopped, or the file kept busy by another program?"),
)
problem(
    "unexpected",
    _("Something went wrong that should not have: %(why)s"),
    _("Run `kambila check`. If all is well there, run the command again as `kambila --debug …` and report its output."),
)
