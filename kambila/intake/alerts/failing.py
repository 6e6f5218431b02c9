"""What can keep an alert from going out: kept as a word and a detail, told in the language of whoever reads the log.

Neither holds an address or a password, nor anything that the other side wrote but a number.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NO_SERVER, REFUSED, ANSWERED, UNREACHABLE, FORBIDDEN, FAILED = (
    "no-server", "refused", "answered", "unreachable", "forbidden", "failed"
)  # fmt: skip
SAID = {
    NO_SERVER: _("no mail server is set (KAMBILA_SMTP_URL)"),
    REFUSED: _("the mail server refused it (%(detail)s)"),
    ANSWERED: _("the webhook answered %(detail)s"),
    UNREACHABLE: _("the other side could not be reached (%(detail)s)"),
    FORBIDDEN: _("nothing is sent to that address (%(detail)s)"),
    FAILED: _("it failed (%(detail)s)"),
}


def why(error: str) -> str:
    """A failure in words; nothing for none."""
    word, _space, detail = error.partition(" ")
    return str(SAID[word]) % {"detail": detail} if word in SAID else error
