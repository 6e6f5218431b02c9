"""Productivity: m² by days and hours of work, of the progress reports that one may see."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from kambila.accounts.roles import may
from kambila.desk.signed_in import signed_in
from kambila.desk.values import number
from kambila.domain.operations import productivity as measured
from kambila.domain.operations.models import Progress
from kambila.domain.operations.productivity import ASSET, BY, METHOD, OPERATOR, TERRAIN, Rate
from kambila.journal.errors import Problem
from kambila.registry import access, replay
from kambila.registry.fields import RESTRICTED
from kambila.registry.kinds import model_of

GROUPS = {OPERATOR: _("organisation"), ASSET: _("what is deployed"), TERRAIN: _("terrain"), METHOD: _("method")}


@signed_in
def productivity(request: HttpRequest) -> HttpResponse:
    """Grouped `?by=`, from and to a day. The terrain is told only of areas that the account sees whole."""
    if not may(request.user, "read"):
        raise Http404
    by = request.GET.get("by", "")
    by = by if by in BY else OPERATOR
    context: dict[str, Any] = {"by": by, "groups": GROUPS.items(), "group": GROUPS[by], "said": request.GET}
    try:
        first, last = (replay.day(day) if (day := request.GET.get(each, "")) else "" for each in ("from", "to"))
    except Problem as problem:
        return render(request, "desk/productivity.html", context | {"problem": problem}, status=400)
    reports = access.visible(request.user, Progress)
    areas = access.visible(request.user, model_of("hazardous_area")).filter(shown_tier=RESTRICTED)
    rates = measured.productivity(by, first, last, reports, areas)
    return render(request, "desk/productivity.html", context | {"rates": [_row(each) for each in rates]})


def _row(each: Rate) -> dict[str, str]:
    told = {"title": each.title, "reports": number(each.reports)}
    for name in ("m2", "stoppage_hours", "m2_per_day", "m2_per_hour"):
        value = getattr(each, name)
        told[name] = "" if value is None else number(round(value, 0 if name == "m2" else 1))
    return told
