"""What phones are answered: the headers of OpenRosa, its body for people, and the status of every problem."""

from __future__ import annotations

import logging
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import http_date
from django.utils.translation import get_language

from kambila.intake.statuses import STATUSES
from kambila.journal.errors import Problem

log = logging.getLogger(__name__)
XML = "text/xml; charset=utf-8"
MB = 1024 * 1024

# What phones meet besides the problems that every door has.
STATUS = {
    **STATUSES,
    "sign-in": 401,
    "key-ended": 403,
    "no-such-file": 404,
    "body-too-large": 413,
    "file-too-large": 413,
    "too-many-parts": 413,
    "too-many-elements": 413,
}


def respond(status: int, body: str | bytes = b"", content_type: str = XML) -> HttpResponse:
    """An answer with the headers that every one carries (openrosa-http)."""
    answer = HttpResponse(body, status=status, content_type=content_type)
    answer["X-OpenRosa-Version"] = "1.0"
    answer["Date"] = http_date()
    answer["Content-Language"] = (get_language() or "en")[:2]
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def message(status: int, *lines: str) -> HttpResponse:
    """The body of OpenRosa: lines for the person who holds the phone."""
    nature = "submit_success" if status < 300 else "error"
    said = escape("\n".join(line for line in lines if line))
    return respond(
        status,
        f'<OpenRosaResponse xmlns="http://openrosa.org/http/response"><message nature="{nature}">{said}</message>'
        "</OpenRosaResponse>",
    )


def refusal(problem: Problem) -> HttpResponse:
    """The answer to a problem: what is wrong, and what to do."""
    return message(STATUS.get(problem.code, 400), problem.sentence, problem.remedy)


def accepting(answer: HttpResponse) -> HttpResponse:
    """Say how much one request may hold, so that a phone splits what is larger."""
    answer["X-OpenRosa-Accept-Content-Length"] = str(settings.OPENROSA_BODY)
    return answer
