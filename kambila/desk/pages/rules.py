"""How the reports of each form are decided: rules for what is accepted without a person, and two steps."""

from __future__ import annotations

from typing import Any

import orjson
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kambila.accounts.roles import may
from kambila.desk.answers import form_title
from kambila.desk.pages.queue import tabs
from kambila.desk.signed_in import signed_in
from kambila.intake import forms
from kambila.intake import rules as in_force
from kambila.intake.models import FormSetting
from kambila.intake.returned import reasons
from kambila.journal.errors import Problem
from kambila.registry.names import folded


@signed_in
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in force, and a form to make one; a POST makes or ends one."""
    if not may(request.user, "rules"):
        raise PermissionDenied
    problem = None
    if request.method == "POST":
        try:
            _change(request)
            return redirect("rules")
        except Problem as found:
            problem = found
    settings = in_force.settings()
    why = reasons(each.entry for each in settings)
    context = {
        "tabs": tabs(request),
        "rules": [_row(each, why.get(each.entry, ("", ""))[0]) for each in settings],
        "forms": _forms(),
        "problem": problem,
        "given": request.POST,
    }
    return render(request, "desk/rules.html", context, status=400 if problem else 200)


def _change(request: HttpRequest) -> None:
    given, author = request.POST, request.user.username
    reason = given.get("reason", "")
    if "end" in given:
        in_force.end(given["end"], author, reason)
    elif given.get("what") == "two-steps":
        in_force.set_two_steps(given.get("form", ""), author, reason)
    else:
        names = ("reporters", "organisations")
        reporters, organisations = (given.get(each, "").replace(",", " ").split() for each in names)
        limits = {"dangers": "dangers" in given, "existing": "existing" in given}
        in_force.set_rule(given.get("form", ""), author, reason, reporters, organisations, **limits)


def _row(setting: FormSetting, reason: str) -> dict[str, Any]:
    body = orjson.loads(setting.body)
    versions = [each.version for each in forms.published() if each.form == setting.form]
    is_rule = setting.name == in_force.RULE
    return {
        "id": setting.entry,
        "form": form_title(setting.form, versions[-1] if versions else ""),
        "what": _("accepted without a person") if is_rule else _("two steps: one person verifies, another accepts"),
        "limits": _limits(body) if is_rule else [],
        "author": setting.author,
        "recorded": setting.recorded,
        "reason": reason,
    }


def _limits(body: dict[str, Any]) -> list[str]:
    reporters, organisations = body.get("reporters") or [], body.get("organisations") or []
    found = [_("only when nothing about it is doubtful")]
    found += [_("sent by %(names)s") % {"names": ", ".join(map(str, reporters))}] if reporters else []
    found += (
        [_("of the organisation %(names)s") % {"names": ", ".join(map(str, organisations))}] if organisations else []
    )
    found += [_("reports of danger too") if body.get("dangers") is True else _("no reports of danger")]
    found += [_("changes to what is known too") if body.get("existing") is True else _("only what is new")]
    return found


def _forms() -> list[tuple[str, str]]:
    """(id, title) of every form that is offered, the newest version of each."""
    newest = {each.form: each.version for each in forms.published() if not each.retired}
    return sorted(
        ((form, form_title(form, version)) for form, version in newest.items()), key=lambda pair: folded(pair[1])
    )
