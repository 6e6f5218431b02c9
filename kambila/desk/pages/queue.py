"""What waits: the queue, one's own reports, what waits for a second person; and accepting many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from kambila.accounts.roles import may
from kambila.desk.answers import form_title
from kambila.desk.paging import page
from kambila.desk.queue import Filters, choices, rows
from kambila.desk.signed_in import signed_in
from kambila.desk.telling import kinds_said, lines
from kambila.intake import decisions, waiting
from kambila.intake.returned import reasons, still_returned
from kambila.intake.shown import is_current, mark, shown
from kambila.journal.errors import Problem
from kambila.journal.models import EntryRow
from kambila.registry.models import Decision, Report

SIZE = 25
MOST = 200  # reports that are looked at for accepting many at once


@signed_in
def queue(request: HttpRequest) -> HttpResponse:
    """The reports that wait for this account, those that have waited longest first."""
    if not waiting.has_queue(request.user):
        return redirect("my-reports")
    everything, chosen = waiting.queue(request.user), Filters.of(request.GET)
    found = page(chosen.apply(everything), "tick", request.GET.get("after", ""), SIZE, oldest_first=True)
    context = {
        "tabs": tabs(request),
        "choices": choices(everything, chosen),
        "chosen": chosen,
        "rows": rows(request.user, found.rows),
        "page": found,
        "here": chosen.query(),
        "next": chosen.query(after=found.older) if found.older else "",
        "may_rule": may(request.user, "rules"),
    }
    return render(request, "desk/queue.html", context)


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """What this account sent and what became of it; what must be mended comes first."""
    found = page(waiting.own(request.user), "tick", request.GET.get("before", ""), SIZE)
    returned = list(still_returned(request.user)[:50]) if found.first else []
    why = reasons(each.decision for each in [*returned, *found.rows] if each.decision)
    context = {
        "tabs": tabs(request),
        "returned": [_own(each, why) for each in returned],
        "reports": [_own(each, why) for each in found.rows],
        "page": found,
    }
    return render(request, "desk/my_reports.html", context)


def _own(report: Report, why: dict[str, tuple[str, str]]) -> dict[str, Any]:
    reason, decided = why.get(report.decision, ("", ""))
    return {
        "report": report,
        "url": reverse("review", args=[report.id]),
        "form": form_title(report.form, report.version),
        "about": kinds_said(report.kinds.split()),
        "reason": reason,
        "decided": decided,
        "mend": f"/forms/{report.form}?report={report.code}" if report.code else "",
    }


@signed_in
def second(request: HttpRequest) -> HttpResponse:
    """Decisions of others that this account may countersign; a POST countersigns one."""
    if not may(request.user, "countersign"):
        raise PermissionDenied
    context: dict[str, Any] = {"tabs": tabs(request)}
    status = 200
    if request.method == "POST":
        try:
            decisions.countersign(
                request.POST.get("decision", ""), request.user.username, request.POST.get("reason", "")
            )
            target = request.POST.get("next", "")
            return redirect(target if url_has_allowed_host_and_scheme(target, None) else "second")
        except Problem as problem:
            context["problem"], status = problem, 400
    context["signing"] = signing(waiting.second(request.user)[:50])
    return render(request, "desk/second.html", context, status=status)


def signing(waits: Sequence[Decision] | Any) -> list[dict[str, Any]]:
    """Decisions that wait for a second person, each as a line with its reason and what it is about."""
    found = list(waits)
    said = {line.id: line for line in lines(EntryRow._default_manager.filter(id__in=[each.id for each in found]))}
    why = reasons(each.id for each in found)
    return [
        {
            "id": each.id,
            "line": said[each.id],
            "reason": why.get(each.id, ("", ""))[0],
            "about": _about(each),
        }
        for each in found
        if each.id in said
    ]


def _about(decision: Decision) -> list[tuple[str, str]]:
    """(address, words) of what a decision is about."""
    if not decision.kind:
        return [(reverse("review", args=[decision.record]), _("the report"))]
    records = [decision.record, *([decision.other] if decision.verb == "same-as" else [])]
    return [(reverse("record", args=[decision.kind, each]), each[:8]) for each in records]


@signed_in
def many(request: HttpRequest) -> HttpResponse:
    """Several reports, or all of a filter: which can be accepted together, and which stay and why. A POST accepts them."""
    if not may(request.user, "decide"):
        raise PermissionDenied
    posted = request.method == "POST"
    asked = request.POST if posted else request.GET
    chosen = Filters.of(asked)
    everything = waiting.queue(request.user).order_by("tick", "id")
    ticked = everything.filter(id__in=asked.getlist("report")[:MOST])
    reports = list((chosen.apply(everything) if asked.get("all") else ticked)[:MOST])
    found = rows(request.user, reports)
    ready = [each for each in found if not each["doubt"]]
    what = shown([each["reviewed"] for each in ready])
    context: dict[str, Any] = {
        "ready": ready,
        "staying": [each for each in found if each["doubt"]],
        "mark": mark(request.user, what),
        "all": asked.get("all", ""),
        "chosen": chosen,
        "most": MOST if len(reports) == MOST else 0,
        "here": chosen.query(),
        "reason": asked.get("reason", ""),
    }
    if not posted or not ready:
        return render(request, "desk/many.html", context)
    if not is_current(request.user, what, request.POST.get("shown", "")):
        return render(request, "desk/many.html", context | {"changed": True}, status=409)
    try:
        done = decisions.accept_many(
            [each.entry.id for each in what], request.user.username, request.POST.get("reason", "")
        )
    except Problem as problem:
        return render(request, "desk/many.html", context | {"problem": problem}, status=400)
    accepted = [each["report"] for each in ready]
    return render(request, "desk/many.html", context | {"done": len(done), "accepted": accepted, "ready": []})


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages of the review that this account has."""
    account = request.user
    found = [("review-queue", _("Waiting")), ("my-reports", _("My reports"))]
    found = found if waiting.has_queue(account) else found[1:]
    found += [("duplicates", _("Duplicates"))] if may(account, "decide") else []
    found += [("second", _("Second person"))] if may(account, "countersign") else []
    found += [("rules", _("Rules"))] if may(account, "rules") else []
    return [{"url": reverse(name), "title": title, "current": request.path == reverse(name)} for name, title in found]
