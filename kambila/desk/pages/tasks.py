"""What goes with a task: its dossier, and who could take it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kambila.desk.dossier import dossier
from kambila.desk.signed_in import signed_in
from kambila.desk.tasking import candidate_rows
from kambila.domain.operations.candidates import FORBIDDEN, WITH_REASON
from kambila.domain.operations.codes import TaskStatus
from kambila.domain.operations.models import Task
from kambila.domain.operations.paths import TASK
from kambila.intake import stepping
from kambila.publish.downloads import making
from kambila.registry import access


@signed_in
def paper(request: HttpRequest, id: str) -> HttpResponse:
    """The dossier of a task as PDF, with what the account may see."""
    found = access.visible(request.user, Task).filter(pk=id).first()
    if found is None:
        raise Http404
    title = "".join(each if each.isalnum() or each in "-_" else "_" for each in str(found))
    answer = HttpResponse(dossier(request.user, found), content_type="application/pdf")
    making.note(request.user, making.DOSSIER, str(found), "pdf")
    answer["Content-Disposition"] = f'inline; filename="{title}.pdf"'
    return answer


@signed_in
def who(request: HttpRequest, id: str) -> HttpResponse:
    """Who could take a task; choosing a team is a step of the task like any other."""
    found = access.visible(request.user, Task).filter(pk=id).first()
    if found is None or not stepping.may_step(request.user, found):
        raise Http404
    able = [each for each in (TaskStatus.ISSUED, TaskStatus.DRAFTED) if each in TASK.next(found.status)]
    candidates = candidate_rows(request.user, found)
    states, step = {each["state"] for each in candidates}, reverse("next", args=["task", id])
    context = {
        "record": found,
        "kind": "task",
        "candidates": candidates,
        "needs_reason": WITH_REASON in states,
        "steps": states - {FORBIDDEN} and [{"url": f"{step}?step={each}", "word": TASK.word(each)} for each in able],
    }
    return render(request, "desk/candidates.html", context)
