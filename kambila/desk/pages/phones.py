"""Phones: the keys they sign in with, what each of them holds, a new one with its code to scan, and ending one."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kambila.accounts import keys
from kambila.accounts.keys import Use
from kambila.accounts.models import Account, Key
from kambila.accounts.roles import may
from kambila.desk.signed_in import signed_in
from kambila.intake import forms as published_forms
from kambila.intake.openrosa.models import Fetched
from kambila.journal import clock, directory
from kambila.journal.errors import Problem

PHONE_USES = (Use.APP, Use.DEVICE)


class NewPhone(forms.Form):
    """What a new key is for, and what limits it."""

    account = forms.CharField(label=gettext_lazy("User name"), max_length=60)
    title = forms.CharField(
        label=gettext_lazy("Which phone"), max_length=100, help_text=gettext_lazy("Such as “Phone 3 of the Gao team”.")
    )
    use = forms.ChoiceField(
        label=gettext_lazy("How it signs in"),
        choices=[
            (Use.APP, gettext_lazy("An address of its own: nothing is typed")),
            (Use.DEVICE, gettext_lazy("A user name and a device password")),
        ],
        widget=forms.RadioSelect,
        initial=Use.APP,
    )
    only_forms = forms.MultipleChoiceField(
        label=gettext_lazy("Only these forms"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: all that the account may send."),
    )
    places = forms.CharField(
        label=gettext_lazy("Only these places"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("P-codes with a space between them, such as ML07 ML08. Empty: all of the account."),
    )
    valid_from = forms.DateField(
        label=gettext_lazy("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.label_suffix = ""
        titles = {each.form: _title(each.form, each.version) for each in published_forms.offered()}
        chosen: Any = self.fields["only_forms"]
        chosen.choices = sorted(titles.items(), key=lambda each: each[1])

    def clean_places(self) -> list[str]:
        """The P-codes as a list."""
        return str(self.cleaned_data["places"]).upper().split()


def _title(form: str, version: str) -> str:
    """What a form is called in the language of the page."""
    titles = published_forms.definition_of(form, version).titles()
    return titles.get((get_language() or "en")[:2]) or next(iter(titles.values()), "") or form


@signed_in
def phones(request: HttpRequest) -> HttpResponse:
    """The phones of the account; those of everybody for whoever may grant."""
    found = _keys(request.user).select_related("account").order_by("-pk")
    return render(
        request, "desk/phones.html", {"phones": [_told(each) for each in found], "all": _grants(request.user)}
    )


@signed_in
def phone(request: HttpRequest, number: int) -> HttpResponse:
    """One phone: what it may do, what it holds, and the button that ends it."""
    key = _keys(request.user).select_related("account").filter(pk=number).first()
    if key is None:
        raise Http404
    failed: Problem | None = None
    if request.method == "POST":
        said = [request.POST.get("because", "").strip(), request.POST.get("reason", "").strip()]
        try:
            because = ": ".join(each for each in said if each)
            keys.revoke(number, because, _name(request.user), stolen=said[0] == _("stolen"))
            return redirect("phone", number)
        except Problem as problem:
            failed = problem
    held = Fetched.objects.filter(key=key).order_by("what", "name")
    context = {"key": key, "phone": _told(key), "held": held, "failed": failed, "because": _because()}
    return render(request, "desk/phone.html", context, status=400 if failed else 200)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Make a key; its code to scan is shown on the answer and never again."""
    form = NewPhone(request.POST or None, initial={"account": _name(request.user)})
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        account, use, title = said.pop("account"), said.pop("use"), said.pop("title")
        said["forms"] = said.pop("only_forms")
        try:
            key, secret = keys.issue(account, use, title, _name(request.user), **said)
        except Problem as problem:
            form.add_error(None, ValidationError(str(problem)))
        else:
            return render(request, "desk/phone-made.html", {"key": key, **_made(request, key, secret)})
    return render(request, "desk/phone-new.html", {"form": form}, status=400 if form.errors else 200)


def _made(request: HttpRequest, key: Key, secret: str) -> dict[str, Any]:
    """The address, the secret and the code of a key that was just made."""
    base = settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
    is_app = key.use == Use.APP
    address = f"{base}/key/{secret}" if is_app else f"{base}/openrosa"
    general = {"server_url": address, "form_update_mode": "match_exactly", "autosend": "wifi_and_cellular"}
    if not is_app:
        general |= {"username": key.account.username, "password": secret}
    name = directory.current().node.name
    return {"address": address, "secret": "" if is_app else secret, "code": _code(collect_settings(general, name))}


def collect_settings(general: dict[str, str], name: str) -> str:
    """The settings of ODK Collect as its import from a QR code reads them: JSON, zlib, base64."""
    said = {"general": general, "admin": {}, "project": {"name": name}}
    return base64.b64encode(zlib.compress(json.dumps(said, separators=(",", ":")).encode(), 9)).decode()


def _code(text: str) -> SafeString:
    """A QR code as SVG without a style of its own, which our pages do not allow."""
    drawn = segno.make(text, error="m", micro=False)
    title = _("Code to scan")
    svg = drawn.svg_inline(scale=5, border=4, dark="#000", light="#fff", title=title, svgclass="qr", omitsize=True)
    return mark_safe(svg)  # noqa: S308  made of our own settings; segno escapes the title


def _told(key: Key) -> dict[str, Any]:
    today = clock.now().date()
    ended = key.valid_until is not None and key.valid_until < today
    begun = key.valid_from is None or key.valid_from <= today
    state = _("revoked") if key.revoked else _("ended") if ended else _("holds") if begun else _("not yet")
    limits = [*key.forms, *key.places]
    return {"key": key, "state": state, "holds": key.revoked is None and not ended, "limits": ", ".join(limits)}


def _because() -> list[str]:
    return [_("lost"), _("stolen"), _("no longer needed")]


def _keys(account: Any) -> QuerySet[Key]:
    """The phones that an account may see: its own; all for whoever may grant. Keys of other systems are not here."""
    own = Q() if _grants(account) else Q(account__username=_name(account))
    return Key.objects.filter(own, use__in=PHONE_USES)


def _grants(account: Any) -> bool:
    return may(account, "grant")


def _name(account: Any) -> str:
    return account.username if isinstance(account, Account) else ""
