"""How the value of a field reads on a page. Generic: it knows types of fields, never a kind."""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from django.apps import apps
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from shapely.geometry.base import BaseGeometry

from kambila.registry import access
from kambila.registry.fields import Code, Codes, Link, Links, Moment, Number, PartialDate, Shape, Stated, Whole
from kambila.registry.models import Record, kind_of, stated_fields


@dataclass(frozen=True)
class Target:
    """A record that another one links to, as far as the account may know it."""

    kind: str
    code: str
    title: str

    @property
    def text(self) -> str:
        return " ".join(filter(None, (self.code, self.title)))


class Targets:
    """Linked records that the account sees, looked up with one query for each kind, however many rows link to them."""

    def __init__(self, account: Any, wanted: Mapping[type[Record], set[str]]) -> None:
        self._found: dict[tuple[str, str], Target] = {}
        for model, ids in wanted.items():
            if ids:
                self._look_up(account, model, ids)

    def _look_up(self, account: Any, model: type[Record], ids: set[str]) -> None:
        kind, title = kind_of(model), model.title_field
        columns = ["id", "code", "shown_tier", *([title] if title else [])]
        tier = access.tier_of(stated_fields(model)[title], model) if title else ""
        for row in access.visible(account, model).filter(pk__in=ids).values(*columns):
            known = title and access.TIERS.index(tier) <= access.TIERS.index(row["shown_tier"])
            called = row[title] or "" if known else ""
            self._found[kind, row["id"]] = Target(kind, row["code"] or row["id"][:8], called)

    def get(self, model: type[Record], id: str) -> Target | None:
        return self._found.get((kind_of(model), id))


def targets_of(account: Any, model: type[Record], records: Iterable[Record], names: Iterable[str]) -> Targets:
    """What the fields of these records link to."""
    wanted: dict[type[Record], set[str]] = defaultdict(set)
    links = {name: to for name in names if (to := linked_model(model._meta.get_field(name))) is not None}
    for record in records:
        for name, to in links.items():
            wanted[to].update(linked_ids(record, name))
    return Targets(account, wanted)


def title_of(model: type[Record], name: str) -> Any:
    """What a field is called."""
    field: Any = model._meta.get_field(name)
    return field.verbose_name


def linked_model(field: Any) -> type[Record] | None:
    """The kind that a link, or a field of several links, names."""
    if isinstance(field, Link):
        linked: Any = field.related_model
        return linked
    return apps.get_model(field.to) if isinstance(field, Links) and field.to else None


def linked_ids(record: Record, name: str) -> tuple[str, ...]:
    """The ids that a link, or a field of several links, of a record holds."""
    field: Any = record._meta.get_field(name)
    value = getattr(record, field.attname)
    return tuple(value or ()) if isinstance(field, Links) else (value,) if value else ()


def shown(record: Record, name: str, targets: Targets, brief: bool = False) -> str | SafeString:
    """The value of a field of a record, in the reader's language; empty when it is not known."""
    field: Any = record._meta.get_field(name)
    to = linked_model(field)
    if to is not None:
        return format_html_join(", ", "{}", ((link(to, id, targets),) for id in linked_ids(record, name)))
    value = getattr(record, field.attname)
    if value is None or value == "":
        return ""
    if isinstance(field, Shape):
        return shape(value, getattr(record, f"{name}_area_m2", None), brief)
    return said(field, value)


def said(field: Stated, value: Any) -> str:
    """A plain value, stated or read, of a field that is neither link nor geometry."""
    if isinstance(field, Codes):
        labels: Mapping[str, Any] = dict(field.codes.choices) if field.codes else {}
        several = value.split() if isinstance(value, str) else value
        return ", ".join(str(labels.get(each, each)) for each in several)
    if isinstance(field, Code):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, PartialDate):
        return partial_date(value)
    if isinstance(field, Moment):
        return moment(value)
    if isinstance(field, Whole | Number):
        return number(value)
    return str(value)


def number(value: Any) -> str:
    """A number with its thousands set apart, as the reader's language does it, with a minus that no line breaks after."""
    return str(number_format(value, use_l10n=True, force_grouping=True)).replace("-", "−")


def partial_date(text: str) -> str:
    """``2014-06-20`` is 20 June 2014, ``2014-06`` June 2014; what is no date is shown as it is."""
    try:
        if len(text) == 10:
            return date_format(datetime.date.fromisoformat(text), "j F Y")
        return date_format(datetime.date.fromisoformat(f"{text}-01"), "F Y") if len(text) == 7 else text
    except ValueError:
        return text


def moment(text: str) -> str:
    """A UTC time as the journal writes it: day and minute."""
    return f"{day(text[:10])}, {text[11:16]}" if len(text) > 15 else text


def day(text: str) -> str:
    """A day in little room: 20 Feb. 2014."""
    try:
        return date_format(datetime.date.fromisoformat(text), "j N Y")
    except ValueError:
        return text


def shape(wkb: bytes, area_m2: Any, brief: bool) -> str | SafeString:
    """Where a point lies, or how large an area is; with a drawing of its outline unless it is to be brief."""
    geometry = shapely.from_wkb(bytes(wkb))
    if geometry.geom_type == "Point":
        return degrees(geometry.y, geometry.x)
    size = f"{number(area_m2)} m²" if area_m2 is not None else _("a line")
    return size if brief else format_html("{}<br>{}", size, outline(geometry))


def outline(geometry: BaseGeometry, side: int = 160) -> SafeString:
    """A small drawing, north up, without a scale: what a reader recognises an area by."""
    west, south, east, north = geometry.bounds
    squeeze = max(0.05, math.cos(math.radians((south + north) / 2)))
    scale = (side - 8) / max((east - west) * squeeze, north - south, 1e-9)
    paths = "".join(
        "M" + "L".join(f"{4 + (x - west) * squeeze * scale:.1f},{4 + (north - y) * scale:.1f}" for x, y in ring)
        for ring in _rings(geometry)
    )
    return format_html(
        '<svg viewBox="0 0 {0} {0}" width="{0}" height="{0}" role="img" aria-label="{1}">'
        '<path d="{2}" fill="{3}" fill-rule="evenodd" stroke="#1e2124" stroke-width="1.5"/></svg>',
        side,
        _("outline, north up"),
        paths,
        "none" if "Line" in geometry.geom_type else "#fbf0e8",
    )


def _rings(geometry: BaseGeometry) -> list[list[tuple[float, float]]]:
    parts = getattr(geometry, "geoms", [geometry])
    rings = []
    for part in parts:
        lines = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        rings += [[(x, y) for x, y, *_rest in line.coords] for line in lines]
    return rings


def degrees(latitude: float, longitude: float) -> str:
    """A position as people write it: 16.27000° N, 0.04000° W."""
    north = pgettext("north", "N") if latitude >= 0 else pgettext("south", "S")
    east = pgettext("east", "E") if longitude >= 0 else pgettext("west", "W")
    return f"{abs(latitude):.5f}° {north}, {abs(longitude):.5f}° {east}"


def link(to: type[Record], id: str, targets: Targets) -> str | SafeString:
    target = targets.get(to, id)
    if target is None:
        return _("a record that is not known, or not open to you")
    return format_html('<a href="{}">{}</a>', reverse("record", args=[target.kind, id]), target.text)


def entry_link(id: str) -> SafeString:
    """A link to an entry, by the beginning of its id."""
    return format_html('<a class="hash" href="{}">{}</a>', reverse("entry", args=[id]), id[:13])
