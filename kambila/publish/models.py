"""What the room that publishes keeps for itself."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _


def _secret() -> str:
    return secrets.token_hex(32)


class CertificateKey(models.Model):
    """The secret from which codes of certificates are made. It goes into backups: a paper outlives a server."""

    secret = models.CharField(max_length=64, default=_secret)

    class Meta:
        db_table = "publish_certificate_key"


class Download(models.Model):
    """Somebody took a list or a figure away as a file: who, what, when. No name: it was made for everyone."""

    account = models.CharField(_("account"), max_length=60, db_index=True)
    what = models.CharField(_("list or figure"), max_length=100)
    filter = models.TextField(_("filter"))
    format = models.CharField(_("format"), max_length=10)
    taken = models.DateTimeField(_("taken"))

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.account}: {self.what} ({self.format})"
