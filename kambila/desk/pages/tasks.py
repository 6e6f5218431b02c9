"""Taking a step of a task from its page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kambila.desk.dossier import dossier
from kambila.desk.pages.records import record_page
from kambila.desk.signed_in import signed_in
from kambila.desk.tasking import candidate_rows, may_decide
from kambila.domain.operations import steps
from kambila.domain.operations.candidates import FORBIDDEN, WITH_REASON
from kambila.domain.operations.checks import word_of
from kambila.domain.operations.codes import TaskStatus
from kambila.domain.operations.models import Task
from kambila.intake import stepping
from kambila.journal.errors import Problem
from kambila.registry import access


@signed_in
def paper(request: HttpRequest, id: str) -> HttpResponse:
    """The dossier of a task as PDF, with what the account may see."""
    found = access.visible(request.user, Task).filter(pk=id).first()
    if found is None:
        raise Http404
    title = "".join(each if each.isalnum() or each in "-_" else "_" for each in str(found))
    answer = HttpResponse(dossier(request.user, found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{title}.pdf"'
    return answer


@signed_in
def who(request: HttpRequest, id: str) -> HttpResponse:
    """Who could take a task; choosing a team is a step of the task like any other."""
    found = access.visible(request.user, Task).filter(pk=id).first()
    if found is None or not may_decide(request.user, found):
        raise Http404
    able = [each for each in (TaskStatus.ISSUED, TaskStatus.DRAFTED) if each in steps.next_steps(found.status)]
    candidates = candidate_rows(request.user, found)
    states = {each["state"] for each in candidates}
    context = {
        "record": found,
        "kind": "task",
        "action": reverse("task-step", args=[id]) + "#steps",
        "candidates": candidates,
        "needs_reason": WITH_REASON in states,
        "steps": states - {FORBIDDEN} and [{"status": each, "word": word_of(each)} for each in able],
    }
    return render(request, "desk/candidates.html", context)


@signed_in
@require_POST
def step(request: HttpRequest, id: str) -> HttpResponse:
    """Take a step; what keeps the task from it is told on its page, with what was typed."""
    found = access.visible(request.user, Task).filter(pk=id).first()
    if found is None or not may_decide(request.user, found):
        raise Http404
    said = {name: request.POST.get(name, "") for name in ("reason", "because", "despite", "team")}
    try:
        stepping.take(id, request.POST.get("status", ""), request.user.username, said.pop("reason"), **said)
    except Problem as problem:
        return record_page(request, found, problem)
    return redirect("record", "task", id)
