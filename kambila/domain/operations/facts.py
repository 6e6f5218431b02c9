"""What the guards of a task rest on, read once: for one task, and for as many organisations as might take it.

Other areas' records are found by the names of their kinds; an area imports no other.
"""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

import shapely
from django.db.models import Q

from kambila.domain.operations.codes import CorrectionStatus, Severity
from kambila.domain.operations.standing import Standing, standings
from kambila.registry.dangers import unconfirmed
from kambila.registry.kinds import links_to, model_of, tells_of_danger
from kambila.registry.models import Change, Record, Report

LEVELS = ("adm1", "adm2", "adm3")
NEAR_DEGREES = 0.02  # about two kilometres: what is reported so near to an objective lies in its place
Chain = tuple[str | None, ...]


def rows(kind: str, *conditions: Q, **filters: Any) -> list[Any]:
    """The records of a kind, of another area also."""
    return list(model_of(kind)._default_manager.filter(*conditions, **filters))


def last_day(record: Any, field: str) -> str:
    """The last day of a partial date of a record, as text; empty when it is not known."""
    return str(getattr(record, f"{field}_last") or "")


class Facts:
    """What is known around a task. Each part is read when a guard first asks for it."""

    def __init__(self, task: Any, organisations: Collection[str], day: datetime.date) -> None:
        self.task, self.day = task, day
        self._asked = {each for each in organisations if each}

    # What the task is about

    @cached_property
    def work_items(self) -> list[Any]:
        return rows("work_item", task=self.task.id)

    @cached_property
    def areas(self) -> list[Any]:
        return rows("hazardous_area", pk__in=self.task.objectives or ()) if self.task.objectives else []

    @cached_property
    def villages(self) -> list[Any]:
        return rows("village", pk__in=self.task.villages or ()) if self.task.villages else []

    @cached_property
    def chains(self) -> list[Chain]:
        """Where the objectives lie, as far as it is known: (région, cercle, commune) of each; else that of the task."""
        found = [tuple(getattr(each, level) for level in LEVELS) for each in (*self.areas, *self.villages)]
        known = list(dict.fromkeys(each for each in found if any(each)))
        own = tuple(getattr(self.task, level) for level in LEVELS)
        return known or ([own] if any(own) else [])

    @cached_property
    def village_ids(self) -> set[str]:
        """The villages concerned: those that are objectives, and those beside which an area lies."""
        return {each.id for each in self.villages} | {each.village_id for each in self.areas if each.village_id}

    @cached_property
    def shapes(self) -> list[Any]:
        """The geometries of the objectives."""
        wkb = [each.polygon or each.location for each in self.areas] + [each.location for each in self.villages]
        return [shapely.from_wkb(bytes(each)) for each in wkb if each]

    # Whether people may go there

    @cached_property
    def access(self) -> dict[Any, list[Any]]:
        """For each place of the task (the UUID of a village, or a chain) the records that speak of it."""
        codes = {code for chain in self.chains for code in chain if code}
        areas = {each.id: each.pcode for each in rows("admin_area", pcode__in=codes)}
        said = rows("accessibility", Q(village__in=self.village_ids) | Q(area__in=areas) | _whole(codes))
        homes = {each.id: each for each in rows("village", pk__in=self.village_ids)}
        places: dict[Any, list[Any]] = {}
        for id, home in homes.items():
            here = {getattr(home, level) for level in LEVELS}
            places[id] = [s for s in said if s.village_id == id or _of_area(s, areas) in here - {None}]
        for chain in self.chains if not homes else ():
            places[chain] = [s for s in said if s.village_id is None and _of_area(s, areas) in set(chain) - {None}]
        return places

    @cached_property
    def dangers(self) -> list[tuple[Report, str]]:
        """Unconfirmed reports of danger in the place of the task, each with the kind that it tells of."""
        if not self.chains and not self._own:
            return []
        reports = {each.id: each for each in unconfirmed().only("id", "code")}
        said = Change.objects.filter(entry__in=list(reports)).only("kind", "record", "entry", "stated")
        changes = said.order_by("tick", "entry", "index")
        found: dict[str, tuple[Report, str]] = {}
        for each in changes:
            values = json.loads(each.stated).get("values", {})
            if each.entry not in found and tells_of_danger(each.kind, values) and self._is_here(each, values):
                found[each.entry] = (reports[each.entry], each.kind)
        return list(found.values())

    @cached_property
    def _own(self) -> set[str]:
        return {self.task.id, *(each.id for each in self.areas), *self.village_ids}

    def _is_here(self, change: Change, values: Mapping[str, Any]) -> bool:
        linked = {value for value in values.values() if isinstance(value, str)}
        if change.record in self._own or linked & self._own:
            return True
        if any(_is_near(each, values) for each in self.shapes):
            return True
        said = tuple(values.get(level) for level in LEVELS)
        return any(_agree(said, chain) for chain in self.chains)

    # Who would do it

    @cached_property
    def organisations(self) -> dict[str, Any]:
        return {each.id: each for each in rows("organisation", pk__in=self._asked)}

    @cached_property
    def accreditations(self) -> dict[str, list[Any]]:
        return _by("holder_id", rows("accreditation", holder__in=self._asked))

    @cached_property
    def competences(self) -> dict[str, list[Any]]:
        """What the people of each team are certified for; of those who are in no team nothing follows for one."""
        return _by("team_id", [each for each in rows("competence", holder__in=self._asked) if each.team_id])

    @cached_property
    def equipment(self) -> list[Any]:
        """The equipment in use of the organisations."""
        return rows("equipment", holder__in=self._asked, status="in_use")

    @cached_property
    def insurances(self) -> dict[str, list[Any]]:
        return _by("holder_id", rows("insurance", holder__in=self._asked))

    @cached_property
    def open_criticals(self) -> list[tuple[str, Any]]:
        """(organisation, non-conformity) of those that are critical and not verified as corrected."""
        grave = Q(severity=Severity.CRITICAL) & ~Q(status=CorrectionStatus.VERIFIED)
        concerned = Q(operator__in=self._asked) | Q(visit__operator__in=self._asked) | Q(visit__task=self.task.id)
        found = rows("non_conformity", grave | Q(severity=Severity.CRITICAL, status=None), concerned)
        visits = {each.id: each for each in rows("quality_visit", pk__in={each.visit_id for each in found})}
        return [(each.operator_id or getattr(visits.get(each.visit_id), "operator_id", ""), each) for each in found]

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """How each organisation stands with quality on the day."""
        return standings(self._asked, self.day)

    # What was done

    @cached_property
    def visits(self) -> list[Any]:
        """The quality visits of the task, the latest last."""
        return sorted(rows("quality_visit", task=self.task.id), key=lambda each: (last_day(each, "date"), each.id))

    @cached_property
    def spot_tasks(self) -> list[Any]:
        return rows("spot_task", task=self.task.id)

    def outcomes(self, kinds: Iterable[str]) -> list[Record]:
        """The outcome reports of the task, of these kinds."""
        linked = dict(links_to("task"))
        return [each for kind in kinds if kind in linked for each in rows(kind, **{linked[kind]: self.task.id})]


