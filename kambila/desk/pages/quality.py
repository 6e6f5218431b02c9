"""Coverage by quality visits: who was seen when, what was planned and done, how each organisation stands, what is due."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kambila.desk.signed_in import signed_in
from kambila.domain.operations.coverage import WEEKS, coverage, may_see
from kambila.domain.operations.due import due
from kambila.journal import clock

LONGEST = 520


@signed_in
def quality(request: HttpRequest) -> HttpResponse:
    """The weeks (`?weeks=`) up to today, or to a day (`?on=`); nothing at all for whoever does not see every visit."""
    if not may_see(request.user):
        raise Http404
    weeks = _weeks(request.GET.get("weeks", ""))
    day = day_of(request.GET.get("on", ""))
    context = {
        "day": day,
        "weeks": weeks,
        "longest": LONGEST,
        "coverage": coverage(day, weeks),
        "due": due(day, request.user),
    }
    return render(request, "desk/quality.html", context)


def day_of(said: str) -> datetime.date:
    """A day that was asked about; today for what is none."""
    try:
        return datetime.date.fromisoformat(said)
    except ValueError:
        return clock.now().date()


def _weeks(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and 1 <= int(said[:5]) <= LONGEST else WEEKS
