"""What can go wrong when the pages are served."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "port-taken",
    _("Something is already listening on %(host)s:%(port)s, or the address is not this machine's."),
    _("Stop it, or choose another port with --port."),
)
