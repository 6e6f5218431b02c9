"""The map: records by kind, place, operator, status and day; and the same as a list, for whoever sees no map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import orjson
import shapely
from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.gzip import gzip_page

from kambila.accounts.roles import may
from kambila.desk import around, drawable, drawing, mapping, undecided
from kambila.desk.days import days as days_of
from kambila.desk.signed_in import signed_in
from kambila.journal import clock
from kambila.journal.errors import Problem
from kambila.publish.features import answers, finding
from kambila.publish.features.collections import Collection
from kambila.publish.tiles import symbols
from kambila.publish.tiles.layers import in_short
from kambila.registry import access
from kambila.registry.gazetteer import LEVELS, names_of
from kambila.registry.kinds import kinds
from kambila.registry.names import folded

LISTED = 50  # records of a kind in the list
DRAWN = 200  # of a kind in the drawing for those without script
BY = (*LEVELS, "operator", "status")  # by what records are chosen, where their kind has it


@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """The map and the list of the same records."""
    if not may(request.user, "read"):
        raise Http404
    offered = mapping.drawn_kinds(request.user)
    wanted = request.GET.getlist("kind") or list(mapping.FIRST)
    asked = asked_by(request)
    chosen = [each for each in offered if each.kind in wanted]
    drawn = [each for each in chosen if mapping.fits(each, asked)]
    try:
        lists = [_list(request.user, each, asked) for each in sorted(drawn, key=mapping.first_of_all)]
    except Problem:
        raise Http404 from None
    dangers, left_out = undecided.of(request.user, [each.kind for each in drawn])
    context = {
        "offered": [
            {"kind": each.kind, "title": capfirst(str(each.model._meta.verbose_name_plural)), "is_on": each in chosen}
            for each in sorted(offered, key=lambda each: folded(str(each.model._meta.verbose_name_plural)))
        ],
        "left_out": [capfirst(str(each.model._meta.verbose_name_plural)) for each in chosen if each not in drawn],
        "asked": asked,
        "keeps": urlencode(asked),
        "places": _places(),
        "operators": mapping.operators(request.user),
        "statuses": _statuses(chosen),
        "map": mapping.told(request.user, drawn, asked, _view(request.user, drawn, asked, dangers)),
        "dangers": dangers[: undecided.AT_ONCE],
        "further_dangers": len(dangers[undecided.AT_ONCE :]) + left_out,
        "undrawn_dangers": left_out,
        "first": _first(request.user, drawn),
        "legend": mapping.legend(sorted(drawn, key=mapping.first_of_all)),
        "lists": [{name: value for name, value in each.items() if name != "shapes"} for each in lists],
        "drawing": drawing.records([shape for each in lists for shape in each["shapes"]]),
        "drawn_only": DRAWN if any(each["count"] > DRAWN for each in lists) else 0,
        "draws": bool(drawable.new(request.user)),
        "today": clock.now().date().isoformat(),
        "unconfirmed": symbols.UNCONFIRMED,
    }
    return render(request, "desk/map.html", context)


@signed_in
def unconfirmed(request: HttpRequest) -> HttpResponse:
    """Danger of some kinds that nobody has decided about, as GeoJSON."""
    if not may(request.user, "read"):
        raise Http404
    chosen = [each for each in request.GET.getlist("kind") if each in kinds()]
    found = undecided.collection(undecided.of(request.user, chosen)[0])
    return answers.marked_by_content(request, HttpResponse(orjson.dumps(found), content_type=answers.GEOJSON))


@gzip_page
@signed_in
def nearby(request: HttpRequest) -> JsonResponse:
    """What the map of a question in a form is told once somebody opens it, also somebody who reads no register."""
    return JsonResponse(around.form(request.user))


@signed_in
def days(request: HttpRequest, kind: str) -> HttpResponse:
    """The states of the records of a kind over time, as GeoJSON."""
    found = next((each for each in mapping.drawn_kinds(request.user) if each.kind == kind), None)
    asked = asked_by(request)
    if found is None or not may(request.user, "read") or not mapping.fits(found, asked):
        raise Http404
    head = finding.head(found)
    by_head = finding.may_know_head(request.user, found)
    mark = answers.mark(request, request.user, head) if by_head else ""
    if mark and answers.is_known(request, mark):
        return answers.unchanged(mark)
    try:
        response = HttpResponse(days_of(request.user, found, mapping.asking(asked), head), content_type=answers.GEOJSON)
    except Problem:
        raise Http404 from None
    return answers.marked(response, mark) if mark else answers.marked_by_content(request, response)


def _view(
    account: Any, drawn: Sequence[Collection], asked: Mapping[str, str], dangers: Sequence[undecided.Feature]
) -> mapping.Told:
    """What the large map has besides: an address that restores it, positions, tools, and where what is chosen lies."""
    words, told = mapping.words() | mapping.tool_words(), undecided.told(dangers, [each.kind for each in drawn])
    return {
        "hash": True, "readout": True, "words": words, "unconfirmed": told, **mapping.whole(account, drawn, asked)
    }  # fmt: skip


def asked_by(request: HttpRequest) -> dict[str, str]:
    """By what the records are chosen: the place is the smallest that was named."""
    said = {name: request.GET.get(name, "").replace("\x00", "")[:60] for name in BY}
    if place := request.GET.get("place", "").replace("\x00", "")[:20]:
        said[{4: "adm1", 6: "adm2"}.get(len(place), "adm3")] = place
    return {name: value for name, value in said.items() if value}


def _list(account: Any, collection: Collection, asked: Mapping[str, str]) -> dict[str, Any]:
    """The first records of a kind in words, how many there are, and what is drawn without script."""
    page = finding.page(account, collection, mapping.asking(asked, DRAWN), finding.head(collection))
    rows, shapes = [], []
    for id, said, where in in_short(page.layout, page.rows, clock.now().date()):
        rows.append(
            {
                "url": reverse("record", args=[collection.kind, id]),
                "code": said.get("code") or id[:8],
                "title": said.get(collection.model.title_field or "") or "",
                "status": _words(collection, said),
            }
        )
        if where is not None:
            shape = shapely.Point(where) if isinstance(where, tuple) else shapely.from_wkb(where)
            shapes.append((shape, symbols.symbol_of(collection.kind, said)))
    return {
        "kind": collection.kind,
        "title": capfirst(str(collection.model._meta.verbose_name_plural)),
        "area": collection.model._meta.app_label,
        "rows": rows[:LISTED],
        "count": page.matched,
        "more": max(0, page.matched - LISTED),
        "shapes": shapes,
    }


def _words(collection: Collection, said: Mapping[str, Any]) -> str:
    """What the record is by the fields that decide how it is drawn."""
    told = []
    for name in symbols.fields_of(collection.kind):
        if value := said.get(name):
            field: Any = collection.field(name)
            told.append(str(dict(field.choices or ()).get(value, value)))
    return ", ".join(told)


def _first(account: Any, chosen: Sequence[Collection]) -> str:
    """The first day of which anything that may be seen is known: there the slider begins."""
    days = [access.visible(account, each.model).aggregate(first=Min("information_date"))["first"] for each in chosen]
    known = [str(each)[:10] for each in days if each and len(str(each)) >= 10]
    return min(known, default=clock.now().date().isoformat())


def _places() -> list[tuple[str, str]]:
    """The régions and cercles by which one may choose: (P-code, name), each région before its cercles."""
    model: Any = kinds()["admin_area"]
    codes = [each for each in model._default_manager.values_list("pcode", flat=True) if each and len(each) in (4, 6)]
    names = names_of(codes)
    return [(code, ("" if len(code) == 4 else "– ") + names.get(code, code)) for code in sorted(codes)]


def _statuses(chosen: Sequence[Collection]) -> list[tuple[str, str]]:
    """The statuses that records of these kinds can have, each once."""
    found: dict[str, str] = {}
    for each in chosen:
        if "status" in each.asked:
            field: Any = each.field("status")
            found |= {str(code): str(words) for code, words in field.choices or () if str(code) not in found}
    return sorted(found.items(), key=lambda each: each[1])
