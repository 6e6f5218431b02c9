"""Records that may be the same: the pairs of a kind with their reasons, and the decision that two are one, or two."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from kambila.accounts.roles import may
from kambila.desk.alike import address
from kambila.desk.pages.queue import tabs
from kambila.desk.signed_in import signed_in
from kambila.intake import decisions
from kambila.intake.matching.duplicates import Pair
from kambila.intake.matching.duplicates import duplicates as find
from kambila.journal.errors import Problem
from kambila.registry import openness
from kambila.registry.kinds import model_of
from kambila.registry.matching import all_matchings
from kambila.registry.models import Decision, Report
from kambila.registry.names import folded

MOST = 50  # pairs that a page lists, the likeliest first
VERBS = {"same-as": decisions.same_as, "not-same-as": decisions.not_same_as}


@signed_in
def duplicates(request: HttpRequest) -> HttpResponse:
    """The pairs of one kind that this account may see; a POST says of one pair that it is one record, or two."""
    if not may(request.user, "decide"):
        raise PermissionDenied
    asked = request.POST if request.method == "POST" else request.GET
    kind = asked.get("kind", "")
    if kind and kind not in all_matchings():
        raise Http404
    problem = None
    if request.method == "POST":
        try:
            return redirect(_decide(request, kind))
        except Problem as found:
            problem = found
    pairs = find(kind, request.user) if kind else None
    context = {
        "tabs": tabs(request),
        "kind": kind,
        "kinds": sorted(
            ((capfirst(str(model_of(each)._meta.verbose_name_plural)), each) for each in all_matchings()),
            key=lambda each: folded(each[0]),
        ),
        "pairs": [_row(each) for each in pairs.pairs[:MOST]] if pairs else [],
        "more": max(0, len(pairs.pairs) - MOST) if pairs else 0,
        "crowded": pairs.crowded if pairs else 0,
        "problem": problem,
        "typed": request.POST if problem else {},
        "said": _said(request),
        "back": _report(request, asked.get("back", "")),
    }
    return render(request, "desk/duplicates.html", context, status=400 if problem else 200)


def _decide(request: HttpRequest, kind: str) -> str:
    """Write the decision; gives the address of the page that tells what became of it."""
    said = request.POST
    verb, one, other = said.get("verb", ""), said.get("one", ""), said.get("other", "")
    if verb not in VERBS or not kind:
        raise Http404
    done = VERBS[verb](kind, one, other, request.user.get_username(), said.get("reason", ""))
    return f"{reverse('duplicates')}?{urlencode({'kind': kind, 'said': done.id, 'back': said.get('back', '')})}"


def _row(pair: Pair) -> dict[str, Any]:
    sides = [
        {"code": each.code or each.id[:8], "url": address(each.kind, each.id, each.report), "waits": bool(each.report)}
        for each in (pair.one, pair.other)
    ]
    return {"one": pair.one.id, "other": pair.other.id, "sides": sides, "reasons": pair.reasons,
            "percent": round(pair.score * 100)}  # fmt: skip


def _said(request: HttpRequest) -> Decision | None:
    """The decision that this account has just made here."""
    own = Decision.objects.filter(verb__in=VERBS, author=request.user.get_username())
    return own.filter(pk=request.GET.get("said", "")).first()


def _report(request: HttpRequest, id: str) -> Report | None:
    """The report from whose review the account came."""
    return openness.reports(request.user).filter(pk=id).first() if id else None
