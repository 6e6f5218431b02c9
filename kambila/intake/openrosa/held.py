"""What phones hold: noted when they fetch it, for revoking a key cannot wipe it."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError, transaction

from kambila.intake.openrosa.models import Fetched
from kambila.journal import clock

log = logging.getLogger(__name__)


def note(account: Any, what: str, name: str, version: str, rows: int | None = None) -> None:
    """Note that a key fetched a form, or a list with so many rows. A fault here keeps nobody from fetching."""
    key = getattr(account, "key", None)
    if key is None:
        return
    said = {"version": version[:250], "rows": rows, "moment": clock.now()}
    try:
        with transaction.atomic():
            Fetched.objects.update_or_create(key=key, what=what, name=name[:250], defaults=said)
    except DatabaseError:
        log.exception("What a phone fetched could not be noted.")
