"""Which status of HTTP says what a problem says, and which problem a fault of the machine is."""

from __future__ import annotations

import errno
import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError

from kambila.intake import errors  # noqa: F401  the catalogue
from kambila.journal.errors import Problem

log = logging.getLogger(__name__)
FULL = ("full", "no space", "could not extend")
STATUSES = {
    "may-not": 403,
    "form-not-allowed": 403,
    "form-closed": 403,
    "unknown-form": 404,
    "form-not-offered": 404,
    "form-retired": 404,
    "no-such-report": 404,
    "no-such-record": 404,
    "no-such-kind": 404,
    "no-such-part": 404,
    "no-such-tile": 404,
    "no-such-list": 404,
    "download-gone": 404,
    "same-id-other-content": 409,
    "superseded": 409,
    "unknown-edited": 409,
    "already-decided": 409,
    "report-blocked": 409,
    "warnings-unanswered": 409,
    "too-large": 413,
    "quarantine-full": 507,
    "read-only": 503,
    "door-failed": 500,
    "database-away": 503,
    "disk-full": 507,
}


def status_of(problem: Problem) -> int:
    """400 for what the sender can mend in what was sent; the others say where else to look."""
    return STATUSES.get(problem.code, 400)


def problem_of(error: Exception) -> Problem:
    """The problem that a fault of the machine is to the person who sent something."""
    if isinstance(error, RequestDataTooBig):
        return Problem("too-large", limit=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Problem("disk-full")
    if isinstance(error, DatabaseError | InterfaceError):
        log.exception("The database did not take what was sent.")
        if any(each in str(error) for each in FULL):
            return Problem("disk-full")
        return Problem("database-away")
    log.exception("A door failed.")
    return Problem("door-failed")
