"""The page that people get when a page failed: what is the machine's is said to be that, with its status."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from kambila.intake.statuses import problem_of, status_of


def failed(request: HttpRequest) -> HttpResponse:
    """503 when the database is away, 507 when the disk is full, 500 for what nobody foresaw. Asks the database nothing."""
    error = sys.exc_info()[1]
    status = status_of(problem_of(error)) if isinstance(error, Exception) else 500
    return HttpResponse(render_to_string("500.html", {"status": status}), status=status)
