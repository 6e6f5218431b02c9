"""Values of a difference: kept as plain JSON, and told in the reader's language when they are shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import shapely
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kambila.registry import access
from kambila.registry.fields import Code, Codes, Number, PartialDate, Shape, Whole
from kambila.registry.geometry import area_m2
from kambila.registry.kinds import model_of, plan_of

INFORMATION = "information_date"  # a difference in the date of information itself


class Names:
    """Makes values plain; what a link leads to is named by its code, if the account sees it."""

    def __init__(self, account: Any) -> None:
        self._account = account
        self._codes: dict[tuple[str, str], str] = {}

    def plain(self, kind: str, name: str, value: Any) -> Any:
        """A value as read, as JSON: numbers with decimals as text, dates as text, links as codes, geometries in short."""
        if value is None or name == INFORMATION:
            return value
        field, plan = model_of(kind)._meta.get_field(name), plan_of(kind)
        linked = plan.links.get(name) or plan.several.get(name)
        if linked:
            return ", ".join(self._code(linked, id) for id in ([value] if isinstance(value, str) else value))
        if isinstance(field, Shape):
            return _in_short(getattr(value, "wkb", value))
        if isinstance(field, PartialDate):
            return value[0]
        return list(value) if isinstance(value, tuple) else str(value) if isinstance(value, Decimal) else value

    def _code(self, kind: str, id: str) -> str:
        if (kind, id) not in self._codes:
            found = access.visible(self._account, model_of(kind)).filter(pk=id).values_list("code", flat=True).first()
            self._codes[kind, id] = found or id[:8]
        return self._codes[kind, id]


def _in_short(wkb: bytes) -> dict[str, Any]:
    shape = shapely.from_wkb(bytes(wkb))
    if shape.geom_type == "Point":
        return {"longitude": shape.x, "latitude": shape.y}
    return {"m2": float(area_m2(shape))} if shape.geom_type.endswith("Polygon") else {"m2": None}


def field_title(kind: str, name: str) -> str:
    """What a field is called."""
    if name == INFORMATION:
        return _("Date of information")
    if not name:
        return ""
    field: Any = model_of(kind)._meta.get_field(name)
    return capfirst(str(field.verbose_name))


def kind_title(kind: str) -> str:
    return capfirst(str(model_of(kind)._meta.verbose_name))


def shown(kind: str, name: str, value: Any) -> str:
    """A plain value in the reader's language."""
    if value is None:
        return _("not known")
    field: Any = None if name == INFORMATION else model_of(kind)._meta.get_field(name)
    if isinstance(value, dict):
        if "longitude" in value:
            return f"{value['latitude']:.6f}, {value['longitude']:.6f}"
        return f"{number(value['m2'])} m²" if value["m2"] is not None else _("another line")
    if isinstance(field, Codes):
        labels = dict(field.codes.choices) if field.codes else {}
        return ", ".join(str(labels.get(each, each)) for each in value)
    if isinstance(field, Code):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, Number | Whole):
        return number(value)
    return str(value)


def number(value: Any) -> str:
    """Thousands set apart as the reader's language does it; no decimals for what has none."""
    value = Decimal(str(value))
    rounded = value.quantize(Decimal(1)) if value == value.to_integral_value() or abs(value) >= 100 else value
    return str(number_format(rounded, use_l10n=True, force_grouping=True))
