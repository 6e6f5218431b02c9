"""What the dimensions of a figure and their cells are called.

A frozen breakdown holds values of fields as they stand in the registry. Only those leave that are in a code list, that
are public by themselves, or that are codes of places; whatever else somebody may have typed is told as "other".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from kambila.figures.expressions import CALENDAR, UNKNOWN
from kambila.figures.paths import follow
from kambila.publish.countries import name_of
from kambila.publish.languages import day
from kambila.registry import access
from kambila.registry.fields import PUBLIC, Code, Codes, Stated
from kambila.registry.kinds import kinds

OTHER = "other values"
PLACES = ("adm1", "adm2", "adm3")
PCODE = re.compile(r"[A-Z]{2}\d{2,8}")
PERIOD = re.compile(r"\d{4}(-\d{2})?(-\d{2})?")


def field_of(definition: Mapping[str, Any], by: str) -> models.Field[Any, Any] | None:
    """The field that a breakdown of a frozen definition names; None for years and months, and for what is gone."""
    path = definition["by"].get(by)
    if not path:
        return None
    try:
        return kinds()[follow(definition["kind"], path).kind]._meta.get_field(path.rpartition("__")[2])  # type: ignore[return-value]
    except (ValueError, KeyError):
        return None


def dimension(definition: Mapping[str, Any], by: str) -> str:
    """What a breakdown is called in the language that is active."""
    calendar = {"year": _("year"), "month": _("month")}
    field = field_of(definition, by)
    return str(field.verbose_name) if field is not None else calendar.get(by, by)


def is_place(definition: Mapping[str, Any], by: str) -> bool:
    """Whether the cells are codes of administrative areas."""
    field = field_of(definition, by)
    return field is not None and field.name in PLACES


def may_leave(field: models.Field[Any, Any] | None, by: str, cell: str) -> bool:
    """Whether the text of a cell may be read by anybody."""
    if cell == UNKNOWN:
        return True
    if field is None:
        return by in CALENDAR and bool(PERIOD.fullmatch(cell))
    if field.name in PLACES:
        return bool(PCODE.fullmatch(cell))
    codes = _codes(field)
    if codes is not None:
        return set(cell.split()) <= set(codes)
    return isinstance(field, Stated) and access.tier_of(field, field.model) == PUBLIC  # type: ignore[arg-type]


def label(field: models.Field[Any, Any] | None, cell: str, places: Mapping[str, str]) -> str:
    """What a cell is called in the language that is active. `places` are names by P-code."""
    if cell == UNKNOWN:
        return _("not known")
    if cell == OTHER:
        return _("other")
    if field is None:
        return day(cell)
    if field.name in PLACES:
        return places.get(cell, cell)
    codes = _codes(field)
    return ", ".join(str(codes[each]) for each in cell.split()) if codes is not None else name_of(cell)


def _codes(field: models.Field[Any, Any]) -> Mapping[str, Any] | None:
    """The code list of a field, if it has one."""
    if isinstance(field, Code | Codes) and field.codes is not None:
        return dict(field.codes.choices)
    return None
