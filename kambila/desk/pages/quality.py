"""Coverage by quality visits: who was seen when, what was planned and done, how each organisation stands, what is due."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kambila.desk.signed_in import signed_in
from kambila.domain.operations.coverage import WEEKS, coverage, may_see
from kambila.domain.operations.due import due
from kambila.journal import clock

LONGEST = 520


@signed_in
def quality(request: HttpRequest) -> HttpResponse:
    """The weeks up to today (`?weeks=`); nothing at all for whoever does not see every visit."""
    if not may_see(request.user):
        raise Http404
    weeks = _weeks(request.GET.get("weeks", ""))
    day = clock.now().date()
    context = {"weeks": weeks, "longest": LONGEST, "coverage": coverage(day, weeks), "due": due(day, request.user)}
    return render(request, "desk/quality.html", context)


def _weeks(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and 1 <= int(said[:5]) <= LONGEST else WEEKS
