"""Keys of other systems: the tokens with which they use the API, a new one, and ending one."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kambila.accounts.keys import PHONE_ACTIONS, Use
from kambila.desk.made_keys import NewKey, grants, name_of, revoked, seen_keys, told
from kambila.desk.signed_in import signed_in
from kambila.journal import clock

YEAR = datetime.timedelta(days=365)
ACTIONS = {
    "read": gettext_lazy("Read records and reports"),
    "report": gettext_lazy("Send reports"),
    "decide": gettext_lazy("Decide about reports: accept, return, reject"),
}


class NewToken(NewKey):
    """What a new token is for, and what limits it."""

    field_order = ("account", "title", "actions")
    actions = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        choices=list(ACTIONS.items()),
        widget=forms.CheckboxSelectMultiple,
        initial=PHONE_ACTIONS,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["title"].label = _("Which system")
        self.fields["title"].help_text = _("Such as “Reporting system of the operator”.")


@signed_in
def keys(request: HttpRequest) -> HttpResponse:
    """The tokens of the account; those of everybody for whoever may grant."""
    found = [_told(each) for each in seen_keys(request.user, (Use.API,)).order_by("-pk")]
    return render(request, "desk/keys.html", {"tokens": found, "all": grants(request.user)})


@signed_in
def key(request: HttpRequest, number: int) -> HttpResponse:
    """One token: what it may do, and the button that ends it."""
    found = seen_keys(request.user, (Use.API,)).filter(pk=number).first()
    if found is None:
        raise Http404
    failed = revoked(request, found) if request.method == "POST" else None
    if request.method == "POST" and failed is None:
        return redirect("key", number)
    context = {"key": found, "token": _told(found), "failed": failed, "because": _because()}
    return render(request, "desk/key.html", context, status=400 if failed else 200)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Make a token; it is shown on the answer and never again."""
    initial = {"account": name_of(request.user), "valid_until": clock.now().date() + YEAR}
    form = NewToken(request.POST or None, initial=initial)
    if request.method == "POST" and (made := form.issue(name_of(request.user), Use.API)):
        return render(request, "desk/key-made.html", {"key": made[0], "secret": made[1]})
    return render(request, "desk/key-new.html", {"form": form}, status=400 if form.errors else 200)


def _told(found: Any) -> dict[str, Any]:
    return told(found) | {"actions": [str(ACTIONS.get(each, each)) for each in found.actions]}


def _because() -> list[str]:
    return [_("others may know it"), _("no longer needed")]
