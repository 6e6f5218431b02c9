"""A hazardous area drawn anew: a part split off, others joined to it, ground added. Each becomes a report that waits."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from kambila.accounts.roles import may
from kambila.desk.drawing import before_and_after
from kambila.desk.signed_in import signed_in
from kambila.domain.land.balance.alone import remaining_shape
from kambila.intake.land import redraw as drawing_anew
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem
from kambila.registry import access
from kambila.registry.fields import RESTRICTED
from kambila.registry.kinds import model_of

WAYS = {"split": _("Split a part off"), "extend": _("Add ground"), "join": _("Join it with other areas")}


@signed_in
def redraw(request: HttpRequest, id: str) -> HttpResponse:
    """What is left of the area, and the form; a POST writes the report and leads to it."""
    area: Any = access.visible(request.user, model_of("hazardous_area")).filter(pk=id).first()
    if area is None or area.shown_tier != RESTRICTED or not may(request.user, "report"):
        raise Http404
    problem = None
    if request.method == "POST":
        try:
            return redirect("review", _written(request, area).id)
        except Problem as found:
            problem = found
    left = remaining_shape(area) if area.polygon else None
    drawn = before_and_after(None, left.wkb if left is not None else None)
    context = {"area": area, "drawn": drawn, "ways": WAYS.items(), "given": request.POST, "problem": problem}
    return render(request, "desk/redraw.html", context, status=400 if problem else 200)


def _written(request: HttpRequest, area: Any) -> Entry:
    """Raises Problem for what cannot be drawn so, or without a reason."""
    given, author = request.POST, request.user.get_username()
    reason, date = given.get("reason", ""), given.get("date", "")
    if given.get("way") == "join":
        others = given.get("others", "").replace(",", " ").split()
        return drawing_anew.join([area.id, *others], author, reason, date)
    way = drawing_anew.extend if given.get("way") == "extend" else drawing_anew.split
    return way(area.id, drawing_anew.shape_of(given.get("polygon", "")), author, reason, date)
