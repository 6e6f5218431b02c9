"""Finding what a person names: reports by id or code, records by code or UUID, entries by id."""

from __future__ import annotations

import re
from typing import Any

from kambila.intake import errors  # noqa: F401  the catalogue
from kambila.intake.models import GivenCode
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem
from kambila.journal.models import EntryRow
from kambila.registry import history, same
from kambila.registry.kinds import model_of
from kambila.registry.models import Change, Report

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
COLUMNS = "id node seq tick kind schema recorded author body sealed prev hash arrival".split()


def entry_of(id: str) -> Entry:
    """The report entry with this id. Raises Problem when there is none."""
    return entries_of([id])[id]


def entries_of(ids: list[str]) -> dict[str, Entry]:
    """Report entries by id. Raises Problem when one is missing."""
    found: dict[str, Entry] = {}
    for start in range(0, len(ids), 500):
        rows = EntryRow._default_manager.filter(kind="report", id__in=ids[start : start + 500]).values_list(*COLUMNS)
        found.update({row[0]: Entry(*row) for row in rows})
    for each in ids:
        if each not in found:
            raise Problem("no-such-report", name=each)
    return found


def find_report(name: str) -> Report:
    """The report with this id or code; of one submission that came in several parts, the last that restates it.

    Raises Problem when there is none, or when several submissions have this code.
    """
    known = Report.objects.filter(pk=name) if UUID.fullmatch(name) else Report.objects.filter(code=name)
    found = list(known.order_by("-tick", "-id")[:20])
    if found and found[0].instance and len({each.instance for each in found}) == 1:
        found = found[:1]
    if not found:
        raise Problem("no-such-report", name=name)
    if len(found) > 1:
        raise Problem("several-reports", name=name, ids=", ".join(each.id for each in found))
    return found[0]


def find_record(kind: str, name: str) -> str:
    """The UUID of the record that was given this code, or of the one named by UUID; known also when it is not shown.

    A code of a record that was merged gives the UUID of that record, not of the one that bears them all: a merge can
    be undone. Raises Problem when nothing was ever said of it.
    """
    model_of(kind)
    if UUID.fullmatch(name):
        if Change.objects.filter(kind=kind, record=name).exists():
            return name
        raise Problem("no-such-record", name=name)
    found = [id for _, id in history.find(name, kind)] or _hidden(kind, name)
    members = {_member(kind, each, name) for each in found}
    if not members:
        raise Problem("no-such-record", name=name)
    if len(members) > 1:
        raise Problem("several-records", name=name, ids=", ".join(sorted(members)))
    return members.pop()


def current(kind: str, name: str) -> Any:
    """The record of a code or UUID, as it stands. Raises Problem when it is not shown."""
    id = find_record(kind, name)
    found = model_of(kind)._default_manager.filter(pk=same.roots_of(kind, [id]).get(id, id)).first()
    if found is None:
        raise Problem("not-shown", name=name)
    return found


def _hidden(kind: str, code: str) -> list[str]:
    """Records that were given a code but are not shown: retired, or with no report that counts."""
    return list(GivenCode.objects.filter(kind=kind, code=code).values_list("record", flat=True))


def _member(kind: str, root: str, code: str) -> str:
    component = history.component(kind, root)
    if len(component.members) == 1:
        return root
    said = [each for each in component.statements if each.values.get("code") == code]
    return max(said, key=lambda each: each.order).record if said else root
