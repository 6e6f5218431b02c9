"""The map on paper: `?bbox=west,south,east,north` and what the page of the map is asked by."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse

from kambila.accounts.roles import may
from kambila.desk import mapping
from kambila.desk.pages.draw import box_of
from kambila.desk.pages.map import asked_by
from kambila.desk.printing import View, printed
from kambila.desk.signed_in import signed_in
from kambila.journal import clock
from kambila.journal.errors import Problem
from kambila.publish.downloads import making
from kambila.publish.features.documents import extent

LONGEST = 120  # letters of a title


@signed_in
def paper(request: HttpRequest) -> HttpResponse:
    """A PDF of the kinds that were chosen, as far as the account sees them; of the whole country without a box."""
    if not may(request.user, "read"):
        raise Http404
    asked, given = asked_by(request), request.GET
    wanted = given.getlist("kind") or list(mapping.FIRST)
    chosen = [each for each in mapping.drawn_kinds(request.user) if each.kind in wanted and mapping.fits(each, asked)]
    west, south, east, north = box_of(given.get("bbox", "")) or extent()
    title = given.get("title", "").replace("\x00", "").strip()[:LONGEST]
    words = mapping.in_words(request.user, asked, chosen)
    view = View((west, south, east, north), chosen, asked, words, _day(given.get("day", "")), title)
    try:
        answer = HttpResponse(printed(request.user, view), content_type="application/pdf")
    except Problem:
        raise Http404 from None
    making.note(request.user, making.MAP, _as_asked(request), "pdf")
    answer["Content-Disposition"] = 'inline; filename="map.pdf"'
    return answer


def _as_asked(request: HttpRequest) -> str:
    return " ".join(f"{name}={value}" for name, values in request.GET.lists() for value in values if value)


def _day(said: str) -> datetime.date | None:
    try:
        # Nothing is known of days to come: a sheet says the day on which it is printed.
        return min(datetime.date.fromisoformat(said), clock.now().date()) if said else None
    except ValueError:
        raise Http404 from None
