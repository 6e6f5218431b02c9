"""What can go wrong when the pages are served."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "port-taken",
    _("Something is already listening on %(host)s:%(port)s, or the address is not this machine's."),
    _("Stop it, or choose another port with --port."),
)
problem(
    "upload-too-large",
    _("The file is larger than %(limit)s MB, which is too much for a page."),
    _("Import it with the command `kambila import`, or split it."),
)
problem(
    "too-many-rows",
    _("The file has more than %(limit)s rows, which would take too long for a page."),
    _("Import it with the command `kambila import`, or split it."),
)
problem(
    "register-too-long",
    _("The register has more than %(limit)s rows, which would take too long for a page."),
    _("Compare it with the command `kambila reconcile`."),
)
problem(
    "no-profile-chosen",
    _("No profile is chosen."),
    _("Choose one, or try or save the one that is proposed further down."),
)
