"""Comparers: whether two records are alike in one respect, how much, and the sentence that says so.

Each takes names of fields; ``incident__date`` is the date of the linked incident. A row holds, by such names, values as
the fields read them (a geometry as `geometry.Shape` or WKB, a partial date as (text, first day, last day)). A comparer
also says how those that may be alike are found without looking at all pairs: by keys, by a box, by a query.
"""

from __future__ import annotations

import datetime
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from kambila.registry.geometry import area_m2, ellipsoid
from kambila.registry.names import folded, numbers, plain_code

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Row = Mapping[str, Any]
Labels = Mapping[str, str]  # what each field is called, in the reader's language
Bounds = tuple[float, float, float, float]
Keys = frozenset[str] | None

DEGREE_M = 110_574.0  # the shortest degree of latitude on WGS84
MONTHS = 24  # a vaguer date gives no keys


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike two records are in one respect (0 to 1), and why."""

    degree: float
    reason: str


class Comparer(ABC):
    """What all comparers answer. One that knows no keys, box or query leaves finding to the others of its way."""

    is_spatial = False

    def __init__(self, *paths: str) -> None:
        self.paths = paths

    @abstractmethod
    def compare(self, one: Row, other: Row, labels: Labels) -> Alike | None:
        """None when they are not alike, or when one of them does not say."""

    def keys(self, row: Row) -> Keys:
        """Those that are alike share one; empty when the row does not say; None when keys cannot tell."""
        return None

    def box(self, row: Row) -> Bounds | None:
        """In degrees; those that are alike have boxes that touch."""
        return None

    def lookup(self, row: Row) -> Q | None:
        """Finds all that are alike, and perhaps others; None when a query cannot."""
        return None


class SameCode(Comparer):
    """One of several codes is the same, however it is written: HA-0012 is ha 12."""

    def compare(self, one: Row, other: Row, labels: Labels) -> Alike | None:
        theirs = {plain_code(str(other[path])) for path in self.paths if other.get(path)}
        for path in self.paths:
            if one.get(path) and plain_code(str(one[path])) in theirs:
                return Alike(1, _("%(field)s: the same, %(value)s.") % {"field": labels[path], "value": one[path]})
        return None

    def keys(self, row: Row) -> Keys:
        return frozenset(plain_code(str(row[path])) for path in self.paths if row.get(path))

    def lookup(self, row: Row) -> Q | None:
        ends = {plain_code(str(row[path])).rpartition(" ")[2] for path in self.paths if row.get(path)} - {""}
        return _any(Q(**{f"{path}__iendswith": end}) for path in self.paths for end in ends)


class SameText(Comparer):
    """A text or a value of a code list is the same, but for accents and capitals."""

    def compare(self, one: Row, other: Row, labels: Labels) -> Alike | None:
        (path,) = self.paths
        mine, theirs = one.get(path), other.get(path)
        if not mine or not theirs or folded(str(mine)) != folded(str(theirs)):
            return None
        return Alike(1, _("%(field)s: the same.") % {"field": labels[path]})

    def keys(self, row: Row) -> Keys:
        text = row.get(self.paths[0])
        return frozenset({folded(str(text))} if text else ())

    def lookup(self, row: Row) -> Q | None:
        """Where only accents differ, the query does not see it; ways that need that have another comparer that looks."""
        text = row.get(self.paths[0])
        return Q(**{f"{self.paths[0]}__iexact": text}) if text else _any(())


class SameLink(SameText):
    """The same other record is named."""

    def lookup(self, row: Row) -> Q | None:
        id = row.get(self.paths[0])
        return Q(**{self.paths[0]: id}) if id else _any(())


class NearName(Comparer):
    """A name is nearly the same; numbers in it must be. `names` gives all folded names of a row, other spellings too."""

    def __init__(
        self, *paths: str, at_least: float = 0.85, names: Callable[[Row], Iterable[str]] | None = None
    ) -> None:
        super().__init__(*paths)
        self.at_least, self._names = at_least, names

    def names(self, row: Row) -> list[str]:
        found = self._names(row) if self._names else (folded(str(row[p])) for p in self.paths if row.get(p))
        return [each for each in found if each]

    def compare(self, one: Row, other: Row, labels: Labels) -> Alike | None:
        from rapidfuzz import fuzz

        mine, theirs = self.names(one), self.names(other)
        best = max((self._likeness(a, b, fuzz.ratio) for a in mine for b in theirs), default=0.0)
        if best < self.at_least:
            return None
        said = {"one": self._said(one), "other": self._said(other), "percent": round(best * 100)}
        if said["one"] == said["other"]:
            return Alike(best, _("The name is the same: %(one)s.") % said)
        if best == 1:
            return Alike(best, _("The names are one name in two spellings: %(one)s, %(other)s.") % said)
        return Alike(best, _("The names are nearly the same: %(one)s, %(other)s (%(percent)d %%).") % said)

    def _likeness(self, one: str, other: str, ratio: Callable[..., float]) -> float:
        if numbers(one) != numbers(other):
            return 0.0
        return ratio(one.replace(" ", ""), other.replace(" ", "")) / 100

    def _said(self, row: Row) -> str:
        return next((str(row[path]) for path in self.paths if row.get(path)), "")

    def keys(self, row: Row) -> Keys:
        """Beginning and end: of two names that differ by a letter or two, one of them is the same."""
        plain = [name.replace(" ", "") for name in self.names(row) if name]
        return frozenset(key for name in plain for key in (f"{name[:2]}…", f"…{name[-2:]}"))


class NearPoint(Comparer):
    """Places no further apart than `within_m`; of a polygon its middle. Degree 1 at the same spot, ½ at the limit."""

    is_spatial = True

    def __init__(self, *paths: str, within_m: float) -> None:
        super().__init__(*paths)
        self.within_m = within_m

    def _place(self, row: Row) -> tuple[float, float] | None:
        found = next((g for path in self.paths if (g := geometry_in(row, path)) is not None), None)
        if found is None:
            return None
        middle = found if found.geom_type == "Point" else found.centroid
        return middle.x, middle.y

    def compare(self, one: Row, other: Row, labels: Labels) -> Alike | None:
        mine, theirs = self._place(one), self._place(other)
        if mine is None or theirs is None:
            return None
        metres = ellipsoid().inv(*mine, *theirs)[2]
        if metres > self.within_m:
            return None
        return Alike(1 - metres / (2 * self.within_m), _("The places lie %(metres)d m apart.") % {"metres": metres})

    def box(self, row: Row) -> Bounds | None:
        place = self._place(row)
        if place is None:
            return None
        up = self.within_m / DEGREE_M
        aside = up / max(0.05, math.cos(math.radians(place[1])))
        return place[0] - aside, place[1] - up, place[0] + aside, place[1] + up


class Overlap(Comparer):
    """Polygons that overlap, on the ellipsoid. The degree is the mean of two shares: what they have in common of the
    smaller one, and of all that both cover; `at_least` is for the first."""

    is_spatial = True

    def __init__(self, path: str, at_least: float = 0.2) -> None:
        super().__init__(path)
        self.at_least = at_least

    def compare(self, one: Row, other: Row, labels: Labels) -> Alike | None:
        mine, theirs = (geometry_in(row, self.paths[0]) for row in (one, other))
        if mine is None or theirs is None or not mine.intersects(theirs):
            return None
        sizes = [float(area_m2(each)) for each in (mine, theirs)]
        common = float(area_m2(mine.intersection(theirs)))
        if not min(sizes) or common < self.at_least * min(sizes):
            return None
        of_smaller, of_both = common / min(sizes), common / (sum(sizes) - common)
        said = {
            "m2": number_format(round(common), use_l10n=True, force_grouping=True),
            "smaller": round(100 * of_smaller),
            "both": round(100 * of_both),
        }
        reason = _(
            "The areas overlap by %(m2)s m²: %(smaller)d %% of the smaller one, %(both)d %% of what the two cover."
        )
        return Alike(min(1.0, (of_smaller + of_both) / 2), reason % said)

    def box(self, row: Row) -> Bounds | None:
        found = geometry_in(row, self.paths[0])
        return None if found is None else found.bounds


class SameDay(Comparer):
    """Dates that may be one day. A date of which only the month or the year is known is less alike: ¾ and ½."""

    def compare(self, one: Row, other: Row, labels: Labels) -> Alike | None:
        mine, theirs = one.get(self.paths[0]), other.get(self.paths[0])
        if not mine or not theirs or mine[1] > theirs[2] or theirs[1] > mine[2]:
            return None
        shortest = min(mine[0], theirs[0], key=len)
        degree = {10: 1.0, 7: 0.75}.get(len(shortest), 0.5)
        said = {"field": labels[self.paths[0]], "value": shortest}
        return Alike(degree, _("%(field)s: may be the same, %(value)s.") % said if degree < 1 else
                     _("%(field)s: the same, %(value)s.") % said)  # fmt: skip

    def keys(self, row: Row) -> Keys:
        """The months that it may lie in."""
        date = row.get(self.paths[0])
        if not date:
            return frozenset()
        first, last = (datetime.date.fromisoformat(each) for each in date[1:])
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        return frozenset(map(str, months)) if len(months) <= MONTHS else frozenset()

    def lookup(self, row: Row) -> Q | None:
        path, date = self.paths[0], row.get(self.paths[0])
        return Q(**{f"{path}_first__lte": date[2], f"{path}_last__gte": date[1]}) if date else _any(())


class NearNumber(Comparer):
    """Numbers no further apart than `within`."""

    def __init__(self, path: str, within: float = 0) -> None:
        super().__init__(path)
        self.within = within

    def compare(self, one: Row, other: Row, labels: Labels) -> Alike | None:
        mine, theirs = one.get(self.paths[0]), other.get(self.paths[0])
        if mine is None or theirs is None or abs(mine - theirs) > self.within:
            return None
        said = {"field": labels[self.paths[0]], "value": mine, "other": theirs}
        if mine == theirs:
            return Alike(1, _("%(field)s: the same, %(value)s.") % said)
        return Alike(0.9, _("%(field)s: nearly the same, %(value)s and %(other)s.") % said)

    def lookup(self, row: Row) -> Q | None:
        path, value = self.paths[0], row.get(self.paths[0])
        if value is None:
            return _any(())
        return Q(**{f"{path}__gte": value - self.within, f"{path}__lte": value + self.within})


def geometry_in(row: Row, path: str) -> BaseGeometry | None:
    """The geometry of a row, as stated or as kept; None when there is none that can be measured."""
    import shapely

    value = row.get(path)
    wkb = getattr(value, "wkb", value)
    found = shapely.from_wkb(bytes(wkb)) if wkb else None
    return found if found is not None and found.is_valid and not found.is_empty else None


def _any(conditions: Iterable[Q]) -> Q:
    """Conditions joined by "or"; nothing at all for none."""
    joined = Q(pk__in=[])
    for each in conditions:
        joined |= each
    return joined
