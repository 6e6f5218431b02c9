"""An entry of the journal in a line: what sort it is, what it is about, who wrote it and when."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kambila.accounts.roles import Role
from kambila.desk.values import partial_date
from kambila.journal.models import EntryRow
from kambila.registry.kinds import kinds
from kambila.registry.models import Decision, Report

SORTS = {
    "node": gettext_lazy("Installation"),
    "report": gettext_lazy("Report"),
    "decision": gettext_lazy("Decision"),
    "countersign": gettext_lazy("Second signature"),
    "release": gettext_lazy("Release"),
    "receive": gettext_lazy("Receipt"),
    "grant": gettext_lazy("Role"),
    "form": gettext_lazy("Form"),
    "setting": gettext_lazy("Setting"),
    "erase": gettext_lazy("Erasure"),
}
VERBS = {
    "accept": gettext_lazy("accepted"),
    "verify": gettext_lazy("verified"),
    "return": gettext_lazy("returned to be mended"),
    "reject": gettext_lazy("rejected"),
    "withdraw": gettext_lazy("withdrawn"),
    "same-as": gettext_lazy("two records are the same"),
    "not-same-as": gettext_lazy("two records are not the same"),
    "retire": gettext_lazy("record retired"),
    "restore": gettext_lazy("record restored"),
    "resolve": gettext_lazy("conflict resolved"),
    "disclose": gettext_lazy("disclosed"),
    "close": gettext_lazy("disclosure ended"),
    "grant": gettext_lazy("granted"),
    "revoke": gettext_lazy("revoked"),
    "publish": gettext_lazy("published"),
}
SETTINGS = {
    "acceptance-rule": gettext_lazy("accepted without a person"),
    "two-steps": gettext_lazy("two steps: one person verifies, another accepts"),
    "land-criteria": gettext_lazy("national criteria of land release"),
}
Body = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """An entry as a list shows it. `recorded` is UTC, as the journal writes it."""

    id: str
    sort: str
    about: str
    author: str
    recorded: str


def lines(entries: Iterable[EntryRow]) -> list[Line]:
    """Entries as lines; the codes of the reports that decisions are about are looked up at once."""
    read = [(entry, json.loads(entry.body)) for entry in entries]
    names = _Names(read)
    return [Line(e.id, sort_of(e.kind), _about(e, body, names), e.author, e.recorded) for e, body in read]


def sort_of(kind: str) -> str:
    return str(SORTS.get(kind, kind))


def verb_of(body: Body) -> str:
    verb = str(body.get("verb", ""))
    return str(VERBS.get(verb, verb))


def kinds_said(names: Iterable[str]) -> str:
    """Kinds by their titles: incident, casualty."""
    return ", ".join(str(kinds()[each]._meta.verbose_name) if each in kinds() else each for each in names)


class _Names:
    """Codes of reports, by the id of the report or of a decision about it: two queries for a whole page."""

    def __init__(self, read: list[tuple[EntryRow, Body]]) -> None:
        wanted = {str(body.get("report")) for entry, body in read if entry.kind == "decision"}
        signed = {str(body.get("decision")) for entry, body in read if entry.kind == "countersign"}
        self._decided = dict(Decision.objects.filter(pk__in=signed).values_list("id", "record")) if signed else {}
        wanted |= set(self._decided.values())
        self._codes = dict(Report.objects.filter(pk__in=wanted).values_list("id", "code")) if wanted else {}

    def report(self, id: str | None) -> str:
        return self._codes.get(id or "", "") or (id or "")[:8]

    def decided(self, decision: str | None) -> str:
        return self.report(self._decided.get(decision or ""))


def _report(body: Body, names: _Names) -> str:
    said = dict.fromkeys(change["kind"] for change in body.get("changes", []))
    return " · ".join(filter(None, (body.get("code") or "", kinds_said(said))))


def _decision(body: Body, names: _Names) -> str:
    if "report" in body:
        return f"{names.report(body['report'])}: {verb_of(body)}"
    return " · ".join(filter(None, (verb_of(body), kinds_said([body["kind"]]) if body.get("kind") else "")))


def _grant(body: Body, names: _Names) -> str:
    role = str(body.get("role"))
    label = str(dict(Role.choices).get(role, role))
    scope = " ".join(str(each) for each in (body.get("scope") or {}).values())
    return f"{body.get('account')}: {label} {scope}".rstrip() + f" ({verb_of(body)})"


def _setting(body: Body, names: _Names) -> str:
    ended = _("ended") if body.get("ends") else ""
    name = str(body.get("name", ""))
    return " · ".join(str(each) for each in (SETTINGS.get(name, name), body.get("form"), ended) if each)


def _form(body: Body, names: _Names) -> str:
    return f"{body.get('form')} {body.get('version')} ({verb_of(body)})"


_TELL: dict[str, Callable[[Body, _Names], str]] = {
    "report": _report,
    "decision": _decision,
    "countersign": lambda body, names: names.decided(body.get("decision")),
    "grant": _grant,
    "form": _form,
    "setting": _setting,
    "node": lambda body, names: str(body.get("title", "")),
    "release": lambda body, names: " · ".join(filter(None, (body.get("title"), partial_date(body.get("as_of", ""))))),
    "erase": lambda body, names: _("%(count)d records") % {"count": len(body.get("records", []))},
}


def _about(entry: EntryRow, body: Body, names: _Names) -> str:
    tell = _TELL.get(entry.kind)
    return tell(body, names) if tell else ""
