"""What was found and what was done with it, of the items that one may see; and the store's ledger of explosives."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kambila.accounts.roles import may
from kambila.desk.counted import number
from kambila.desk.places import Places
from kambila.desk.signed_in import signed_in
from kambila.domain.operations import ordnance_words as words
from kambila.domain.operations.models import OrdnanceItem
from kambila.domain.operations.ordnance import Row, balance
from kambila.domain.stockpiles.explosives import demolitions, ledger
from kambila.journal.errors import Problem
from kambila.registry import access
from kambila.registry.fields import RESTRICTED
from kambila.registry.kinds import model_of
from kambila.registry.replay import period

MOST = 200  # lines that a page shows
STORE = ("lot", "movement", "spot_task")


@signed_in
def ordnance(request: HttpRequest) -> HttpResponse:
    """A period, grouped; only items that the account sees whole are counted, so the page tells nothing of others."""
    if not may(request.user, "read"):
        raise Http404
    by = request.GET.get("by", "")
    by = by if by in words.GROUPS else "category"
    context: dict[str, Any] = {"by": by, "groups": list(words.GROUPS.items()), "said": request.GET}
    try:
        first, last = period(request.GET.get("from", ""), request.GET.get("to", ""))
    except Problem as problem:
        return render(request, "desk/ordnance.html", context | {"problem": problem}, status=400)
    items = list(access.visible(request.user, OrdnanceItem).filter(shown_tier=RESTRICTED))
    found = balance(by, first, last, items)
    named = _names(request.user, by, [each.key for each in found.rows[:MOST]])
    tables = [_table(unit, str(title), found.rows[:MOST], found.total, named) for unit, title in words.UNITS.items()]
    context |= {"tables": [each for each in tables if each["rows"]], "items": len(items)}
    context |= {"left_out": max(len(found.rows) - MOST, 0), "not_counted": [*found.undated, *found.uncounted][:MOST]}
    return render(request, "desk/ordnance.html", context | _store(request.user, first, last))


def _names(account: Any, by: str, keys: list[str]) -> dict[str, dict[str, str]]:
    """Name and address of what the lines are about, as far as the account may know them."""
    if by == "region":
        places = Places(codes=keys)
        return {key: {"text": places.title(key), "url": ""} for key in keys if key}
    if by not in words.KINDS:
        return {key: {"text": text, "url": ""} for key, text in words.names(by, keys).items()}
    kind = words.KINDS[by]
    found = access.visible(account, model_of(kind)).filter(pk__in=[key for key in keys if key])
    return {row.pk: {"text": str(row), "url": reverse("record", args=[kind, row.pk])} for row in found}


def _table(unit: str, title: str, rows: list[Row], total: Row, named: dict[str, dict[str, str]]) -> dict[str, Any]:
    lines = [(named.get(each.key, {"text": _("not known"), "url": ""}), each.sums[unit]) for each in rows]
    lines = [(name, sums) for name, sums in lines if any(words.numbers(sums))]
    shown = [*lines, ({"text": _("Together"), "url": ""}, total.sums[unit])] if lines else []
    heads = [str(each) for each in words.HEADS]
    told = [
        {"name": name, "cells": list(zip(heads, map(number, words.numbers(sums)), strict=True))} for name, sums in shown
    ]
    return {"title": title, "heads": heads, "rows": told}


def _store(account: Any, first: str, last: str) -> dict[str, Any]:
    """The ledger of explosives, for who sees every lot, movement and call: holdings are nobody else's business."""
    if not all(access.sees_all(account, model_of(kind)) for kind in STORE):
        return {}
    return {"lots": ledger(first, last), "demolitions": demolitions()}
