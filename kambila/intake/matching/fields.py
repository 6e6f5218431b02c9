"""What differs between a row of a register and the record here, field by field.

What a register does not say is no difference: an empty cell is silent. What is sealed is never compared. Sizes may differ
by a hundredth, and polygons by a hundredth of what both cover, for two measurements never agree to the last metre.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kambila.intake.matching.sides import as_read
from kambila.registry import same
from kambila.registry.fields import Code, Link, Links, Number, PartialDate, Shape, Stated, Text
from kambila.registry.geometry import area_m2, ellipsoid
from kambila.registry.kinds import plan_of
from kambila.registry.likeness import geometry_in
from kambila.registry.matching import compared_of
from kambila.registry.names import folded, plain_code

SHARE = Decimal("0.01")
LEAST_M2 = Decimal(1)
POINT_M = 10.0


@dataclass(frozen=True)
class Overlay:
    """Two polygons laid over one another: what only theirs covers, what only ours, what both, in m²."""

    theirs_m2: float
    ours_m2: float
    both_m2: float


@dataclass(frozen=True)
class Differs:
    """A field on which they differ; values as read. `derived` names the field here that theirs was compared with."""

    field: str
    theirs: Any
    ours: Any
    overlay: Overlay | None = None
    derived: str = ""
    is_closing: bool = False  # theirs says what only a product makes true here
    more_dangerous: bool = False  # there


def differing(kind: str, said: Mapping[str, Any], here: Mapping[str, Any], codes: Collection[str]) -> list[Differs]:
    """Every difference. `said` are stated values, `here` the values of the record that may be shown, `codes` its codes."""
    declared, found = plan_of(kind).stated, []
    for name, value in said.items():
        field = declared.get(name)
        if field is None or field.sealed or name not in here:
            continue
        theirs = as_read(field, value)
        if theirs is None or theirs in ("", ()) or (name == "code" and _is_known(theirs, codes)):
            continue
        if (differs := _differs(kind, name, field, theirs, here)) is not None:
            found.append(differs)
    return found


def _differs(kind: str, name: str, field: Stated, theirs: Any, here: Mapping[str, Any]) -> Differs | None:
    ours, compared = here[name], compared_of(kind).get(name)
    if compared is not None and compared.derived in here:
        derived = here[compared.derived]
        agrees = compared.agrees(theirs, derived)
        if agrees is not None:
            closing = theirs in compared.closing
            worse = compared.is_closed(derived) and not closing
            return None if agrees else Differs(name, theirs, derived, None, compared.derived, closing, worse)
    if ours is None:
        return Differs(name, theirs, None)
    overlay = _laid_over(theirs, ours) if isinstance(field, Shape) else None
    if overlay is not None:
        different = not _is_close(overlay)
    else:
        different = _differ(plan_of(kind).links.get(name) or plan_of(kind).several.get(name), name, field, theirs, ours)
    if not different:
        return None
    worse = bool(field.danger) and field.rank(theirs) > field.rank(ours)
    return Differs(name, theirs, ours, overlay, more_dangerous=worse)


def _differ(linked: str | None, name: str, field: Stated, theirs: Any, ours: Any) -> bool:
    if isinstance(field, Shape):
        return _apart(theirs, ours)
    if isinstance(field, PartialDate):
        inside = theirs[1] >= ours[1] and theirs[2] <= ours[2]
        return not (inside and len(theirs[0]) == len(ours[0])) and not _is_vaguer(theirs, ours)
    if isinstance(field, Number) and name.endswith("_m2"):
        return abs(theirs - ours) > max(LEAST_M2, SHARE * max(abs(theirs), abs(ours)))
    if isinstance(field, Link | Links) and linked:
        one, other = ([each] if isinstance(each, str) else list(each) for each in (theirs, ours))
        roots = same.roots_of(linked, {*one, *other}) if set(one) != set(other) else {}
        return {roots.get(each, each) for each in one} != {roots.get(each, each) for each in other}
    if isinstance(theirs, tuple):
        return set(theirs) != set(ours)
    if isinstance(field, Text) and not isinstance(field, Code):
        return folded(theirs) != folded(ours)
    return bool(theirs != ours)


def _is_vaguer(theirs: tuple[str, str, str], ours: tuple[str, str, str]) -> bool:
    """They know less of the same date: 2014 for 20 June 2014."""
    return theirs[1] <= ours[1] and theirs[2] >= ours[2]


def _is_known(code: str, codes: Collection[str]) -> bool:
    return plain_code(code) in {plain_code(each) for each in codes}


def _laid_over(theirs: Any, ours: Any) -> Overlay | None:
    """None when one of them is no polygon that can be measured."""
    one, other = (geometry_in({"shape": each}, "shape") for each in (theirs, ours))
    if one is None or other is None or not (one.geom_type.endswith("Polygon") and other.geom_type.endswith("Polygon")):
        return None
    if theirs.wkb == bytes(ours):
        return Overlay(0, 0, float(theirs.area_m2))
    parts = (one.difference(other), other.difference(one), one.intersection(other))
    return Overlay(*(float(area_m2(each)) for each in parts))


def _is_close(overlay: Overlay) -> bool:
    apart = overlay.theirs_m2 + overlay.ours_m2
    return apart <= max(float(LEAST_M2), float(SHARE) * (apart + overlay.both_m2))


def _apart(theirs: Any, ours: Any) -> bool:
    """Points more than ten metres apart; other shapes that are not drawn alike."""
    one, other = (geometry_in({"shape": each}, "shape") for each in (theirs, ours))
    if one is None or other is None or one.geom_type != "Point" or other.geom_type != "Point":
        return bool(theirs.wkb != bytes(ours))
    return bool(ellipsoid().inv(one.x, one.y, other.x, other.y)[2] > POINT_M)
