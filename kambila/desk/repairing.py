"""Repairs of polygons that a page proposes: taken, they are a correction by the person, who says why."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from kambila.desk import drawing
from kambila.intake.authority import may_with_report
from kambila.intake.corrections import correct
from kambila.journal.entry import Entry, canonical
from kambila.journal.errors import Problem
from kambila.registry.fields import Shape
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import Report
from kambila.registry.repairs import Repair, proposed


def repairs(account: Any, entry: Entry, report: Report, open_kinds: Collection[str]) -> list[dict[str, Any]]:
    """The repairs that are proposed for a report, old and new, as far as the account may correct it."""
    if not _may_correct(account, entry, report):
        return []
    return [_told(name, repair) for name, repair in _proposed(entry, open_kinds).items()]


def take(report: Report, entry: Entry, open_kinds: Collection[str], said: Any, author: str) -> Entry:
    """Report anew with the repair that was shown. Raises Problem when another one, or none, would be proposed now."""
    name = said.get("repair", "")
    repair = _proposed(entry, open_kinds).get(name)
    if repair is None or _mark(repair) != said.get("seen", ""):
        raise Problem("shown-before")
    return correct(report.id, {name: repair.stated}, author, said.get("reason", ""))


def _may_correct(account: Any, entry: Entry, report: Report) -> bool:
    """Nobody corrects twice: a report that was corrected is left to the later one."""
    if Report.objects.filter(edits=report.id).exists():
        return False
    own = account.username in (report.author, report.reporter)
    return may_with_report(account, "report", entry) and (own or may_with_report(account, "read", entry))


def _proposed(entry: Entry, open_kinds: Collection[str]) -> dict[str, Repair]:
    """By ``index/field``."""
    found = {}
    for index, change in enumerate(entry.body.get("changes", [])):
        fields = plan_of(change["kind"]).stated if change["kind"] in kinds() and change["kind"] in open_kinds else {}
        for name, value in change.get("values", {}).items():
            field = fields.get(name)
            if isinstance(field, Shape) and field.has_area and (repair := proposed(value, field.types)):
                found[f"{index}/{name}"] = repair
    return found


def _told(name: str, repair: Repair) -> dict[str, Any]:
    which = _("Dashed: as reported. Filled: as proposed.")
    return {
        "name": name,
        "seen": _mark(repair),
        "steps": repair.steps,
        "before_m2": repair.before.area_m2,
        "after_m2": repair.after.area_m2,
        "drawing": drawing.before_and_after(repair.before.wkb, repair.after.wkb, which),
    }


def _mark(repair: Repair) -> str:
    return hashlib.sha256(canonical(dict(repair.stated)).encode()).hexdigest()
