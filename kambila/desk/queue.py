"""The queue: the reports that wait for an account, by office, place, form, danger and age, and what is doubtful."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, JSONField, OuterRef, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kambila.desk.answers import form_title
from kambila.desk.places import LEVELS, Places
from kambila.desk.telling import kinds_said
from kambila.intake import accepting, verifying
from kambila.intake.review import errors, warnings
from kambila.intake.rules import two_step_forms
from kambila.intake.shown import Reviewed, reviewed
from kambila.intake.waiting import decidable, states
from kambila.journal import clock
from kambila.registry.models import Change, Decision, Report

AGES = (1, 7, 30)  # days


@dataclass(frozen=True)
class Filters:
    """What a person asked for; what is not among the choices finds nothing."""

    office: str = ""
    place: str = ""
    form: str = ""
    danger: str = ""
    age: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Filters:
        return cls(**{name: asked.get(name, "").strip()[:60] for name in asdict(cls())})

    def apply(self, reports: QuerySet[Report]) -> QuerySet[Report]:
        """Only the reports that are asked for. `age`: those that have waited for so many days."""
        if self.office:
            reports = reports.filter(office="" if self.office == "-" else self.office)
        if self.form:
            reports = reports.filter(form=self.form)
        if self.danger:
            reports = reports.filter(is_danger=self.danger == "yes")
        if self.age.isascii() and self.age.isdigit() and len(self.age) < 5:
            since = clock.now() - datetime.timedelta(days=int(self.age))
            reports = reports.filter(recorded__lte=clock.text(since))
        if self.place:
            reports = reports.filter(Exists(Change.objects.filter(states(self.place), entry=OuterRef("pk"))))
        return reports

    def query(self, **more: str) -> str:
        """As it stands in an address."""
        return urlencode({name: value for name, value in {**asdict(self), **more}.items() if value})

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """(name, value) of what is asked for."""
        return [(name, value) for name, value in asdict(self).items() if value]

    @property
    def any(self) -> bool:
        return bool(self.query())


def choices(reports: QuerySet[Report], chosen: Filters) -> list[dict[str, Any]]:
    """What the queue can be narrowed by: only what waits, each with how many."""
    if not reports.exists():
        return []
    found = [
        _choice("office", _("Office"), _counted(reports, "office"), chosen.office),
        _choice("place", _("Place"), _places(reports), chosen.place),
        _choice("form", _("Form"), [(f, f"{form_title(f, v)} ({n})") for f, v, n in _forms(reports)], chosen.form),
        _choice("danger", _("Danger"), [("yes", _("danger")), ("no", _("no danger"))], chosen.danger),
        _choice("age", _("Waits for"), [(str(days), _older(days)) for days in AGES], chosen.age),
    ]
    return [each for each in found if each["options"]]


def _choice(name: str, title: str, options: list[tuple[str, str]], chosen: str) -> dict[str, Any]:
    return {"name": name, "title": title, "options": options, "chosen": chosen}


def _older(days: int) -> str:
    return ngettext("%(days)d day and more", "%(days)d days and more", days) % {"days": days}


def _counted(reports: QuerySet[Report], name: str) -> list[tuple[str, str]]:
    rows = reports.order_by(name).values_list(name).annotate(n=Count("id"))
    return [(value or "-", f"{value or _('none stated')} ({n})") for value, n in rows]


def _forms(reports: QuerySet[Report]) -> list[tuple[str, str, int]]:
    """(form, a version of it, how many)."""
    found: dict[str, tuple[str, int]] = {}
    for form, version, count in (
        reports.order_by("form", "version").values_list("form", "version").annotate(n=Count("id"))
    ):
        found[form] = (version, found.get(form, ("", 0))[1] + count)
    return [(form, version, count) for form, (version, count) in found.items()]


def _places(reports: QuerySet[Report]) -> list[tuple[str, str]]:
    """The régions, cercles and communes that the reports state, each under the one it lies in."""
    said = Change.objects.filter(entry__in=reports.values("id")).annotate(said=Cast("stated", JSONField()))
    chains = set(said.values_list(*(KT(f"said__values__{level}") for level in LEVELS)).distinct())
    places = Places(codes={code for chain in chains for code in chain if code})
    paths = {tuple(c for c in chain[:n] if c) for chain in chains for n in (1, 2, 3) if chain[n - 1]}
    return [(path[-1], f"{'– ' * (len(path) - 1)}{places.name(path[-1])} ({path[-1]})") for path in sorted(paths)]


def rows(account: Any, reports: Sequence[Report]) -> list[dict[str, Any]]:
    """The reports as the queue shows them: what each is about, what is wrong with it, and whether it is doubtful."""
    known = reviewed(reports)
    places = _place_names(known)
    decides = set(decidable(account).filter(id__in=[each.id for each in reports]).values_list("id", flat=True))
    steps, verified, together = two_step_forms(), verifying.verified(each.id for each in reports), shared(known)
    signing = set(Decision.objects.filter(waits=True, kind="", record__in=decides).values_list("record", flat=True))
    title = cache(form_title)
    found = []
    for each in known:
        report = each.report
        by = [one.author for one in verified.get(report.id, ())]
        to_verify = report.form in steps and not by
        row = {
            "report": report,
            "reviewed": each,
            "url": reverse("review", args=[report.id]),
            "about": kinds_said(report.kinds.split()),
            "form": title(report.form, report.version),
            "places": places[report.id],
            "errors": len(errors(each.findings)),
            "warnings": len(warnings(each.findings)),
            "to_verify": to_verify,
            "verified_by": ", ".join(by),
            "shared": report.id in together,
            "signing": report.id in signing,
        }
        row["doubt"] = _doubt(account, row, each, report.id in decides, by)
        found.append(row)
    return found


def _doubt(account: Any, row: Mapping[str, Any], known: Reviewed, decides: bool, verified_by: Sequence[str]) -> str:
    """Why a report cannot be accepted among many; empty where nothing speaks against it."""
    if not decides:
        return _("You may not decide about it.")
    if row["errors"]:
        return _("It has errors.")
    if row["warnings"]:
        return _("Something about it is doubtful and must be answered.")
    if row["to_verify"]:
        return _("It must be verified first.")
    if verified_by and set(verified_by) == {account.username}:
        return _("You verified it; another person accepts it.")
    if row["signing"]:
        return _("A decision about it waits for a second person.")
    if row["shared"]:
        return _("Another report that waits speaks of the same record.")
    if accepting.may_make_safer(known.entry):
        return _("It may make a danger smaller: look at it by itself.")
    return ""


def shared(known: Sequence[Reviewed]) -> set[str]:
    """Of these reports, those that speak of a record of which another waiting report speaks too."""
    spoken = {change["id"]: None for each in known for change in each.entry.body.get("changes", [])}
    waiting = Report.objects.filter(status=Report.Status.WAITING).values("id")
    by_record: dict[tuple[str, str], set[str]] = {}
    rows = Change.objects.filter(record__in=list(spoken), entry__in=waiting).values_list("kind", "record", "entry")
    for kind, record, entry in rows:
        by_record.setdefault((kind, record), set()).add(entry)
    own = {each.report.id for each in known}
    return {entry for entries in by_record.values() if len(entries) > 1 for entry in entries & own}


def _place_names(known: Sequence[Reviewed]) -> dict[str, str]:
    """For each report the places that it states, as far down as it does."""
    chains: dict[str, list[tuple[str, ...]]] = {}
    for each in known:
        said = [change.get("values", {}) for change in each.entry.body.get("changes", [])]
        stated = {tuple(str(values[level]) for level in LEVELS if values.get(level)) for values in said} - {()}
        chains[each.report.id] = sorted(one for one in stated if not any(_begins(one, other) for other in stated))
    places = Places(codes={code for found in chains.values() for chain in found for code in chain})
    return {
        report: "; ".join(" › ".join(places.name(code) for code in chain) for chain in found[:3])
        for report, found in chains.items()
    }


def _begins(chain: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return chain != other and other[: len(chain)] == chain
