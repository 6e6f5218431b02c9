"""The first page of somebody who has signed in, and the lists of what needs a person."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kambila.accounts.roles import may
from kambila.desk import alerted, around, counted
from kambila.desk.needs import NEEDS, needs, sees_everything, unresolved, without_target
from kambila.desk.pages.figures import may_count_now
from kambila.desk.paging import Page, page
from kambila.desk.signed_in import signed_in
from kambila.desk.telling import kinds_said, lines
from kambila.desk.values import title_of
from kambila.registry import access, openness
from kambila.registry.kinds import kinds
from kambila.registry.models import Conflict, Report

LATEST = 8


def home(request: HttpRequest) -> HttpResponse:
    """Strangers are shown the programme page."""
    return _home(request) if request.user.is_authenticated else redirect("programme")  # type: ignore[return-value]


@signed_in
def _home(request: HttpRequest) -> HttpResponse:
    headlines = [each for each in counted.open_figures(request.user) if each.headline]
    headlines = headlines if may_count_now(request.user) else []
    known = counted.values(headlines)
    entries = openness.entries(request.user).order_by("-arrival")[:LATEST]
    context = {
        "alerted": alerted.unseen(request.user),
        "needs": needs(request.user),
        "figures": [counted.told(each, known) for each in headlines],
        "entries": lines(entries),
        "around": around.programme(request.user) if may(request.user, "read") else {},
    }
    return render(request, "desk/home.html", context)


@signed_in
def need(request: HttpRequest, name: str) -> HttpResponse:
    """One sort of what needs a person, the latest first."""
    if name not in NEEDS or not NEEDS[name].concerns(request.user):
        raise Http404
    if NEEDS[name].page:
        return redirect(NEEDS[name].page)
    found, before = NEEDS[name].of(request.user), request.GET.get("before", "")
    shown = page(found, "id" if found.model is Conflict else "tick", before)
    tell = {Report: _reports, Conflict: _conflicts}[found.model]
    context = {"title": NEEDS[name].title, "page": shown, **tell(request.user, shown)}
    return render(request, "desk/need.html", context)


@signed_in
def links(request: HttpRequest) -> HttpResponse:
    """Links that lead to no record that is known, by kind and field."""
    if not sees_everything(request.user):
        raise Http404
    found = [_link(kind, field, count) for kind, field, count in unresolved()]
    return render(request, "desk/unresolved.html", {"links": found})


def _link(kind: str, field: str, count: int) -> dict[str, Any]:
    model = kinds()[kind]
    return {
        "kind": kind,
        "title": model._meta.verbose_name_plural,
        "field": title_of(model, field),
        "count": count,
        "records": without_target(kind, field).order_by("pk")[:20],
    }


def _reports(account: Any, shown: Page) -> dict[str, Any]:
    rows = [
        {
            "url": reverse("review", args=[each.id]),
            "code": str(each),
            "about": kinds_said(each.kinds.split()),
            "date": each.date,
            "office": each.office,
            "is_danger": each.is_danger,
        }
        for each in shown.rows
    ]
    return {"reports": rows}


def _conflicts(account: Any, shown: Page) -> dict[str, Any]:
    codes: dict[tuple[str, str], str] = {}
    for kind in {each.kind for each in shown.rows} & set(kinds()):
        ids = [each.record for each in shown.rows if each.kind == kind]
        rows = access.visible(account, kinds()[kind]).filter(pk__in=ids).values_list("id", "code")
        codes.update({(kind, id): code or id[:8] for id, code in rows})
    return {"conflicts": [_conflict(each, codes) for each in shown.rows]}


def _conflict(conflict: Conflict, codes: dict[tuple[str, str], str]) -> dict[str, Any]:
    if conflict.kind not in kinds():
        return {"title": "", "code": conflict.record[:13], "url": reverse("entry", args=[conflict.record])}
    model = kinds()[conflict.kind]
    return {
        "title": title_of(model, conflict.field),
        "kind": model._meta.verbose_name,
        "code": codes[conflict.kind, conflict.record],
        "url": reverse("record", args=[conflict.kind, conflict.record]),
    }
