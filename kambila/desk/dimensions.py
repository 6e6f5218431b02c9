"""Breakdowns in the reader's words: the title of a dimension, and of each of its cells."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kambila.desk import values
from kambila.figures.definitions import Figure
from kambila.figures.evaluate import parts
from kambila.registry.fields import PartialDate
from kambila.registry.kinds import kinds


def title_of(figure: Figure, dimension: str) -> str:
    """What a dimension is: the title of the field that its path ends in, or year and month."""
    field = _field(figure, dimension)
    if field is None:
        return {"year": _("year"), "month": _("month")}.get(dimension, dimension)
    return str(field.verbose_name)


def cell_label(figure: Figure, dimension: str, cell: str | None) -> str:
    """What a cell is: the label of a code, the name of a month; unknown for what was not known."""
    if cell is None or cell in ("", "unknown"):
        return _("unknown")
    field = _field(figure, dimension)
    if field is None or isinstance(field, PartialDate):
        return values.partial_date(cell)
    return values.said(field, cell)


def _field(figure: Figure, dimension: str) -> Any:
    first = parts(figure)[0]
    path = first.by.get(dimension)
    if path is None or not first.kind:
        return None
    model, field = kinds()[first.kind], None
    for name in path.split("__"):
        field = model._meta.get_field(name)
        model = getattr(field, "related_model", None) or model
    return field
