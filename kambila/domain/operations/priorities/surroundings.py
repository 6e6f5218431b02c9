"""What lies around areas, read once for all of them: accidents, surveys of villages, schools, access.

Only what the account may see is read, so that a score tells nobody more than the records do.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

import shapely

from kambila.domain.operations.priorities.scenarios import Scenarios
from kambila.registry import access
from kambila.registry.fields import RESTRICTED
from kambila.registry.geometry import ellipsoid
from kambila.registry.kinds import model_of
from kambila.registry.models import Record

CLOSED = "closed"
DEGREE_KM = 111.0
LEVELS = ("adm3", "adm2", "adm1")


class Surroundings:
    """The records that scores rest on, as an account sees them on a day."""

    def __init__(
        self, account: Any, day: datetime.date, scenarios: Scenarios, only: Collection[str] | None = None
    ) -> None:
        self.account, self.day, self.scenarios, self.only = account, day, scenarios, only

    def _rows(self, kind: str, **filters: Any) -> list[Any]:
        """Records of which the account sees every field."""
        rows = access.visible(self.account, model_of(kind)).filter(**filters)
        return list(rows.filter(shown_tier=RESTRICTED).order_by("id"))

    @cached_property
    def areas(self) -> list[Any]:
        """The areas of which something is left; where only some are asked for, those of them."""
        wanted = {} if self.only is None else {"pk__in": self.only}
        return [each for each in self._rows("hazardous_area", **wanted) if each.status != CLOSED]

    @cached_property
    def _incidents(self) -> list[Any]:
        since = self.day - datetime.timedelta(days=round(365.25 * self.scenarios.years))
        return self._rows("incident", date_last__gte=since, date_first__lte=self.day)

    @cached_property
    def _near_incidents(self) -> Near:
        return Near(self._incidents)

    @cached_property
    def _linked_incidents(self) -> Mapping[str, list[Any]]:
        found = defaultdict(list)
        for each in self._incidents:
            for id in {each.hazardous_area_id, each.village_id} - {None}:
                found[id].append(each)
        return found

    def incidents(self, area: Any) -> list[Any]:
        """Those that name the area or its village, that the area names, or that lie within the radius."""
        named = [*self._linked_incidents.get(area.id, ()), *self._linked_incidents.get(area.village_id, ())]
        stated = [each for each in self._incidents if each.id in (area.incidents or ())] if area.incidents else []
        found = [*named, *stated, *self._near_incidents.within(area, self.scenarios.radius_km)]
        return list({each.id: each for each in found}.values())

    @cached_property
    def _schools(self) -> Near:
        """Sessions of risk education held in schools say where schools are; no list of schools does yet."""
        sessions = self._rows("education_session", venue="school", date_first__lte=self.day)
        places = {each.id: each for each in self._rows_of_villages({each.village_id for each in sessions} - {None})}
        return Near(sessions, lambda each: each.location or getattr(places.get(each.village_id), "location", None))

    def schools(self, area: Any) -> list[Any]:
        """Sessions in schools within the radius."""
        return self._schools.within(area, self.scenarios.radius_km)

    @cached_property
    def _surveys(self) -> dict[str, Any]:
        rows = self._rows("village_survey", date_first__lte=self.day)
        return {each.village_id: each for each in sorted(rows, key=lambda row: (row.date_last, row.id))}

    def survey(self, area: Any) -> Any:
        """The last survey of the village of an area; None where there was none."""
        return self._surveys.get(area.village_id)

    @cached_property
    def _access(self) -> Mapping[str, list[Any]]:
        places = {each.id: each.pcode for each in access.visible(self.account, model_of("admin_area"))}
        found = defaultdict(list)
        for each in self._rows("accessibility"):
            codes = [getattr(each, level) for level in LEVELS]
            found[each.village_id or places.get(each.area_id) or next(filter(None, codes), "")].append(each)
        return found

    def assessments(self, area: Any) -> list[Any]:
        """What was said of the accessibility of the village of an area; else of its commune, cercle or région."""
        for key in (area.village_id, *(getattr(area, level) for level in LEVELS)):
            if key and key in self._access:
                return self._access[key]
        return []

    def _rows_of_villages(self, ids: Iterable[str]) -> list[Any]:
        return list(access.visible(self.account, model_of("village")).filter(pk__in=list(ids)))


class Near:
    """Records by where they are, so that those near to an area are found at once."""

    def __init__(self, records: Iterable[Record], place: Any = lambda record: record.location) -> None:
        located = [(each, wkb) for each in records if (wkb := place(each))]
        self.records = [each for each, _wkb in located]
        self.points = [shapely.from_wkb(bytes(wkb)).centroid for _each, wkb in located]
        self.tree = shapely.STRtree(self.points)

    def within(self, area: Any, km: float) -> list[Any]:
        """The records within so many km of the middle of an area."""
        wkb = area.polygon or area.location
        if not wkb or not self.records:
            return []
        middle = shapely.from_wkb(bytes(wkb)).centroid
        reach = km / DEGREE_KM * 1.1
        stretch = max(0.1, float(shapely.get_y(middle)) / 90 * 3 + 1)  # a degree of longitude shrinks towards the poles
        box = shapely.box(middle.x - reach * stretch, middle.y - reach, middle.x + reach * stretch, middle.y + reach)
        return [self.records[i] for i in sorted(self.tree.query(box)) if _km(middle, self.points[i]) <= km]


def _km(one: Any, other: Any) -> float:
    return float(ellipsoid().inv(one.x, one.y, other.x, other.y)[2]) / 1000
