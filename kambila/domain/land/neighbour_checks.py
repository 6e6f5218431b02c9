"""What is looked at in a geometry beside others: the same one, one that it lies on, the area that it is part of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from kambila.domain.land.shape_checks import DRAWN, OVERLAP_SHARE, geometry_stated, shapes
from kambila.registry import outlines, spatial
from kambila.registry.checks import AT, ERROR, WARNING, Draft, Found, check

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

OUTSIDE_SHARE = 0.05
TWICE_IS_A_FAULT = {"hazardous_area", "land_release_product"}
Row = Mapping[str, Any]


def kept(values: Row | None, field: str = "polygon") -> BaseGeometry | None:
    """The geometry of a record as it was drawn, stated or known (WKB); None when there is none."""
    import shapely

    value = (values or {}).get(field)
    wkb = getattr(value, "wkb", value)
    geometry = shapely.from_wkb(bytes(wkb)) if wkb else None
    return geometry if geometry is not None and not geometry.is_empty else None


def ground(values: Row | None, field: str = "polygon") -> BaseGeometry | None:
    """The same where it can be overlaid with others and covers ground, parts that lie on each other made one."""
    geometry = kept(values, field)
    whole = None if geometry is None else outlines.measurable(geometry)
    return whole if whole is not None and whole.area > 0 else None


def share(part: float, whole: float) -> int:
    """Percent, rounded; for areas in square degrees of one place, which compare well enough."""
    return round(100 * part / whole) if whole else 0


def beside(draft: Draft, geometry: BaseGeometry) -> Iterator[tuple[str, Row]]:
    """(code or id, record) of the others of the kind whose bounding boxes touch: of the same report, then known ones.

    Those that this one takes ground over from are left out: it is meant to lie there.
    """
    seen = {draft.id, draft.known.get("id"), *(draft.values.get("taken_from") or ())}
    for each in draft.siblings(draft.kind):
        if each.id not in seen and any(_touch(shape.bounds, geometry.bounds) for shape in shapes(each)):
            seen.add(each.id)
            yield each.values.get("code") or each.id, each.values
    known = [id for id in spatial.near(draft.kind, geometry.bounds) if id not in seen]
    for record in draft.records(draft.kind, known):
        yield record.get("code") or record["id"], record


def _touch(one: spatial.Bounds, other: spatial.Bounds) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def is_again(draft: Draft, geometry: BaseGeometry) -> str:
    """The code of another record of the kind with the same polygon; empty when there is none."""
    field = DRAWN[draft.kind]
    for code, record in beside(draft, geometry):
        other = kept(record, field)
        if other is not None and outlines.same_ground(geometry, other):
            return code
    return ""


@check(
    "*",
    "polygon-known-already",
    ERROR,
    _("The same polygon is known already: %(code)s."),
    _("Report on that record instead, and return this report; or draw what is really different."),
)
def polygon_known_already(draft: Draft) -> Found:
    geometry = geometry_stated(draft) if draft.kind in TWICE_IS_A_FAULT else None
    code = is_again(draft, geometry) if geometry is not None else ""
    return {"code": code, AT: outlines.drawn([geometry])} if geometry is not None and code else None


@check(
    "*",
    "polygon-worked-before",
    WARNING,
    _("The same polygon is in another record: %(code)s."),
    _("Look whether it was sent twice; if the ground was worked a second time, say so."),
)
def polygon_worked_before(draft: Draft) -> Found:
    geometry = geometry_stated(draft) if draft.kind not in TWICE_IS_A_FAULT else None
    code = is_again(draft, geometry) if geometry is not None else ""
    return {"code": code, AT: outlines.drawn([geometry])} if geometry is not None and code else None


@check(
    "*",
    "code-known-already",
    ERROR,
    _("The code %(code)s is that of another record."),
    _("Give it a code of its own; to report on that record, choose it in the form."),
)
def code_known_already(draft: Draft) -> Found:
    stated = draft.stated.get("code") if draft.kind in DRAWN else None
    code = stated.strip() if isinstance(stated, str) else ""
    if not code or draft.known.get("code") == code:
        return None
    others = [each.stated.get("code") for each in draft.siblings(draft.kind) if each.id != draft.id]
    here = any(isinstance(other, str) and other.strip() == code for other in others)
    return {"code": code} if here or draft.rows(draft.kind, code=code) else None


@check(
    "hazardous_area",
    "point-known-already",
    ERROR,
    _("Another area without a polygon, %(code)s, is at just the same point."),
    _("Report on that area instead, or state the point where this one really is."),
)
def point_known_already(draft: Draft) -> Found:
    """Where it was not safe to record positions, a point is that of the village and may serve several areas."""
    point = kept(draft.stated, "location")
    if point is None or draft.values.get("polygon") or draft.values.get("safe_to_record") == "no":
        return None
    for code, record in beside(draft, point):
        other = kept(record, "location")
        drawn = record.get("polygon") or record.get("safe_to_record") == "no"
        if other is not None and not drawn and outlines.same_ground(point, other):
            return {"code": code, AT: outlines.drawn([point])}
    return None


@check(
    "hazardous_area",
    "overlaps-neighbour",
    WARNING,
    _("%(percent)s %% of this area lies in the hazardous area %(code)s."),
    _("Look whether it is the same area; if it is, report on that one, or say that the two are the same."),
)
def overlaps_neighbour(draft: Draft) -> Found:
    mine = ground(draft.stated)
    if mine is None:
        return None
    for code, record in beside(draft, mine):
        other = ground(record)
        if other is None or not mine.intersects(other) or outlines.same_ground(mine, other):
            continue
        common = mine.intersection(other)
        if common.area > OVERLAP_SHARE * min(mine.area, other.area):
            return {"percent": share(common.area, mine.area), "code": code, AT: outlines.drawn([common])}
    return None


@check(
    "*",
    "outside-its-area",
    WARNING,
    _("%(percent)s %% of the polygon lies outside the hazardous area that it is part of."),
    _("Draw what was done inside the area, or report the area again as it was found to be."),
)
def outside_its_area(draft: Draft) -> Found:
    if draft.kind not in DRAWN or draft.kind == "hazardous_area":
        return None
    piece = ground(draft.values, DRAWN[draft.kind])
    parent = ground(draft.record("hazardous_area", draft.values.get("area")))
    if piece is None or parent is None:
        return None
    outside = piece.difference(parent)
    if outside.area <= OUTSIDE_SHARE * piece.area:
        return None
    return {"percent": share(outside.area, piece.area), AT: outlines.drawn([outside])}


@check(
    "land_release_product",
    "released-before",
    WARNING,
    _("%(percent)s %% of this polygon was already released by %(code)s; it would be subtracted twice."),
    _("Look whether it is the same product; if not, draw only what was not released before."),
)
def released_before(draft: Draft) -> Found:
    piece, area = ground(draft.values), draft.values.get("area")
    if piece is None or not area:
        return None
    for row in draft.rows("land_release_product", area=area):
        other = ground(row)
        common = None if other is None else piece.intersection(other)
        if common is not None and common.area > OVERLAP_SHARE * piece.area:
            code = row.get("code") or row.get("id")
            return {"percent": share(common.area, piece.area), "code": code, AT: outlines.drawn([common])}
    return None


@check(
    "handover",
    "handed-over-not-released",
    WARNING,
    _("%(percent)s %% of the polygon that is handed over was not released by any land-release product."),
    _("Send the product that is missing, or draw only what was released: the rest is not safe."),
)
def handed_over_not_released(draft: Draft) -> Found:
    import shapely

    piece, area = ground(draft.values), draft.values.get("area")
    if piece is None or not area:
        return None
    products = [*draft.rows("land_release_product", area=area)]
    products += [each.values for each in draft.siblings("land_release_product") if each.values.get("area") == area]
    released = [each for each in map(ground, products) if each is not None]
    left = piece.difference(shapely.union_all(released)) if released else piece
    if left.area <= OUTSIDE_SHARE * piece.area:
        return None
    return {"percent": share(left.area, piece.area), AT: outlines.drawn([left])}