def _whole(codes: set[str]) -> Q:
    """Accessibility that names no village and no area, but states where it holds."""
    unnamed = Q(village=None, area=None)
    return unnamed & (Q(adm3__in=codes) | Q(adm3=None, adm2__in=codes) | Q(adm3=None, adm2=None, adm1__in=codes))


def _of_area(said: Any, areas: Mapping[str, str]) -> str | None:
    """The P-code of the administrative area as a whole that a record of accessibility is about."""
    if said.village_id is not None:
        return None
    if said.area_id is not None:
        return areas.get(said.area_id)
    stated: str | None = said.adm3 or said.adm2 or said.adm1
    return stated


def _by(column: str, found: Iterable[Any]) -> dict[str, list[Any]]:
    sorted_out: dict[str, list[Any]] = defaultdict(list)
    for each in found:
        sorted_out[getattr(each, column)].append(each)
    return sorted_out


def _agree(said: Chain, chain: Chain) -> bool:
    """Whether a report may lie where a task does: no level that both know differs, and at least one is known to both.

    A report that knows only the région may lie anywhere in it: what is missing is unknown, never elsewhere.
    """
    both = [(one, other) for one, other in zip(said, chain, strict=True) if one and other]
    return bool(both) and all(one == other for one, other in both)


def _is_near(shape: Any, values: Mapping[str, Any]) -> bool:
    stated = [each for each in values.values() if isinstance(each, Mapping) and "coordinates" in each]
    return any(_distance(shape, each) < NEAR_DEGREES for each in stated)


def _distance(shape: Any, stated: Mapping[str, Any]) -> float:
    """In degrees; what cannot be read is as near as can be."""
    try:
        return float(shape.distance(shapely.from_geojson(json.dumps({k: stated[k] for k in ("type", "coordinates")}))))
    except (KeyError, shapely.errors.GEOSException):
        return 0.0
