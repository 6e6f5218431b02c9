"""Alerts by e-mail, through the mail server of KAMBILA_SMTP_URL.

smtps://USER:PASSWORD@HOST:465   encrypted from the beginning
smtp://USER:PASSWORD@HOST:587    encrypted by STARTTLS, without which nothing is sent
smtp://HOST:25?tls=no            not encrypted: a server on this machine or in this house
"""

from __future__ import annotations

import hashlib
import smtplib
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from kambila.intake.alerts import failing

BACKEND = "django.core.mail.backends.smtp.EmailBackend"
TIMEOUT = 10  # seconds, for each step of the conversation


@dataclass(frozen=True)
class Mail:
    """A mail that is ready to be sent; `ids` are the deliveries in it."""

    to: str
    subject: str
    text: str
    ids: tuple[str, ...]

    @property
    def message_id(self) -> str:
        """The same for the same deliveries, so that a mail that is sent twice can be known by it."""
        digest = hashlib.sha256(" ".join(sorted(self.ids)).encode()).hexdigest()[:40]
        return f"<{digest}@{settings.MAIL_FROM.rpartition('@')[2].rstrip('>')}>"

    def send(self) -> dict[str, str]:
        """Hand it to the mail server; gives for each delivery what went wrong (see `failing`), empty when nothing did."""
        return dict.fromkeys(self.ids, self._attempt())

    def _attempt(self) -> str:
        if not settings.SMTP_URL:
            return failing.NO_SERVER
        headers = {"Message-ID": self.message_id, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
        try:
            server = get_connection(BACKEND, **server_of(settings.SMTP_URL))
            EmailMessage(
                self.subject, self.text, settings.MAIL_FROM, [self.to], headers=headers, connection=server
            ).send()
        except smtplib.SMTPException as error:
            return f"{failing.REFUSED} {getattr(error, 'smtp_code', type(error).__name__)}"
        except OSError as error:
            return f"{failing.UNREACHABLE} {type(error).__name__}"
        except Exception as error:  # a setting that cannot be, an address that is none
            return f"{failing.FAILED} {type(error).__name__}"
        return ""


def server_of(url: str) -> dict[str, Any]:
    """The options of Django's backend for an address such as smtp://USER:PASSWORD@HOST:587."""
    parts = urlsplit(url)
    ssl = parts.scheme == "smtps"
    plain = parse_qs(parts.query).get("tls", [""])[0] == "no"
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("KAMBILA_SMTP_URL begins with smtp:// or smtps:// and names a host")
    return {
        "host": parts.hostname,
        "port": parts.port or (465 if ssl else 25 if plain else 587),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": ssl,
        "use_tls": not ssl and not plain,
        "timeout": TIMEOUT,
        "fail_silently": False,
    }
