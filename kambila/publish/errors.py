"""What can go wrong with publishing."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "not-a-publication",
    _("%(path)s holds other files than those of a publication."),
    _("Choose a directory that is empty, or one that `kambila publish` has written."),
)
problem(
    "not-writable",
    _("%(path)s cannot be written (%(why)s)."),
    _("Choose a directory in which you may write."),
)
problem(
    "no-certificate",
    _("%(record)s has no certificate now: it is not in force."),
    _("Take the step that puts it in force, then print it."),
)
