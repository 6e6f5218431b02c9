"""Open EOD calls, and sending a team to one of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kambila.accounts.roles import may
from kambila.desk.calling import KIND, call_rows, may_send, seen_calls, team_rows
from kambila.desk.signed_in import signed_in
from kambila.domain.operations.calls import responses
from kambila.domain.operations.candidates import FORBIDDEN, WITH_REASON
from kambila.intake.calls import assign
from kambila.journal.errors import Problem


@signed_in
def calls(request: HttpRequest) -> HttpResponse:
    """The open calls that the account sees whole, and how long calls took to be answered."""
    if not may(request.user, "read"):
        raise Http404
    rows, more = call_rows(request.user)
    context = {"calls": rows, "more": more, "responses": responses("", "", seen_calls(request.user))}
    return render(request, "desk/calls.html", context)


@signed_in
def who(request: HttpRequest, id: str) -> HttpResponse:
    """Who could go to a call; choosing a team is a step of the call, and its reason is kept."""
    found = seen_calls(request.user).filter(pk=id).first()
    if found is None or not may_send(request.user, found):
        raise Http404
    problem = None
    if request.method == "POST":
        team, reason, answer = (request.POST.get(name, "") for name in ("team", "reason", "answer"))
        try:
            assign(id, team, request.user.username, reason, despite=answer, answer=answer)
            return redirect("record", KIND, id)
        except Problem as caught:
            problem = caught
    candidates = team_rows(request.user, found)
    states = {each["state"] for each in candidates}
    context = {
        "record": found,
        "kind": KIND,
        "candidates": candidates,
        "needs_reason": WITH_REASON in states,
        "steps": states - {FORBIDDEN} and [{"url": reverse("call-who", args=[id]), "word": _("Send this team")}],
        "problem": problem,
        "is_doubtful": problem is not None and problem.code == "warnings-unanswered",
        "typed": request.POST,
    }
    return render(request, "desk/candidates.html", context, status=400 if problem else 200)
