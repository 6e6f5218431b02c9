"""What is computed of a hazardous area: sizes, what is left, its status and its priority.

Areas in m². Only accepted land-release products come in here, so nothing else shrinks or closes an area.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from kambila.domain.land.codes import Blockage, Classification, Priority, Release, Status

TOLERANCE = Decimal("0.05")
NOTHING = Decimal("0.00")
Values = Mapping[str, Any]
Rows = list[dict[str, Any]]


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
    """What the products release together, by one method or by all; an unknown size releases nothing."""
    found = (row.get("area_m2") for row in rows if method is None or row.get("method") == method)
    return sum((Decimal(str(each)) for each in found if each is not None), NOTHING)


def cancelled_m2(values: Values, rows: Rows) -> Decimal:
    return sum_m2(rows, Release.CANCELLED)


def reduced_m2(values: Values, rows: Rows) -> Decimal:
    return sum_m2(rows, Release.REDUCED)


def cleared_m2(values: Values, rows: Rows) -> Decimal:
    return sum_m2(rows, Release.CLEARED)


def released_m2(values: Values, rows: Rows) -> Decimal:
    return sum_m2(rows)


def is_whole(rows: Rows) -> bool:
    """Whether a product says that with it the whole area is released."""
    return any(row.get("whole_area") == "yes" for row in rows)


def remaining_m2(values: Values, rows: Rows) -> Decimal | None:
    """What is left. Two measurements of the same ground never agree to the last metre: within 5 % whole is whole."""
    size = size_m2(values)
    if size is None:
        return NOTHING if is_whole(rows) else None
    left = max(size - sum_m2(rows), NOTHING)
    return NOTHING if is_whole(rows) and not differ(size, size - left) else left


def status(values: Values, rows: Rows) -> str:
    """Closed when nothing is left, worked on when something was released, open otherwise; unknown size stays open."""
    if rows and remaining_m2(values, rows) == NOTHING:
        return Status.CLOSED
    return Status.WORKED_ON if rows else Status.OPEN


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
