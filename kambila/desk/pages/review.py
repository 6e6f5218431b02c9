"""A report under review: what it says, what it would change, what is doubtful, and the decision."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kambila.accounts.roles import may
from kambila.desk import around, values
from kambila.desk.alike import alike
from kambila.desk.answers import answers, form_title
from kambila.desk.comparison import MOST, Comparison
from kambila.desk.faults import ANSWER, findings
from kambila.desk.pages.journal import files_of
from kambila.desk.pages.queue import signing, tabs
from kambila.desk.repairing import repairs, take
from kambila.desk.signed_in import signed_in
from kambila.desk.telling import kinds_said, verb_of
from kambila.intake import decisions, verifying, waiting
from kambila.intake.drawing.seen import Seen
from kambila.intake.returned import reasons
from kambila.intake.review import review_entry
from kambila.intake.rules import two_step_forms
from kambila.intake.shown import Shown, is_current, mark, reviewed, shown
from kambila.journal.errors import Problem
from kambila.registry import openness
from kambila.registry.dangers import UNDECIDED
from kambila.registry.models import Change, Decision, Report

VERBS = ("verify", "accept", "return", "reject", "withdraw")


@signed_in
def review(request: HttpRequest, name: str) -> HttpResponse:
    """The page of a report, by id or code; a POST decides, or opens with a reason what identifies people."""
    report = _report(request, name)
    [what] = shown(reviewed([report]))
    if request.method != "POST":
        return _page(request, report, what)
    try:
        if "open" in request.POST:
            openness.open_part(request.user, what.entry, report, "submission", request.POST.get("reason", ""))
            return _page(request, report, what, opened=True)
        if "repair" in request.POST:
            open_kinds = openness.kinds_open(request.user, report)
            new = take(report, what.entry, open_kinds, request.POST, request.user.username)
            return redirect("review", new.id)
        if request.POST.get("verb") == "accept" and not is_current(request.user, [what], request.POST.get("shown", "")):
            raise Problem("shown-before")
        _decide(request, report, what)
    except Problem as problem:
        status = 409 if problem.code == "shown-before" else 400
        return _page(request, report, what, problem=problem, status=status)
    return redirect("review", report.id)


def _report(request: HttpRequest, name: str) -> Report:
    found = list(openness.reports(request.user).filter(Q(pk=name) | Q(code=name))[:2])
    if len(found) != 1:
        raise Http404
    return found[0]


def _decide(request: HttpRequest, report: Report, what: Shown) -> None:
    said, author = request.POST, request.user.username
    reason, stands = said.get("reason", ""), said.get("stands", "").strip()
    match said.get("verb", ""):
        case "accept":
            given = {key.removeprefix(ANSWER): str(text) for key, text in said.items() if key.startswith(ANSWER)}
            decisions.accept(report.id, author, reason, given, what.base)
        case "verify":
            verifying.verify(report.id, author, reason)
        case "return":
            decisions.return_(report.id, author, reason)
        case "reject":
            decisions.reject(report.id, author, reason, stands)
        case "withdraw":
            decisions.withdraw(report.id, author, reason, stands)
        case _:
            raise Problem("no-verb")


def _page(
    request: HttpRequest,
    report: Report,
    what: Shown,
    opened: bool = False,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    account, open_kinds = request.user, openness.kinds_open(request.user, report)
    decides = waiting.decidable(account).filter(pk=report.pk).exists()
    said = answers(account, what.entry, report, open_kinds, opened)
    verbs = _verbs(account, report, decides)
    reads = decides or "verify" in verbs or may(account, "read")
    # Whoever does not judge is told what is doubtful by the records that he may see: a sentence may name what lies beside.
    found = what.findings if decides or "verify" in verbs else review_entry(what.entry, Seen(account))
    compared = Comparison(account, what.entry, report, open_kinds)
    context: dict[str, Any] = {
        "tabs": tabs(request),
        "report": report,
        "form_title": form_title(report.form, report.version),
        "about": kinds_said(report.kinds.split()),
        "facts": _facts(report, said.times if said else {}),
        "answers": said,
        "opens": said is not None and said.some_closed and not opened and _opens(account, what, report),
        "compared": compared,
        "around": around.report(account, _opened(what, open_kinds)) if may(account, "read") else {},
        "findings": findings(found, what.entry, open_kinds, request.POST) if reads else [],
        "repairs": repairs(account, what.entry, report, open_kinds),
        "blocked": reads and any(each.blocks for each in what.findings),
        "alike": alike(account, what.entry, open_kinds) if reads and report.status in UNDECIDED else [],
        "decides": decides,
        "undecided": report.status in UNDECIDED,
        "others": _others(account, report),
        "files": files_of(account, what.entry, report),
        "history": _history(account, report),
        "signing": signing(waiting.second(account).filter(kind="", record=report.id)),
        "verbs": verbs,
        "verb": request.POST.get("verb", ""),
        "reason": "" if "open" in request.POST or "repair" in request.POST else request.POST.get("reason", ""),
        "stands": request.POST.get("stands", ""),
        "mark": mark(account, [what]),
        "problem": problem,
        "next": _next(account, report),
    }
    return render(request, "desk/review.html", context, status=status)


def _opened(what: Shown, open_kinds: frozenset[str]) -> list[Any]:
    """The changes that are open to the account, as many as the page compares."""
    return [each for each in what.entry.body.get("changes", [])[:MOST] if each["kind"] in open_kinds]


def _opens(account: Any, what: Shown, report: Report) -> bool:
    return openness.part_rule(account, what.entry, report, "submission") == openness.WITH_REASON


def _verbs(account: Any, report: Report, decides: bool) -> list[str]:
    """What this account may do with the report as it stands."""
    steps = report.form in two_step_forms() and report.status == Report.Status.WAITING
    verified = verifying.verified([report.id]).get(report.id, []) if steps else []
    own = account.username in (report.author, report.reporter)
    found = set()
    if steps and not verified and not own and waiting.decidable(account, "verify").filter(pk=report.pk).exists():
        found.add("verify")
    if decides:
        found |= {"accept", "return", "reject", "withdraw"} - {_verb_of_status(report)}
        if steps and not {each.author for each in verified} - {account.username}:
            found.discard("accept")
        found -= {"withdraw"} if report.status == Report.Status.WAITING else set()
        found -= {"return", "reject"} if report.status == Report.Status.ACCEPTED else set()
    elif own and report.status in (Report.Status.WAITING, Report.Status.RETURNED):
        found.add("withdraw")
    return [each for each in VERBS if each in found]


def _verb_of_status(report: Report) -> str:
    return {"accepted": "accept", "returned": "return", "rejected": "reject", "withdrawn": "withdraw"}.get(
        report.status, ""
    )


def _facts(report: Report, times: dict[str, str]) -> list[tuple[str, Any]]:
    """Who sent it, when by this clock and by the phone's."""
    facts: list[tuple[str, Any]] = [
        (_("Date of information"), values.partial_date(report.date)),
        (_("Received (UTC)"), values.moment(report.recorded)),
        (_("Reporter"), report.reporter or report.author),
    ]
    facts += [(_("Office"), report.office)] if report.office else []
    facts += [(_("Begun, by the phone’s clock"), values.moment(times["start"]))] if "start" in times else []
    facts += [(_("Finished, by the phone’s clock"), values.moment(times["end"]))] if "end" in times else []
    facts += [(_("Restates"), values.entry_link(report.edits))] if report.edits else []
    return facts


