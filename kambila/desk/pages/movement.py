"""Freedom of movement: which roads and places can be used today, and until when that is known."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kambila.accounts.roles import may
from kambila.desk import around
from kambila.desk.signed_in import signed_in
from kambila.domain.places.movement import movement as passages
from kambila.journal import clock


@signed_in
def movement(request: HttpRequest) -> HttpResponse:
    """Roads and places that the account sees whole, those that are closed first."""
    if not may(request.user, "read"):
        raise Http404
    found = passages(request.user, clock.now().date())
    tables = {kind: [each for each in found if each.kind == kind] for kind in ("route_status", "accessibility")}
    context: dict[str, Any] = {"roads": tables["route_status"], "places": tables["accessibility"]}
    context["around"] = around.roads(request.user, tables["route_status"])
    return render(request, "desk/movement.html", context)
