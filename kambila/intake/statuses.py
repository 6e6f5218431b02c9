"""Which status of HTTP says what a problem says."""

from __future__ import annotations

from kambila.journal.errors import Problem

STATUSES = {
    "may-not": 403,
    "form-not-allowed": 403,
    "unknown-form": 404,
    "form-not-offered": 404,
    "form-retired": 404,
    "no-such-report": 404,
    "no-such-record": 404,
    "no-such-kind": 404,
    "no-such-part": 404,
    "same-id-other-content": 409,
    "superseded": 409,
    "unknown-edited": 409,
    "already-decided": 409,
    "report-blocked": 409,
    "warnings-unanswered": 409,
    "too-large": 413,
    "quarantine-full": 507,
    "read-only": 503,
}


def status_of(problem: Problem) -> int:
    """400 for what the sender can mend in what was sent; the others say where else to look."""
    return STATUSES.get(problem.code, 400)