def _others(account: Any, report: Report) -> list[dict[str, Any]]:
    """Other reports about the same records that wait, or that stand where this one is of a danger."""
    records = Change.objects.filter(entry=report.id).values("record")
    entries = Change.objects.filter(record__in=records).exclude(entry=report.id).values("entry")
    wanted = [Report.Status.WAITING, *([Report.Status.ACCEPTED, Report.Status.RETURNED] if report.is_danger else [])]
    found = openness.reports(account).filter(id__in=entries, status__in=wanted).order_by("-tick", "-id")[:20]
    return [
        {"report": each, "url": reverse("review", args=[each.id]), "about": kinds_said(each.kinds.split())}
        for each in found
    ]


def _history(account: Any, report: Report) -> list[dict[str, Any]]:
    """What was decided about the report, and who verified it: the oldest first, with the reasons."""
    decided = Decision.objects.filter(kind="", record=report.id).order_by("tick", "id")
    seen = set(openness.entries(account).filter(id__in=decided.values("id")).values_list("id", flat=True))
    rows: list[tuple[Any, dict[str, Any]]] = []
    known = [each for each in decided if each.id in seen]
    steps = verifying.verified([report.id]).get(report.id, [])
    why = reasons([each.id for each in known] + [each.entry for each in steps])
    for each in known:
        row = {"id": each.id, "verb": verb_of({"verb": each.verb}), "waits": each.waits, "effective": each.effective}
        rows.append((each.tick, row | {"author": each.author, "recorded": each.recorded, "reason": why[each.id][0]}))
    for step in steps:
        row = {"id": "", "verb": verb_of({"verb": "verify"}), "waits": False, "effective": True}
        reason = why.get(step.entry, ("", ""))[0]
        rows.append((step.tick, row | {"author": step.author, "recorded": step.recorded, "reason": reason}))
    return [row for _tick, row in sorted(rows, key=lambda each: each[0])]


def _next(account: Any, report: Report) -> str:
    """The address of the next report that waits for this account."""
    if not waiting.has_queue(account):
        return ""
    left = waiting.queue(account).exclude(pk=report.pk).order_by("tick", "id")
    found = left.filter(tick__gt=report.tick).first() or left.first()
    return reverse("review", args=[found.id]) if found else ""
