"""What stands in the table of turning points, and what is to be said of it: size, neighbours, faults and their repair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import shapely
from django.http import QueryDict
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from kambila.desk import drawing
from kambila.desk.beside import beside_stated
from kambila.desk.faults import findings
from kambila.desk.values import degrees, number
from kambila.intake.drawing import points, snapping
from kambila.intake.drawing.points import ALONG, HOLE, PART, Point, Row
from kambila.intake.drawing.reporting import Drawn, looked_at
from kambila.journal.errors import Problem
from kambila.registry import neighbours
from kambila.registry.fields import Shape
from kambila.registry.geometry import ellipsoid
from kambila.registry.geometry import read as read_geometry
from kambila.registry.kinds import plan_of
from kambila.registry.neighbours import areas_near
from kambila.registry.repairs import Repair, proposed

FIRST_ROWS, MORE_ROWS = 4, 4
SNAPS = ("0", "0.05", "1", "5")  # metres
USUAL_SNAP = "0.05"
NEAR_M = 500
TOLD = 3  # neighbours in the line beside the map
GEOMETRIC = (
    "polygon",
    "turning-point",
    "ring-",
    "hole",
    "leg-",
    "parts-",
    "overlaps",
    "outside",
    "in-several",
    "area-",
)


@dataclass
class Table:
    """The table of one geometry as it was typed, for somebody who may report this kind."""

    account: Any
    kind: str
    name: str
    record: Any
    given: QueryDict
    blank: int = FIRST_ROWS
    taken: Sequence[Row] | None = None  # rows in place of those that were typed
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def shape(self) -> Shape:
        found: Any = plan_of(self.kind).stated[self.name]
        return found

    @property
    def has_area(self) -> bool:
        return self.shape.has_area

    @property
    def is_point(self) -> bool:
        return self.shape.types[0] == "Point"

    @property
    def snap(self) -> str:
        said = self.given.get("snap", USUAL_SNAP)
        return said if said in SNAPS else USUAL_SNAP

    @cached_property
    def rows(self) -> list[Row]:
        if self.taken is not None:
            return list(self.taken)
        columns = [self.given.getlist(name) for name in ("position", "bearing", "distance", "begins")]
        longest = max(map(len, columns))
        return [Row(*(each[i] if i < len(each) else "" for each in columns)) for i in range(longest)]

    @cached_property
    def points(self) -> list[Point]:
        found = points.placed(self.rows)
        places = [point.place for point in found if point.place is not None]
        if not places or not self.has_area or self.snap == "0":
            return found
        around = areas_near(self.account, shapely.MultiPoint(places), float(self.snap), self._own())
        return snapping.shared(found, [(str(other), whole) for other, whole in around], float(self.snap))

    @cached_property
    def stated(self) -> dict[str, Any] | None:
        return points.stated(self.points, self.shape.types)

    @cached_property
    def geometry(self) -> BaseGeometry | None:
        if self.stated is None:
            return None
        try:
            return shapely.from_wkb(read_geometry(self.stated, self.shape.types).wkb)
        except ValueError:
            return None

    @cached_property
    def repair(self) -> Repair | None:
        return proposed(self.stated, self.shape.types) if self.stated and self.has_area else None

    def drawn(self) -> Drawn:
        """What is to be reported. Raises Problem while there is no geometry."""
        if self.stated is None or self.geometry is None:
            raise Problem("nothing-drawn")
        given = self.given
        return Drawn(
            self.kind, self.name, self.stated, self.record, self.answers, given.get("place", ""), given.get("date", "")
        )

    def lines(self) -> list[dict[str, Any]]:
        """A line for each point, and some to be filled in."""
        found = [
            {
                "number": number_,
                "row": point.row,
                "place": degrees(point.place[1], point.place[0]) if point.place else "",
                "at": list(point.place) if point.place else None,
                "problem": point.problem,
                "note": point.note,
                "leg": self._leg(number_),
            }
            for number_, point in enumerate(self.points, 1)
        ]
        empty = 1 if self.is_point and not found else 0 if self.is_point else self.blank
        return found + [{"number": len(found) + i, "row": Row()} for i in range(1, empty + 1)]

    def _leg(self, place: int) -> str:
        """Bearing and metres from the point before."""
        here, before = self.points[place - 1], self.points[place - 2] if place > 1 else None
        if before is None or before.place is None or here.place is None or here.row.begins in (PART, HOLE):
            return ""
        bearing, _back, metres = ellipsoid().inv(*before.place, *here.place)
        return f"{bearing % 360:.1f}° · {metres:.1f} m"

    def said(self) -> dict[str, Any]:
        """What is told beside the drawing; only of records that the account may see."""
        wrong = [point for point in self.points if point.problem]
        if self.geometry is None or self.stated is None:
            return {"unread": len(wrong), "points": len(self.points)}
        shape = read_geometry(self.stated, self.shape.types)
        change = {"kind": self.kind, "id": self._own() or "new", "values": {self.name: self.stated}}
        return {
            "points": len(self.points),
            "area_m2": shape.area_m2 if self.has_area else None,
            "perimeter_m": round(abs(ellipsoid().geometry_length(self.geometry))) if not self.is_point else None,
            "drawing": "" if self.faults else drawing.with_points([self.geometry], self._numbers()),
            "faults": self.faults,
            "beside": beside_stated(self.account, change, NEAR_M) if self.has_area else {},
            "repair": self._repair(),
        }

    def brief(self) -> str:
        """Beside the map, in one line: how many points, how large, what it has ground in common with."""
        told = [_("Points: %(count)s") % {"count": len(self.points)}]
        if self.geometry is not None and self.has_area and self.stated is not None:
            told.append(f"{number(read_geometry(self.stated, self.shape.types).area_m2)} m²")
            beside = neighbours.beside(self.account, self.geometry, 0, self._own())
            common = [each for each in beside if each.common_m2]
            told += [
                _("%(m2)s m² of it in %(code)s") % {"m2": number(each.common_m2), "code": each.record}
                for each in common[:TOLD]
            ]
            if len(common) > TOLD:
                told.append(_("and in %(n)s others, listed below") % {"n": len(common) - TOLD})
        return " · ".join(told)

    @cached_property
    def faults(self) -> list[dict[str, Any]]:
        """What the checks find in the geometry, each drawn with its points."""
        try:
            entry, found = looked_at(self.account, replace(self.drawn(), place="", date=""))
        except Problem:
            return []
        about = [each for each in found if each.at is not None or each.code.startswith(GEOMETRIC)]
        return findings(about, entry, [self.kind], {})

    def wrong_points(self) -> list[int]:
        """The numbers of the points that a fault names."""
        return sorted(
            {n for fault in self.faults for _said, told in fault["said"] for n, _place in told.get("points", ())}
        )

    def _repair(self) -> dict[str, Any] | None:
        if self.repair is None:
            return None
        which = _("Dashed: as drawn. Filled: as proposed.")
        return {
            "steps": self.repair.steps,
            "drawing": drawing.before_and_after(self.repair.before.wkb, self.repair.after.wkb, which),
            "after_m2": self.repair.after.area_m2,
        }

    def _numbers(self) -> list[drawing.Point]:
        return [(place, *point.place) for place, point in enumerate(self.points, 1) if point.place]

    def _own(self) -> str:
        return self.record.pk if self.record is not None else ""

    @property
    def begins(self) -> list[tuple[str, Any]]:
        """What a point may begin, with words."""
        found = [("", "–"), (PART, _("another part")), (HOLE, _("a hole")), (ALONG, _("along the neighbour's edge"))]
        return [each for each in found if each[0] != PART or "MultiPolygon" in self.shape.types]
