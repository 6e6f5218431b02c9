"""What is derived from what was stated about an incident or a casualty."""

from collections.abc import Callable, Mapping
from typing import Any

from kambila.domain.incidents.codes import AccidentType, Category, Device
from kambila.domain.incidents.person_codes import PersonCategory, Status

Values = Mapping[str, Any]

BY_DEVICE: dict[Any, str] = {
    Device.AP: AccidentType.MINE,
    Device.API: AccidentType.MINE,
    Device.AV: AccidentType.MINE,
    Device.SUBMUNITION: AccidentType.CLUSTER,
    Device.UXO: AccidentType.UXO_AXO,
    Device.AXO: AccidentType.UXO_AXO,
}
BY_CATEGORY: dict[Any, str] = {
    Category.DEMINING: AccidentType.DEMINING,
    Category.IED: AccidentType.IED,
    Category.STORED_AMMUNITION: AccidentType.STORED_AMMUNITION,
}
BY_STATUS: dict[Any, str] = {
    Status.CIVILIAN: PersonCategory.CIVILIANS,
    Status.MDSF: PersonCategory.MDSF,
    Status.MINUSMA: PersonCategory.PEACEKEEPERS,
    Status.FRENCH_FORCES: PersonCategory.FRENCH_FORCES,
}


def accident_type(values: Values) -> str:
    """The category decides where it can; otherwise the class of the device."""
    by_category = BY_CATEGORY.get(values.get("category"))
    return by_category or BY_DEVICE.get(values.get("device"), AccidentType.OTHER)


def person_category(values: Values) -> str:
    """One of the five published categories; who is none of the first four, or unknown, is among the others."""
    return BY_STATUS.get(values.get("status"), PersonCategory.OTHERS)


def how_many(outcome: str) -> Callable[[Values, list[dict[str, Any]]], int]:
    """A rule that counts the casualties of an incident with that outcome."""

    def count(_own: Values, rows: list[dict[str, Any]]) -> int:
        return sum(row.get("outcome") == outcome for row in rows)

    return count
