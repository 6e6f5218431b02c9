"""What a sample of finished land says of its lot (IMAS 07.40, which took over 09.20; unverified: no table was read).

The table below is a proposal of ours, to be replaced by that of the national standard. It can only keep a lot from being
accepted; that a sample was as large as it asks for says nothing of what was not inspected.
"""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from kambila.registry.fields import YesNoUnknown

CENT = Decimal("0.01")
TABLE = ((1_000, 10), (5_000, 8), (20_000, 6), (100_000, 5), (None, 3))  # lots up to so many m²: percent; unverified
METRE = Decimal(1)


def sample_percent(values: Mapping[str, Any]) -> Decimal | None:
    """Share of the lot that was inspected, in percent."""
    lot, sample = values.get("lot_m2"), values.get("sample_m2")
    if not lot or sample is None:
        return None
    return (Decimal(str(sample)) / Decimal(str(lot)) * 100).quantize(CENT)


def sample_needed_m2(values: Mapping[str, Any]) -> Decimal | None:
    """The sample that the table asks for, in whole m²; None where no lot is stated.

    A larger lot never needs less than the largest lot of the step before it.
    """
    lot = values.get("lot_m2")
    if not lot:
        return None
    needed, before = Decimal(0), Decimal(0)
    for limit, percent in TABLE:
        within = limit is None or lot <= limit
        size = Decimal(str(lot)) if within else Decimal(str(limit))
        needed = max(before, size * percent / 100)
        if within:
            break
        before = needed
    return needed.quantize(METRE, ROUND_FLOOR)


def sample_enough(values: Mapping[str, Any]) -> str | None:
    """Whether the sample was as large as the table asks for; None where nothing was sampled."""
    needed, sample = sample_needed_m2(values), values.get("sample_m2")
    if needed is None or sample is None:
        return None
    return YesNoUnknown.YES if Decimal(str(sample)) >= needed else YesNoUnknown.NO


def lot_decision(values: Mapping[str, Any]) -> str | None:
    """Whether finished land is accepted by its sample.

    None where nothing was sampled. Anything critical found, or a visit that failed, rejects the whole lot; it is accepted
    only where the sample was large enough and inspected, the number of critical findings is known to be none and the visit
    was passed.
    """
    if values.get("visit_type") != "control" and values.get("sample_m2") is None:
        return None
    if (values.get("critical_findings") or 0) > 0 or values.get("result") == "failed":
        return "rejected"
    enough = (values.get("sample_m2") or 0) > 0 and sample_enough(values) == YesNoUnknown.YES
    return (
        "accepted"
        if enough and values.get("critical_findings") == 0 and values.get("result") == "passed"
        else "undecided"
    )


def reclear_m2(values: Mapping[str, Any]) -> Decimal | None:
    """What must be cleared again: the whole lot that was rejected; nothing of one that was accepted; else unknown."""
    lot, decision = values.get("lot_m2"), lot_decision(values)
    if decision == "accepted":
        return Decimal(0)
    return Decimal(str(lot)) if decision == "rejected" and lot is not None else None
