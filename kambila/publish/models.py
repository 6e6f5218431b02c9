"""What the room that publishes keeps for itself."""

from __future__ import annotations

import secrets

from django.db import models


def _secret() -> str:
    return secrets.token_hex(32)


class CertificateKey(models.Model):
    """The secret from which codes of certificates are made. It goes into backups: a paper outlives a server."""

    secret = models.CharField(max_length=64, default=_secret)

    class Meta:
        db_table = "publish_certificate_key"
