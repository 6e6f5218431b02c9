"""Figures: their values, and for each its definition and the records behind it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kambila.desk import columns, counted
from kambila.desk.dimensions import cell_label, title_of
from kambila.desk.pages.downloads import offered_of_figures
from kambila.desk.paging import SIZE
from kambila.desk.signed_in import signed_in
from kambila.figures.definitions import Count, Figure, Quantile, Ratio, Sum, all_figures
from kambila.figures.evaluate import Contribution, dimensions, parts
from kambila.registry import access
from kambila.registry.fields import PUBLIC
from kambila.registry.kinds import kinds
from kambila.registry.models import Record

ROUNDS = 8


def may_count_now(account: Any) -> bool:
    """Whether an account is shown figures as they stand; others are shown those that were released."""
    return access.figures(account) != {PUBLIC}


@signed_in
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure that the account may see, with its value now."""
    chosen = counted.open_figures(request.user)
    if not may_count_now(request.user):
        return redirect("programme")
    known = counted.values(chosen)
    shown = [counted.told(figure, known) for figure in chosen]
    return render(request, "desk/figures.html", {"figures": shown})


@signed_in
def figure(request: HttpRequest, id: str) -> HttpResponse:
    """A figure: what it means, what it comes to, and the records that it is counted from."""
    found = all_figures().get(id)
    if found is None or found.tier not in access.figures(request.user) or not may_count_now(request.user):
        raise Http404
    _ask_at_once(request, found)
    known = counted.values([found, *parts(found)])
    is_ratio = isinstance(found.measure, Ratio)
    context = {
        "figure": found,
        "value": counted.amount(found, known.get(id)),
        "formats": offered_of_figures(),
        "since": counted.since(found),
        "definition": _definition(found),
        "parts": [counted.told(each, known) for each in parts(found)] if is_ratio else [],
        **({} if is_ratio else _records(request, found)),
        **_breakdown(request, found),
    }
    return render(request, "desk/figure.html", context)


def _ask_at_once(request: HttpRequest, found: Figure) -> None:
    """Everything that the page will ask, in one go: opening the columns costs more than counting."""
    questions: list[counted.Question] = [("value", each.id) for each in (found, *parts(found))]
    if not isinstance(found.measure, Ratio):
        questions.append(("records", found.id, request.GET.get("before", ""), SIZE))
    counted.answers(questions)


def _definition(found: Figure) -> list[tuple[str, str]]:
    rows = [(_("How it is counted"), _measure(found))]
    if found.kind:
        rows.insert(0, (_("Kind of record"), str(kinds()[found.kind]._meta.verbose_name)))
    rows += (
        [(_("Only where"), ", ".join(f"{path} = {value}" for path, value in found.where.items()))]
        if found.where
        else []
    )
    return rows


def _measure(found: Figure) -> str:
    measure = found.measure
    if isinstance(measure, Count):
        return _("different values of %(path)s") % {"path": measure.distinct} if measure.distinct else _("records")
    if isinstance(measure, Sum):
        return _("sum of %(paths)s") % {"paths": ", ".join(measure.paths)}
    if isinstance(measure, Quantile):
        return _("quantile %(q)s of %(path)s") % {"q": measure.q, "path": measure.path}
    return _("%(of)s as a share of %(to)s") % {"of": measure.of, "to": measure.to}


def _records(request: HttpRequest, found: Figure) -> dict[str, Any]:
    """A page of the records behind a figure that the account sees, with what each contributes."""
    model = kinds()[found.kind]
    after = request.GET.get("before", "")
    shown, last = _visible(request.user, model, found, after)
    table = columns.table(request.user, model, [record for record, _amount in shown])
    for row, (_record, contribution) in zip(table["rows"], shown, strict=True):
        row["contributes"] = counted.number(contribution.amount)
    return {
        **table,
        "page": {"older": last, "first": not after},
        "hidden": not access.sees_all(request.user, model),
    }


def _visible(
    account: Any, model: type[Record], found: Figure, after: str
) -> tuple[list[tuple[Record, Contribution]], str]:
    """Records in the order of their ids, of which the account sees some; and the id with which to go on, if any."""
    shown: list[tuple[Record, Contribution]] = []
    for _round in range(ROUNDS):
        behind = counted.contributions(found, after, SIZE)
        seen = access.visible(account, model).in_bulk([each.id for each in behind])
        shown += [(seen[each.id], each) for each in behind if each.id in seen]
        after = behind[-1].id if len(behind) == SIZE else ""
        if not after or len(shown) >= SIZE:
            break
    return shown, after


def _breakdown(request: HttpRequest, found: Figure) -> dict[str, Any]:
    """The figure by one of its dimensions, for those who may count freely over its records."""
    kind_models = [kinds()[each.kind] for each in parts(found)]
    if not all(access.may_count(request.user, model) for model in kind_models):
        return {}
    names = [(each, title_of(found, each)) for each in dimensions(found)]
    by = request.GET.get("by", "")
    if by not in dict(names):
        return {"dimensions": names}
    cells = [(cell_label(found, by, cell), counted.amount(found, n)) for cell, n in counted.cells(found, by).items()]
    return {"dimensions": names, "by": by, "by_title": dict(names)[by], "cells": cells}
