"""The stage in the life of a hazardous area: indication, SHA, CHA, worked on, released; and what it rests on.

It follows from the evidence in all that was reported of the area and from what was released of it, by national criteria.
Evidence makes an area more dangerous than it was classified, never less (IMAS 07.11, 08.10: unverified).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kambila.domain.land import criteria, rules
from kambila.domain.land.codes import Classification, Evidence, Stage, Status
from kambila.domain.land.rules import NO_ROWS, Rows

RANK = (None, Classification.INDICATION, Classification.SHA, Classification.CHA)
ENDS = {Status.CLOSED: Stage.RELEASED, Status.JOINED: Stage.JOINED}


def stage(
    values: Mapping[str, Any],
    products: Rows = NO_ROWS,
    takers: Rows = NO_ROWS,
    surveys: Rows = NO_ROWS,
    searches: Rows = NO_ROWS,
    clearances: Rows = NO_ROWS,
) -> str:
    """The stage of an area, from its products, its takers, and the surveys and clearances in it."""
    status: Any = rules.status(values, products, takers)
    if status in ENDS:
        return ENDS[status]
    if products or any(row.get("status") for row in (*searches, *clearances)):
        return Stage.WORKED_ON
    return certainty(values, surveys, searches)


def certainty(values: Mapping[str, Any], surveys: Rows = NO_ROWS, searches: Rows = NO_ROWS) -> str:
    """How sure it is that the area is dangerous: the greater of what was stated and what the evidence says."""
    stated = values.get("classification")
    if stated not in RANK:
        return Stage.CHA
    found = max(RANK.index(stated), RANK.index(by_evidence(values, surveys, searches)))
    return Stage(str(RANK[found])) if found else Stage.INDICATION


def by_evidence(values: Mapping[str, Any], surveys: Rows, searches: Rows) -> Classification:
    """What the evidence makes of the area by the national criteria."""
    said = {row.get("evidence") for row in (values, *surveys)}
    weighs, force = weight(values, surveys), criteria.current()
    if Evidence.DIRECT in said or weighs >= force.confirmed or any(r.get("evidence_found") == "yes" for r in searches):
        return Classification.CHA
    if Evidence.INDIRECT in said or weighs >= force.suspected:
        return Classification.SHA
    return Classification.INDICATION


def weight(values: Mapping[str, Any], surveys: Rows) -> float:
    """What the evidence weighs together, each piece once however often it is named."""
    found = {basis for row in (values, *surveys) for basis in several(row.get("evidence_basis"))}
    return sum(criteria.current().weight(basis) for basis in found)


def several(value: Any) -> tuple[str, ...]:
    """The codes of several, as read or as the column has them."""
    return tuple(value.split()) if isinstance(value, str) else tuple(value) if isinstance(value, tuple | list) else ()
