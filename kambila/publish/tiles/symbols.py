"""How records are drawn on every map: one table, read by the style of the tiles, by the legend and by printed maps.

The sorts of hazardous areas follow TNMA 07.11/01 (unverified): how sure the programme is shows in the filling, where the
work stands in the outline. Colours differ for people who see no red or green, and outlines stand out from the ground.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SEA, LAND, BORDER = "#e4ebee", "#fbfaf6", "#8b857a"
CLUSTER, INK = "#3d4650", "#1d2126"


@dataclass(frozen=True)
class Symbol:
    """How a record is drawn: filling and outline, how much of the filling covers what lies under it, dashes (in widths of
    the line), width of the outline and radius of a mark in pixels."""

    fill: str
    outline: str
    cover: float = 0.35
    dash: tuple[float, ...] = ()
    width: float = 1.5
    radius: float = 5


@dataclass(frozen=True)
class Rule:
    """The records of which these fields have these values."""

    where: Mapping[str, str]
    symbol: Symbol


RELEASED = Symbol("#5aa88a", "#0f5c40", 0.25)
JOINED = Symbol("#d9d5cc", "#6d675d", 0.1, (1, 2))
WORK = (4, 2)
SHA, CHA, INDICATION = (
    Symbol("#f0b429", "#7a4d00"),
    Symbol("#c8402a", "#5c1a0e", 0.45),
    Symbol("#f7e3b5", "#7a4d00", 0.2),
)
USUAL = Symbol("#6b7a86", "#2f3a43", 0.2, radius=4)
VILLAGE = Symbol("#b9b2a4", "#6d675d", radius=3, width=1)


def _worked_on(symbol: Symbol) -> Symbol:
    return Symbol(symbol.fill, symbol.outline, symbol.cover, WORK, 2)


RULES: Mapping[str, tuple[Rule, ...]] = {
    "hazardous_area": (
        Rule({"status": "closed"}, RELEASED),
        Rule({"status": "joined"}, JOINED),
        Rule({"classification": "cha", "status": "worked_on"}, _worked_on(CHA)),
        Rule({"classification": "cha"}, CHA),
        Rule({"classification": "sha", "status": "worked_on"}, _worked_on(SHA)),
        Rule({"classification": "sha"}, SHA),
        Rule({}, INDICATION),
    ),
    "land_release_product": (Rule({}, Symbol("#5aa88a", "#0f5c40", 0.15, (2, 2))),),
    "clearance": (Rule({}, RELEASED),),
    "handover": (Rule({}, RELEASED),),
    "completion_report": (Rule({}, RELEASED),),
    "route_status": (
        Rule({"status": "closed"}, Symbol("#c8402a", "#c8402a", width=4, radius=2)),
        Rule({"status": "restricted"}, Symbol("#b86e00", "#b86e00", width=4, radius=2)),
        Rule({"status": "open"}, Symbol("#0f5c40", "#0f5c40", width=2, radius=1)),
        Rule({}, Symbol("#6d675d", "#6d675d", dash=(3, 2), width=2, radius=1)),
    ),
    "incident": (Rule({}, Symbol("#1d2126", "#ffffff", radius=5)),),
    "ordnance_item": (Rule({}, Symbol("#7b3294", "#ffffff", radius=4)),),
    "spot_task": (
        Rule({"status": "closed"}, Symbol("#c9b6d3", "#7b3294", radius=4)),
        Rule({"status": "cancelled"}, Symbol("#d9d5cc", "#6d675d", radius=4)),
        Rule({}, Symbol("#7b3294", "#ffffff", radius=6)),
    ),
    "storage_site": (Rule({}, Symbol("#1f5fa8", "#ffffff", radius=5)),),
    "team": (Rule({}, Symbol("#ffffff", "#1f5fa8", radius=5, width=2.5)),),
    "office": (Rule({}, Symbol("#1d2126", "#1d2126", radius=5)),),
    "village_survey": (
        Rule({"contaminated": "yes"}, Symbol("#f0b429", "#7a4d00", radius=4)),
        Rule({"contaminated": "no"}, Symbol("#ffffff", "#0f5c40", radius=4)),
        Rule({}, Symbol("#ffffff", "#6d675d", radius=4)),
    ),
    "village": (Rule({}, VILLAGE),),
    "admin_area": (Rule({}, Symbol("#000000", "#8b857a", 0.0, width=1)),),
}  # fmt: skip
OVER = (  # what is drawn later lies over what was drawn before; all other kinds between
    "admin_area", "village", "village_survey", "route_status", "land_release_product", "hazardous_area",
)  # fmt: skip
UNCONFIRMED = Symbol("#ffffff", "#9c3d10", 0.0, (1, 1), 2.5, 7)  # danger that was reported and nobody has decided about


def rules_of(kind: str) -> tuple[Rule, ...]:
    """How records of a kind are drawn: the first rule that fits holds, the last one fits all."""
    return RULES.get(kind, (Rule({}, USUAL),))


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields by which records of a kind are drawn in one way or another."""
    return tuple(dict.fromkeys(name for rule in rules_of(kind) for name in rule.where))


def symbol_of(kind: str, values: Mapping[str, Any]) -> Symbol:
    """How a record with these values is drawn."""
    return next(
        rule.symbol for rule in rules_of(kind) if all(values.get(name) == value for name, value in rule.where.items())
    )


def order(kind: str) -> tuple[int, str]:
    """By which kinds are drawn over each other."""
    return (OVER.index(kind) if kind in OVER else len(OVER), kind)
