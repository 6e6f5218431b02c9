"""Which villages are surveyed, by région, cercle and commune, down to the villages of a place."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kambila.desk import around
from kambila.desk.places import Places
from kambila.desk.signed_in import signed_in
from kambila.domain.land import coverage as counting

MOST = 500  # villages that a page lists


@signed_in
def coverage(request: HttpRequest, place: str = "") -> HttpResponse:
    """The next level below a place (the whole programme by default); below a commune its villages."""
    if not counting.may_see(request.user):
        raise Http404
    level = _level_below(place)
    found = counting.villages(request.user, level or "adm3", place)
    if place and not found:
        raise Http404
    left = [each for each in found if not each.surveys]
    context: dict[str, Any] = {
        "place": Places(codes=[place]).title(place) if place else "",
        "total": counting.whole(found),
        "places": counting.places(found) if level else [],
        "left": left[:MOST] if place else [],
        "done": [each for each in found if each.surveys][:MOST] if place and not level else [],
        "around": around.villages(request.user, place),
        "more": max(0, len(left) - MOST) if place else 0,
    }
    return render(request, "desk/coverage.html", context)


def _level_below(place: str) -> str:
    """By what the villages of a place are put together; empty where they are listed one by one (P-codes of the COD)."""
    return {0: "adm1", 4: "adm2", 6: "adm3"}.get(len(place), "")
