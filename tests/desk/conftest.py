"""A small programme with people of several roles, to look at through the pages."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kambila.accounts import people
from kambila.journal import Draft, Part, append, nodes
from kambila.journal.entry import Entry

XML = b"<data><name>Aminata Invented</name></data>"
ROLES: dict[str, tuple[str, dict[str, str]]] = {
    "fatou": ("programme-manager", {}),
    "gao": ("office-officer", {"office": "GAO"}),
    "kidal": ("office-officer", {"office": "KID"}),
    "reporter": ("reporter", {}),
    "auditor": ("auditor", {}),
    "admin": ("administrator", {}),
}
Said = Callable[..., Entry]


@pytest.fixture
def world(new_programme: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An example programme with its people."""
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["*"])
    opened = new_programme(example=True)
    nodes.introduce()
    for name, (role, scope) in ROLES.items():
        people.add(name, full_name=name.capitalize())
        append([Draft("grant", "head", {"verb": "grant", "account": name, "role": role, "scope": scope})])
    return opened


@pytest.fixture
def sign_in(world: Any) -> Callable[[str], Client]:
    """A browser in which somebody has signed in."""

    def enter(username: str, language: str = "en") -> Client:
        client = Client()
        client.force_login(people.find(username))
        client.cookies["django_language"] = language
        return client

    return enter


def said(changes: list[dict[str, Any]], personal: dict[int, dict[str, str]] | None = None, **body: Any) -> Entry:
    """A report, as it comes from a phone."""
    parts = {"submission": Part("text/xml", XML)}
    for index, values in (personal or {}).items():
        parts[f"change-{index}"] = Part("application/json", json.dumps(values).encode())
        changes[index]["sealed"] = dict.fromkeys(values, f"change-{index}")
    base = {"form": "accident", "version": "1", "reporter": "reporter", "office": "GAO", "organisation": ""}
    base |= {"code": "EX-GAO-R-1", "date": "2014-06-20", "instance": ""}
    return append([Draft("report", "reporter", {**base, **body, "changes": changes}, parts)])[0]


def accepted(report: Entry) -> Entry:
    """A decision that accepts it."""
    reason = {"reason": Part("text/plain", b"checked")}
    return append([Draft("decision", "fatou", {"verb": "accept", "report": report.id}, reason)])[0]


def incident(code: str = "EX-INC-1", **values: Any) -> dict[str, Any]:
    stated = {"code": code, "category": "mine_erw", "date": "2014-06-18", "adm1": "ML07", **values}
    return {"kind": "incident", "id": str(uuid.uuid4()), "values": stated}


def casualty(of: dict[str, Any], code: str = "EX-CAS-1") -> dict[str, Any]:
    stated = {"code": code, "incident": of["id"], "sex": "female", "age": 9, "outcome": "injured", "status": "civilian"}
    return {"kind": "casualty", "id": str(uuid.uuid4()), "values": stated}


@pytest.fixture
def sent(world: Any) -> Any:
    """An accident as a phone sends it, with a name and a photograph."""
    from kambila.intake import forms
    from kambila.intake.fill import fill
    from kambila.intake.receive import receive
    from kambila.registry.models import Report
    from tests.desk.reviewing import ACCIDENT, PHOTO

    forms.publish_forms("fatou")
    receipt = receive(fill(forms.in_box("accident"), ACCIDENT), {"p.png": PHOTO}, "reporter", office="GAO")
    return Report.objects.get(pk=receipt.report_id)
