"""Where records are, in a lake for somebody from whom the geometry of some of them is kept: see `registry.precision`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kambila.registry import precision
from kambila.registry.gazetteer import LEVELS
from kambila.registry.models import Record

PLACE, PRECISION = "place", "place_precision"
COLUMNS = (PLACE, PRECISION)
LEVELS_READ = {f"lake_{level}": level for level in LEVELS}  # names under which the codes of places are read


def are_told(model: type[Record], tiers: Sequence[str]) -> bool:
    """Whether somebody who is shown so much is told the places of a kind less precisely than they are known."""
    return any(precision.is_blurred(model, shown) for shown in tiers)


def told(model: type[Record], found: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """The columns :data:`COLUMNS` of a chunk: WKB, and `exact` or the level whose middle it is."""
    import shapely

    shapes = {
        shown: [found[name] for name in precision.open_shapes(model, shown)] for shown in set(found["shown_place"])
    }
    places: list[Any] = []
    levels: list[str | None] = []
    for number, shown in enumerate(found["shown_place"]):
        own = next((values[number] for values in shapes[shown] if values[number] is not None), None)
        middle = None
        if own is None and precision.is_blurred(model, shown):
            middle = precision.middle_of(*(found[name][number] for name in LEVELS_READ))
        places.append(own if middle is None else shapely.to_wkb(shapely.Point(middle[1])))
        levels.append(middle[0] if middle else precision.EXACT if own is not None else None)
    return {PLACE: places, PRECISION: levels}
