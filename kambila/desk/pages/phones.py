"""Phones: the keys they sign in with, what each of them holds, a new one with its code to scan, and ending one."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kambila.accounts.keys import Use
from kambila.accounts.models import Key
from kambila.desk.made_keys import NewKey, because, grants, name_of, revoked, seen_keys, told
from kambila.desk.signed_in import signed_in
from kambila.intake.openrosa.models import Fetched
from kambila.journal import directory

PHONE_USES = (Use.APP, Use.DEVICE)


class NewPhone(NewKey):
    """What a new key is for, and what limits it."""

    field_order = ("account", "title", "use")
    use = forms.ChoiceField(
        label=gettext_lazy("How it signs in"),
        choices=[
            (Use.APP, gettext_lazy("An address of its own: nothing is typed")),
            (Use.DEVICE, gettext_lazy("A user name and a device password")),
        ],
        widget=forms.RadioSelect,
        initial=Use.APP,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["title"].label = _("Which phone")
        self.fields["title"].help_text = _("Such as “Phone 3 of the Gao team”.")


@signed_in
def phones(request: HttpRequest) -> HttpResponse:
    """The phones of the account; those of everybody for whoever may grant."""
    found = seen_keys(request.user, PHONE_USES).order_by("-pk")
    return render(request, "desk/phones.html", {"phones": [told(each) for each in found], "all": grants(request.user)})


@signed_in
def phone(request: HttpRequest, number: int) -> HttpResponse:
    """One phone: what it may do, what it holds, and the button that ends it."""
    key = seen_keys(request.user, PHONE_USES).filter(pk=number).first()
    if key is None:
        raise Http404
    failed = revoked(request, key) if request.method == "POST" else None
    if request.method == "POST" and failed is None:
        return redirect("phone", number)
    held = Fetched.objects.filter(key=key).order_by("what", "name")
    context = {"key": key, "phone": told(key), "held": held, "failed": failed, "because": because()}
    return render(request, "desk/phone.html", context, status=400 if failed else 200)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Make a key; its code to scan is shown on the answer and never again."""
    form = NewPhone(request.POST or None, initial={"account": name_of(request.user)})
    if request.method == "POST" and (made := form.issue(name_of(request.user), str(form.data.get("use", "")))):
        key, secret = made
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
