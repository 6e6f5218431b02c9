"""An area's kinds, and the records of a kind."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kambila.desk.areas import areas
from kambila.desk.columns import table
from kambila.desk.pages.downloads import offered
from kambila.desk.paging import page
from kambila.desk.signed_in import signed_in
from kambila.desk.unconfirmed import unconfirmed_of
from kambila.domain.land import coverage
from kambila.registry import access
from kambila.registry.models import Record


@signed_in
def area(request: HttpRequest, label: str) -> HttpResponse:
    """An area begins with its first kind."""
    found = areas().get(label)
    if found is None:
        raise Http404
    return redirect("list", label, next(iter(found.kinds)))


@signed_in
def records(request: HttpRequest, label: str, kind: str) -> HttpResponse:
    """The records of a kind that the account sees, the latest changed first."""
    found = areas().get(label)
    model: type[Record] | None = found.kinds.get(kind) if found else None
    if found is None or model is None:
        raise Http404
    shown = page(access.visible(request.user, model), "revision", request.GET.get("before", ""))
    context = {
        "area": found,
        "kind": kind,
        "meta": model._meta,
        "is_danger": model.is_danger,
        "tabs": [(name, each._meta.verbose_name_plural) for name, each in found.kinds.items()],
        **table(request.user, model, shown.rows),
        "page": shown,
        "formats": offered(),
        "has_coverage": kind == "village_survey" and coverage.may_see(request.user),
        "unconfirmed": unconfirmed_of(request.user, kind) if model.is_danger and shown.first else [],
    }
    return render(request, "desk/list.html", context)
