"""Freedom of movement: which roads and places can be used today, and until when that is known."""

from __future__ import annotations

from typing import Any

import shapely
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kambila.accounts.roles import may
from kambila.desk.drawing import roads
from kambila.desk.signed_in import signed_in
from kambila.domain.places.movement import Passage
from kambila.domain.places.movement import movement as passages
from kambila.journal import clock


@signed_in
def movement(request: HttpRequest) -> HttpResponse:
    """Roads and places that the account sees whole, those that are closed first."""
    if not may(request.user, "read"):
        raise Http404
    found = passages(request.user, clock.now().date())
    tables = {kind: [each for each in found if each.kind == kind] for kind in ("route_status", "accessibility")}
    lines = [(each.status, line) for each in tables["route_status"] if (line := _line(each))]
    context: dict[str, Any] = {"roads": tables["route_status"], "places": tables["accessibility"]}
    return render(request, "desk/movement.html", context | {"drawing": roads(lines)})


def _line(passage: Passage) -> Any:
    wkb = next((found for each in passage.records if (found := getattr(each, "geometry", None))), None)
    return shapely.from_wkb(bytes(wkb)) if wkb else None
