"""What the left and the right side of a stretch of road add up to (rule of the IMSMA road assessment)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kambila.domain.places.codes import SectorResult, SideResult


def sector_result(values: Mapping[str, Any]) -> str | None:
    """Positive where either side is; negative only where both are; else unknown. None where no side was spoken of."""
    sides = {values.get("left_side"), values.get("right_side")}
    if sides == {None}:
        return None
    if SideResult.POSITIVE in sides:
        return SectorResult.POSITIVE
    return SectorResult.NEGATIVE if sides == {SideResult.NEGATIVE} else SectorResult.UNKNOWN
