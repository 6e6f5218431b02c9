"""What can go wrong when the pages are served."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "port-taken",
    _("Something is already listening on %(host)s:%(port)s, or the address is not this machine's."),
    _("Stop it, or choose another port with --port."),
)
problem(
    "request-too-large",
    _("What was sent is larger than %(limit)s MB."),
    _("Send it in several parts; the administrator can raise the limit (KAMBILA_REQUEST_MB)."),
)
problem(
    "upload-too-large",
    _("The file is larger than %(limit)s MB, which is too much for a page."),
    _("Import it with the command `kambila import`, or split it."),
)
problem(
    "import-given-up",
    _("The import broke off %(attempts)s times, each time without getting any further."),
    _(
        "Tell the administrator, who finds the reason in the server's log. What came in stays; the same file goes on there."
    ),
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
