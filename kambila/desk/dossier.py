"""The dossier of a task, to be printed and taken along: a PDF with every number beside the code of its record.

It holds what the account may see and no more. Headings stand in both languages, what is told in the reader's own.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

import shapely
import typst
from django.db.models import Q
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from shapely.geometry.base import BaseGeometry

from kambila.desk import drawing, values
from kambila.desk.places import Places
from kambila.desk.provenance import stories_of
from kambila.domain.operations.facts import Facts
from kambila.domain.operations.models import QualityVisit, Task, WorkItem
from kambila.domain.operations.priorities import of_task
from kambila.journal import clock, directory
from kambila.publish.languages import number
from kambila.registry import access, openness, whereabouts
from kambila.registry.fields import Number
from kambila.registry.gazetteer import LEVELS
from kambila.registry.geometry import ellipsoid
from kambila.registry.kinds import model_of
from kambila.registry.models import Record
from kambila.registry.regions import box_region

NEAR_DEGREES, NEAR_KM = 0.05, 5
HEADINGS = {
    "title": gettext_lazy("Task order and dossier"),
    "order": gettext_lazy("The order"),
    "scope": gettext_lazy("Scope of work"),
    "priority": gettext_lazy("Priority when it was ordered"),
    "objectives": gettext_lazy("Objectives"),
    "points": gettext_lazy("Turning points"),
    "work": gettext_lazy("Work"),
    "map": gettext_lazy("Sketch map"),
    "areas": gettext_lazy("Other hazardous areas nearby"),
    "incidents": gettext_lazy("Known accidents nearby"),
    "found": gettext_lazy("What has been found nearby"),
    "dangers": gettext_lazy("Danger reported and not yet decided"),
    "access": gettext_lazy("Access"),
    "quality": gettext_lazy("Quality plan"),
    "medical": gettext_lazy("Medical evacuation"),
    "contacts": gettext_lazy("Contacts"),
    "signatures": gettext_lazy("Issued and accepted"),
}
Rows = list[list[str]]


def dossier(account: Any, task: Task) -> bytes:
    """The PDF of a task that the account sees, in the language that is active."""
    told = json.dumps(gathered(account, task), ensure_ascii=False)
    source = files("kambila.desk").joinpath("templates/desk/dossier.typ").read_bytes()
    pdf: bytes = typst.compile(source, sys_inputs={"told": told})
    return pdf


def gathered(account: Any, task: Task) -> dict[str, Any]:
    """What the dossier says: headings in two languages, tables of texts, sketches as SVG."""
    seen = _Seen(account, task)
    return {
        "language": translation.get_language() or "en",
        "headings": {key: _both(text) for key, text in HEADINGS.items()},
        "code": str(task),
        "name": task.title or "",
        "programme": directory.current().node.name,
        "printed": _("Printed on %(day)s for %(account)s. What was reported since is not in it.")
        % {"day": values.partial_date(clock.now().date().isoformat()), "account": account.username},
        "warning": _("A place without a record here is not safe for that: it means only that nothing is known of it."),
        "nothing": _("Nothing is recorded that may be shown to you."),
        "unknown": _("Nothing is known of access to the place, so it is unknown."),
        "order": seen.facts_of(task, ORDER),
        "priority": seen.priority(),
        "scope": seen.story("scope"),
        "objectives": seen.table(seen.objectives, OBJECTIVE),
        "points": seen.turning_points(),
        "point_titles": [_("No."), _("Latitude"), _("Longitude"), _("Metres to the next"), _("Bearing")],
        "danger_titles": [_("Report"), _("Tells of"), _("Day")],
        "work": seen.table(seen.work_items, WORK),
        "maps": seen.maps(),
        "areas": seen.table(seen.near("hazardous_area"), OBJECTIVE),
        "incidents": seen.table(seen.near("incident"), ("code", "date", "category", "device")),
        "found": seen.table(seen.near("ordnance_item"), FOUND),
        "dangers": seen.dangers(),
        "access": seen.table(seen.access(), ("code", "status", "reason", "last_verified", "valid_until")),
        "quality": seen.facts_of(task, ("quality_plan",)),
        "visits": seen.table(seen.visits(), ("code", "date", "visit_type", "result")),
        "medical": seen.medical(),
        "contacts": seen.table(seen.contacts(), CONTACT),
        "signatures": [_("Issued by"), _("Accepted for the operator by"), _("Date and signature")],
    }


ORDER = (
    "number", "type", "status", "operator", "team", "priority", "issued_on", "planned_start", "planned_end",
    "planned_area_m2", "depth_cm", "standard", "adm1", "adm2", "adm3",
)  # fmt: skip
OBJECTIVE = ("code", "title", "classification", "status", "devices", "area_m2", "remaining_m2")
WORK = ("code", "method", "asset", "planned_quantity", "unit")
CONTACT = ("code", "title", "organisation_type", "operator", "village", "owner", "office_type", "locality")
FOUND = ("code", "found_on", "category", "model", "quantity", "disposition")


class _Seen:
    """What an account may see around a task."""

    def __init__(self, account: Any, task: Task) -> None:
        self.account, self.task = account, task
        self.facts = Facts(task, (), clock.now().date())
        self.objectives = [*self.only("hazardous_area", task.objectives), *self.only("village", task.villages)]
        self.work_items = list(access.visible(account, WorkItem).filter(task=task.pk))

    def only(self, kind: str, ids: Iterable[str] | None) -> list[Any]:
        return list(access.visible(self.account, model_of(kind)).filter(pk__in=list(ids or ())).order_by("code", "id"))

    def near(self, kind: str) -> list[Any]:
        """The records of a kind within about five kilometres of an objective, as far as the account is told where they
        are, without the objectives. Of which it is told the commune alone: those in the commune of the task."""
        model = model_of(kind)
        boxes = tuple(shape.buffer(NEAR_DEGREES).bounds for shape in self.shapes())
        close = whereabouts.lies(self.account, model, box_region(boxes)) if boxes else access.NOTHING
        close = access.any_of([close, whereabouts.in_commune(self.account, model, self.task.adm3 or "")])
        own = [each.pk for each in self.objectives]
        return list(access.visible(self.account, model).filter(close).exclude(pk__in=own).order_by("code", "id"))

    def shapes(self, records: Sequence[Any] | None = None) -> list[BaseGeometry]:
        """The geometries of records (of the objectives, by default) that may be shown."""
        found = []
        for each in self.objectives if records is None else records:
            names = [name for name in ("polygon", "location") if name in access.fields(self.account, type(each), each)]
            wkb = next((value for name in names if (value := getattr(each, name, None))), None)
            found += [shapely.from_wkb(bytes(wkb))] if wkb else []
        return found

    def table(self, records: Sequence[Any], names: Sequence[str]) -> dict[str, Any]:
        """A table of records: titles of the fields that any of them has, and a row of texts for each."""
        shown = [name for name in names if any(hasattr(each, name) for each in records)]
        rows = [[self.text(each, name) for name in shown] for each in records]
        filled = [index for index, _name in enumerate(shown) if any(row[index] for row in rows)]
        titles = [
            _title(next(each for each in records if hasattr(each, shown[index])), shown[index]) for index in filled
        ]
        return {"titles": titles, "rows": [[row[index] for index in filled] for row in rows]}

    def facts_of(self, record: Record, names: Sequence[str]) -> Rows:
        """(title, text) of the fields that are known."""
        told = [[_title(record, name), self.text(record, name)] for name in names]
        return [each for each in told if each[1]]

    def text(self, record: Any, name: str) -> str:
        """A value as a reader sees it; empty when it is not known, or not open to the account."""
        if name == "code":
            return str(record)
        if name not in access.fields(self.account, type(record), record):
            return ""
        field, value = record._meta.get_field(name), getattr(record, record._meta.get_field(name).attname)
        if name in LEVELS and value:
            return Places(codes=[value]).title(value)
        if isinstance(field, Number) and value is not None:
            return number(value)
        targets = values.targets_of(self.account, type(record), [record], [name])
        shown = str(values.shown(record, name, targets, brief=True))
        return html.unescape(re.sub(r"<[^>]+>", "", shown))

    def priority(self) -> dict[str, Any]:
        """The points of the order and their parts; `sentence` says so where there are none."""
        if self.task.priority_points is None:
            return {
                "sentence": _("No points: none of its areas was scored when it was ordered."),
                "titles": [],
                "rows": [],
            }
        parts = of_task.parts_of(self.task) if self.text(self.task, of_task.PARTS) else []
        said = {
            "points": number(self.task.priority_points),
            "title": of_task.title_of(self.task.priority_scenario or ""),
            "version": self.task.priority_version,
        }
        return {
            "sentence": _("%(points)s of 100 points by the scenario “%(title)s”, version %(version)s.") % said,
            "titles": [_("Why"), _("Points"), _("Of"), _("Records")],
            "rows": [[label, number(points), number(of), " ".join(codes)] for label, points, of, codes in parts],
        }

    def turning_points(self) -> list[dict[str, Any]]:
        """For each area and each hole in it its turning points: number, place, metres and bearing to the next."""
        found = []
        for each in self.objectives:
            parts = [part for shape in self.shapes([each]) for part in shapely.get_parts(shape)]
            for part in [part for part in parts if part.geom_type == "Polygon"]:
                found.append({"code": str(each), "rows": _legs(part.exterior)})
                hole = _("%(code)s, a hole in it") % {"code": each}
                found += [{"code": hole, "rows": _legs(ring)} for ring in part.interiors]
        return found

    def maps(self) -> list[dict[str, str]]:
        """Sketches as SVG with their captions: the land with its turning points, and what lies around it."""
        own, near = self.shapes(), self.near("hazardous_area")
        areas = [part for shape in own for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        points = [(n, x, y) for each in areas[:1] for n, (x, y, *_z) in enumerate(each.exterior.coords[:-1], 1)]
        others, labels = self.shapes(near), [_label(each, shape) for each in near for shape in self.shapes([each])]
        events = self.shapes([*self.near("incident"), *self.near("ordnance_item")])
        around = drawing.with_surroundings(own, others, events, labels) if others or events else ""
        return [each for drawn in (drawing.with_points(own, points), around) if (each := _sketch(str(drawn)))]

    def dangers(self) -> Rows:
        """(code, what it tells of, day) of the undecided reports of danger in the place that the account may see."""
        ids = {report.id: kind for report, kind in self.facts.dangers}
        reports = openness.reports(self.account).filter(pk__in=list(ids)).order_by("-recorded")
        kinds = {each.id: str(model_of(ids[each.id])._meta.verbose_name) for each in reports}
        return [[str(each), kinds[each.id], values.partial_date(each.date)] for each in reports]

    def access(self) -> list[Any]:
        ids = [each.id for records in self.facts.access.values() for each in records]
        return self.only("accessibility", ids)

    def visits(self) -> list[Any]:
        return list(access.visible(self.account, QualityVisit).filter(task=self.task.pk).order_by("date_first", "id"))

    def story(self, name: str) -> str:
        """What a narrative of the task tells; empty where nothing is, or where it is not open to the account."""
        return stories_of(self.task, [name]).get(name, "") if self.may_read(name) else ""

    def may_read(self, name: str) -> bool:
        return name in access.fields(self.account, Task, self.task)

    def contacts(self) -> list[Any]:
        """The operator and its team, its offices, and the one through which the task was reported."""
        named = (("organisation", self.task.operator_id), ("team", self.task.team_id))
        return [each for kind, id in named for each in self.only(kind, [id] if id else ())] + self.offices()

    def offices(self) -> list[Any]:
        offices: Any = access.visible(self.account, model_of("office"))
        own = Q(owner=self.task.operator_id) if self.task.operator_id else Q(pk__in=())
        return list(offices.filter(own | (Q(code=self.task.office) & ~Q(code=""))).order_by("code"))

    def medical(self) -> list[str]:
        """What is to be done when somebody is hurt, in paragraphs; says so where nothing is recorded."""
        told = [self.story("medical_evacuation")]
        if self.task.medical_plan and self.may_read("medical_plan"):
            told += [_("The plan is a file in the record %(code)s; take a copy along.") % {"code": self.task}]
        none = _("No plan for medical evacuation is recorded. Work does not begin without one.")
        return [each for each in told if each] or [none]


def _both(text: Any) -> list[str]:
    """A heading in the active language, then in the other."""
    active = (translation.get_language() or "en")[:2]
    told = []
    for language in (active, "fr" if active == "en" else "en"):
        with translation.override(language):
            told.append(str(text))
    return told


def _sketch(figure: str) -> dict[str, str]:
    """The SVG and the caption of a drawing; nothing where nothing was drawn."""
    picture = re.search(r"<svg.*</svg>", figure, re.DOTALL)
    caption = re.search(r"<figcaption>(.*)</figcaption>", figure, re.DOTALL)
    if picture is None or caption is None:
        return {}
    alone = picture[0].replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return {"picture": alone, "caption": html.unescape(caption[1])}


def _label(record: Any, shape: BaseGeometry) -> drawing.Point:
    return str(record), shape.centroid.x, shape.centroid.y


def _title(record: Record, name: str) -> str:
    return str(capfirst(getattr(record._meta.get_field(name), "verbose_name", name)))


def _legs(ring: Any) -> Rows:
    """The turning points of a ring: the last one leads back to the first."""
    points = list(ring.coords)
    rows = []
    for place, ((x, y, *_h), (to_x, to_y, *_g)) in enumerate(zip(points[:-1], points[1:], strict=True), 1):
        bearing, _back, metres = ellipsoid().inv(x, y, to_x, to_y)
        rows.append([str(place), f"{y:.6f}", f"{x:.6f}", values.number(round(metres, 1)), f"{bearing % 360:.0f}°"])
    return rows
