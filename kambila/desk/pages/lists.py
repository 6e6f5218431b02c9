"""An area's kinds, and the records of a kind."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kambila.desk import mapping
from kambila.desk.areas import areas
from kambila.desk.columns import table
from kambila.desk.pages.downloads import offered
from kambila.desk.pages.map import asked_by
from kambila.desk.paging import page
from kambila.desk.signed_in import signed_in
from kambila.desk.unconfirmed import unconfirmed_of
from kambila.domain.land import coverage
from kambila.journal.errors import Problem
from kambila.publish.features import finding
from kambila.publish.features.collections import of
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
    """The records of a kind that the account sees, the latest changed first; those that the map chose, if it says so."""
    found = areas().get(label)
    model: type[Record] | None = found.kinds.get(kind) if found else None
    if found is None or model is None:
        raise Http404
    collection, asked = of(request.user, kind), asked_by(request)
    try:
        if not mapping.fits(collection, asked):
            raise Http404
        chosen = finding.asked_for(request.user, collection, mapping.asking(asked), walking=False)
    except Problem:
        raise Http404 from None
    shown = page(chosen, "revision", request.GET.get("before", ""))
    context = {
        "area": found,
        "kind": kind,
        "meta": model._meta,
        "is_danger": model.is_danger,
        "tabs": [(name, each._meta.verbose_name_plural) for name, each in found.kinds.items()],
        **table(request.user, model, shown.rows),
        "page": shown,
        "chosen": mapping.in_words(request.user, asked, [collection]),
        "keeps": urlencode(asked),
        "filter": mapping.in_cql2(asked),
        "formats": offered(),
        "has_coverage": kind == "village_survey" and coverage.may_see(request.user),
        "unconfirmed": unconfirmed_of(request.user, kind) if model.is_danger and shown.first else [],
    }
    return render(request, "desk/list.html", context)
