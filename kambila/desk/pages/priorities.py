"""Which areas are the most urgent and why, two scenarios side by side, and the rankings on which work plans are based."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kambila.accounts.roles import may
from kambila.desk.places import LEVELS, Places
from kambila.desk.signed_in import signed_in
from kambila.domain.operations.priorities import scenarios
from kambila.domain.operations.priorities.scores import Ranking, rankings
from kambila.intake import work_plans
from kambila.intake.sheets.writing import Sheet, write_csv
from kambila.journal import clock
from kambila.journal.errors import Problem

MOST = 50  # areas on a page


@signed_in
def priorities(request: HttpRequest) -> HttpResponse:
    """The ranking of today, of the areas that the account sees whole."""
    if not may(request.user, "read"):
        raise Http404
    context: dict[str, Any] = {"scenarios": scenarios.current().all, "may_freeze": may(request.user, "decide")}
    name, against = request.GET.get("scenario", ""), request.GET.get("against", "")
    try:
        if request.method == "POST":
            title, reason = request.POST.get("title", ""), request.POST.get("reason", "")
            entry = work_plans.freeze(title, request.POST.get("scenario", ""), request.user.get_username(), reason)
            return redirect("work-plan", entry.id)
    except Problem as problem:
        context |= {"problem": problem, "said": request.POST}
    try:
        found = rankings(request.user, [name, *([against] if against else [])], clock.now().date())
    except Problem:
        raise Http404 from None
    if request.GET.get("f") == "csv":
        return _as_csv(found[0])
    first = int(given) if (given := request.GET.get("from", "")).isdecimal() and len(given) < 7 else 1
    context |= {"ranking": found[0], "against": found[1] if against else None, "rows": _rows(found, max(1, first))}
    context |= {"pages": _pages(request, len(found[0].scores), first), "plans": work_plans.work_plans()}
    return render(request, "desk/priorities.html", context)


def _as_csv(ranking: Ranking) -> HttpResponse:
    """All areas of a ranking, a column for the points of each criterion."""
    names = [name for name, _weight in ranking.scenario.weights]
    labels = [str(scenarios.Criterion(name).label) for name in names]
    columns = [_("No."), _("Area"), _("Name"), _("Région"), _("Cercle"), _("Commune"), _("Points"), *labels]
    lines = (
        (place, str(score.area), score.area.title, *(getattr(score.area, level) for level in LEVELS), score.points)
        + tuple(part.points for part in score.parts)
        for place, score in enumerate(ranking.scores, 1)
    )
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{ranking.scenario.name}-{ranking.day}.csv"'
    write_csv(answer, Sheet("", columns, lines))
    return answer


def _pages(request: HttpRequest, count: int, first: int) -> dict[str, str]:
    """Where the areas before and after those of the page are."""
    asked = request.GET.copy()

    def link(start: int) -> str:
        asked["from"] = str(start)
        return f"?{asked.urlencode()}"

    before = link(max(1, first - MOST)) if first > 1 else ""
    return {"before": before, "after": link(first + MOST) if first + MOST <= count else ""}


def _rows(found: list[Ranking], first: int) -> list[dict[str, Any]]:
    """Each area with its place in the second ranking too, a page of them from the `first` place."""
    second = {score.area.id: (place, score) for place, score in enumerate(found[-1].scores, 1)}
    shown = found[0].scores[first - 1 :][:MOST]
    places = Places([each.area for each in shown])
    return [
        {
            "place": place,
            "score": score,
            "where": places.of(score.area),
            "other_place": second[score.area.id][0],
            "other": second[score.area.id][1],
        }
        for place, score in enumerate(shown, first)
    ]


@signed_in
def work_plan(request: HttpRequest, id: str) -> HttpResponse:
    """A frozen ranking beside the scores of today; only of areas that the account sees whole."""
    if not may(request.user, "read"):
        raise Http404
    try:
        plan = work_plans.work_plan(str(id))
        rows = work_plans.compared(plan, request.user, clock.now().date())
    except Problem:
        raise Http404 from None
    hidden = len(plan.areas or ()) > len(rows)
    return render(request, "desk/work_plan.html", {"plan": plan, "rows": rows, "hidden": hidden})
