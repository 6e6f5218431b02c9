"""The balance of hazardous land: what was dangerous, what was released of it, what is left, of the areas one may see."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kambila.accounts.roles import may
from kambila.desk.counted import number
from kambila.desk.places import Places
from kambila.desk.signed_in import signed_in
from kambila.domain.land.balance import told
from kambila.domain.land.balance.book import book, waited_for
from kambila.domain.land.balance.lines import Why
from kambila.domain.land.balance.period import KINDS, REASONS
from kambila.domain.land.balance.told import COLUMNS, TAKEN_OVER, TITLES, Row
from kambila.journal.errors import Problem
from kambila.registry import access
from kambila.registry.fields import RESTRICTED
from kambila.registry.kinds import model_of
from kambila.registry.replay import period

MOST = 100  # rows, and products, that a page shows
GROUPS = {
    "programme": gettext_lazy("all together"),
    "area": gettext_lazy("area"),
    "task": gettext_lazy("task"),
    "organisation": gettext_lazy("organisation"),
    "region": gettext_lazy("région"),
}


@signed_in
def balance(request: HttpRequest) -> HttpResponse:
    """A period, grouped; only areas that the account sees whole are counted, so the page tells nothing of others."""
    if not may(request.user, "read"):
        raise Http404
    by = request.GET.get("by", "")
    by = by if by in GROUPS else "programme"
    context: dict[str, Any] = {
        "by": by,
        "groups": list(GROUPS.items()),
        "said": request.GET,
    }
    try:
        first, last = period(request.GET.get("from", ""), request.GET.get("to", ""))
    except Problem as problem:
        return render(request, "desk/balance.html", context | {"problem": problem}, status=400)
    if many := waited_for():
        return render(request, "desk/balance_awaited.html", {"many": many})
    areas = _areas(request.user)
    written = book()
    total, rows = told.balance(written, by, first, last, areas)
    rows = sorted(rows, key=lambda row: -max(row.closing)) if by != "programme" else []
    names = _names(request.user, by, [each.key for each in rows[:MOST]])
    shown = [({"text": _("Together"), "url": ""}, total)]
    shown = [(names.get(each.key, {"text": _("not known"), "url": ""}), each) for each in rows[:MOST]] + shown
    context |= {"tables": [_table(shown, 0, _("By overlay, geodesic, m²")), _table(shown, 1, _("As stated, m²"))]}
    context |= {"unsized": len(told.unsized(written, areas)), "version": written.version}
    context |= {"left_out": max(len(rows) - MOST, 0), "holds": total.holds, "areas": len(areas)}
    return render(request, "desk/balance.html", context | _products(request.user, told.uncounted(written, areas)))


def _areas(account: Any) -> set[str]:
    """The areas of which the account sees every field that is counted here."""
    model = model_of("hazardous_area")
    return set(access.visible(account, model).filter(shown_tier=RESTRICTED).values_list("pk", flat=True))


def _names(account: Any, by: str, keys: list[str]) -> dict[str, dict[str, str]]:
    """Code and address of what the rows are about, as far as the account may know them."""
    if by == "region":
        places = Places(codes=keys)
        return {key: {"text": places.title(key), "url": ""} for key in keys if key}
    if by not in KINDS:
        return {}
    model = model_of(KINDS[by])
    found = access.visible(account, model).filter(pk__in=[key for key in keys if key])
    return {row.pk: {"text": str(row), "url": reverse("record", args=[KINDS[by], row.pk])} for row in found}


def _table(shown: list[tuple[dict[str, str], Row]], place: int, title: str) -> dict[str, Any]:
    whys = [why for why in Why if why in COLUMNS or any(why in row.moved for _name, row in shown)]
    taken = any(row.taken_over[place] for _name, row in shown)
    heads = [
        _("at the opening"),
        *(str(TITLES[why]) for why in whys),
        *([str(TAKEN_OVER)] if taken else []),
        _("at the closing"),
    ]
    rows = []
    for name, row in shown:
        sizes = [row.opening[place], *(row.moved.get(why, (0, 0))[place] for why in whys)]
        sizes += [*([row.taken_over[place]] if taken else []), row.closing[place]]
        cells = [number(round(size / 100)) for size in sizes]
        rows.append({"name": name, "cells": list(zip(heads, cells, strict=True))})
    return {"title": title, "heads": heads, "rows": rows}


def _products(account: Any, found: list[dict[str, Any]]) -> dict[str, Any]:
    """The products of which something was not counted, those first of which most."""
    found = sorted(found, key=lambda each: -sum(each["reasons"].values()))
    named = _named(account, "land_release_product", [each["product"] for each in found[:MOST]])
    areas = _named(account, "hazardous_area", [each["area"] for each in found[:MOST]])
    rows = [
        {
            "product": named[each["product"]],
            "area": areas[each["area"]],
            "reasons": [(REASONS[name], number(round(size / 100))) for name, size in each["reasons"].items()],
        }
        for each in found[:MOST]
        if each["product"] in named and each["area"] in areas
    ]
    return {"products": rows}


def _named(account: Any, kind: str, ids: list[str]) -> dict[str, dict[str, str]]:
    rows = access.visible(account, model_of(kind)).filter(pk__in=ids)
    return {row.pk: {"text": str(row), "url": reverse("record", args=[kind, row.pk])} for row in rows}
