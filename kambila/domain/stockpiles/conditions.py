"""The table of condition groups. It ships unverified: nothing that it says of a lot may read as safe.

The letters are those recalled from IATG 03.10, whose text could not be read. A programme that holds the text enters its
own rows with `verified` true and the edition it read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kambila.domain.stockpiles.stock_codes import Condition, Restriction
from kambila.registry.fields import YesNoUnknown


@dataclass(frozen=True, slots=True)
class Row:
    """One condition group: whether such stock may be issued, and whether anyone has checked that with the source."""

    condition: str
    serviceable: bool
    source: str
    edition: str = ""
    verified: bool = False


TABLE = {
    row.condition: row
    for row in (
        Row(Condition.A, True, "IATG 03.10"),
        Row(Condition.B, False, "IATG 03.10"),
        Row(Condition.C, False, "IATG 03.10"),
        Row(Condition.D, False, "IATG 03.10"),
    )
}


def serviceable(values: Mapping[str, Any], table: Mapping[str, Row] = TABLE) -> str:
    """Whether a lot may be issued: "no" when anything says so, "yes" only from a verified row, else "unknown"."""
    row = table.get(values.get("condition") or "")
    if values.get("restriction") == Restriction.BAN or (row and not row.serviceable):
        return YesNoUnknown.NO
    if row and row.verified and values.get("restriction") == Restriction.NONE:
        return YesNoUnknown.YES
    return YesNoUnknown.UNKNOWN
