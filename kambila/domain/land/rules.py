"""What is computed of a hazardous area: sizes, what is left, its status and its priority.

Areas in m². Only accepted land-release products, and areas that took over its ground, come in here: nothing else shrinks
or closes an area. The libraries of overlay are imported when there is something to lay over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kambila.domain.land.codes import Blockage, Classification, Priority, Release, Status

if TYPE_CHECKING:
    from kambila.domain.land.balance.alone import Overlay

TOLERANCE = Decimal("0.05")
NOTHING = Decimal("0.00")
Values = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]
NO_ROWS: Rows = ()


def geodesic_m2(values: Values, field: str = "polygon") -> Decimal | None:
    """The area of the polygon on the ellipsoid, None when none was drawn."""
    area = getattr(values.get(field), "area_m2", None) or values.get(f"{field}_area_m2")
    return Decimal(str(area)) if area else None


def size_m2(values: Values) -> Decimal | None:
    """The size that has to be released: the greater of the stated and the drawn one, None when neither is known."""
    known = [each for each in (values.get("area_m2"), geodesic_m2(values)) if each is not None]
    return max(Decimal(str(each)) for each in known) if known else None


def differ(one: Any, other: Any) -> bool:
    """Whether two sizes are more than 5 % of the greater apart."""
    one, other = Decimal(str(one)), Decimal(str(other))
    return abs(one - other) > TOLERANCE * max(abs(one), abs(other))


def sum_m2(rows: Iterable[Values], method: str | None = None) -> Decimal:
    """What the products state together, by one method or by all; an unknown size releases nothing."""
    found = (row.get("area_m2") for row in rows if method is None or row.get("method") == method)
    return sum((Decimal(str(each)) for each in found if each is not None), NOTHING)


def cancelled_m2(values: Values, rows: Rows, takers: Rows = NO_ROWS) -> Decimal:
    return _released(values, rows, takers, Release.CANCELLED)


def reduced_m2(values: Values, rows: Rows, takers: Rows = NO_ROWS) -> Decimal:
    return _released(values, rows, takers, Release.REDUCED)


def cleared_m2(values: Values, rows: Rows, takers: Rows = NO_ROWS) -> Decimal:
    return _released(values, rows, takers, Release.CLEARED)


def released_m2(values: Values, rows: Rows, takers: Rows = NO_ROWS) -> Decimal:
    return _released(values, rows, takers)


def remaining_m2(values: Values, rows: Rows, takers: Rows = NO_ROWS) -> Decimal | None:
    """What is left by overlay of the products on the area: the greater of the geodesic and the stated rest.

    None when no size is known; then only a product that says that nothing is left closes the area.
    """
    left = laid_over(values, rows, takers)
    if left.unknown:
        return NOTHING if any(row.get("whole_area") == "yes" for row in rows) else None
    return left.remaining


def status(values: Values, rows: Rows, takers: Rows = NO_ROWS) -> str:
    """Closed when nothing is left, worked on when something was released, open otherwise; unknown size stays open.

    An area whose ground passed to another as a whole is joined to it: it is not released, its ground is open there.
    """
    left = remaining_m2(values, rows, takers)
    if takers and left == NOTHING and laid_over(values, rows, takers).passed:
        return Status.JOINED
    if rows and left == NOTHING:
        return Status.CLOSED
    return Status.WORKED_ON if rows else Status.OPEN


def laid_over(values: Values, rows: Rows, takers: Rows = NO_ROWS) -> Overlay:
    """The products of an area laid over it (see :mod:`kambila.domain.land.balance.settle`)."""
    from kambila.domain.land.balance import alone

    return alone.overlay(values, rows, takers)


def _released(values: Values, rows: Rows, takers: Rows, method: str | None = None) -> Decimal:
    return sum((m2 for way, m2 in laid_over(values, rows, takers).pieces if method in (None, way)), NOTHING)


def impact_points(values: Values) -> int:
    """Points for what an area does: recent casualties 3, confirmed 2, suspected 1, each blockage 1, returns 1.

    The factors are those of the IMSMA impact score; the weights are assumed.
    """
    points = {str(Classification.CHA): 2, str(Classification.SHA): 1}
    certainty = points.get(values.get("classification") or "", 0)
    blocked = len(set(values.get("blockages") or ()) & set(Blockage.values))
    hurt = 3 if (values.get("recent_casualties") or 0) > 0 else 0
    return certainty + blocked + hurt + (1 if values.get("returns_expected") == "yes" else 0)


def priority(values: Values) -> str:
    """High from 5 points, medium from 3."""
    points = impact_points(values)
    return Priority.HIGH if points >= 5 else Priority.MEDIUM if points >= 3 else Priority.LOW
