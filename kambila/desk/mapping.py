"""What a map on a page is told: which kinds it draws and how, where their tiles are, what is not confirmed, its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import numpy
from django.templatetags.static import static
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kambila.desk import undecided
from kambila.publish.features import crs, finding
from kambila.publish.features.asking import Asked
from kambila.publish.features.collections import Collection, of
from kambila.publish.features.documents import extent
from kambila.publish.tiles import matrix, styling, symbols
from kambila.publish.tiles.documents import FINEST
from kambila.publish.tiles.marks import marks_of
from kambila.registry import access, precision
from kambila.registry.fields import Code, YesNo
from kambila.registry.gazetteer import LEVELS, names_of
from kambila.registry.kinds import kinds
from kambila.registry.models import Record

FIRST = ("hazardous_area", "incident", "spot_task", "route_status")  # what a map shows when nobody has chosen
QUOTE = "'"
Told = dict[str, Any]


def drawn_kinds(account: Any) -> list[Collection]:
    """The kinds with a place of which the account may see some records, in the order in which they are drawn."""
    placed = [kind for kind, model in kinds().items() if precision.shapes(model)]
    return [of(account, kind) for kind in sorted(placed, key=symbols.order)]


def first_of_all(collection: Collection) -> tuple[int, str]:
    """By which lists and legends are sorted: what is looked for most comes first."""
    return (FIRST.index(collection.kind) if collection.kind in FIRST else len(FIRST), collection.kind)


def told(account: Any, chosen: Sequence[Collection], asked: Mapping[str, str], view: Told | None = None) -> Told:
    """The whole configuration of a map; `asked` are the fields by which records are chosen, where a kind has them."""
    return {
        **ground(),
        "places": {"tiles": _tiles("admin_area", {}), "layers": _places()},
        "kinds": [_kind(each, asked) for each in chosen],
        "unconfirmed": undecided.address([each.kind for each in chosen]),
        **(view or {}),
    }


def ground() -> Told:
    """What every map has, and all that it has without a line: the outlines of countries, where it opens, its words."""
    return {
        "basemap": static("bundle/basemap.json"),
        "bounds": list(extent()),
        "ground": styling.ground(),
        "kinds": [],
        "finest": FINEST,
        "words": words(),
    }


def whole(account: Any, chosen: Sequence[Collection], asked: Mapping[str, str]) -> Told:
    """The view in which everything lies that is chosen; nothing, for the whole programme, where all is shown."""
    if not asked:
        return {}
    marks = [marks_of(account, each, asking(asked), finding.head(each)).at for each in chosen]
    if not sum(map(len, marks)):
        return {}
    found = matrix.degrees(numpy.concatenate(marks))
    (west, south), (east, north) = found.min(axis=0), found.max(axis=0)
    return {"view": [float(west), float(south), float(east), float(north)]}


def asking(asked: Mapping[str, str], limit: int = 0) -> Asked:
    """The question for all records of a kind that have these values."""
    return Asked(dict(sorted(asked.items())), limit, (), None, crs.CRS84, (), crs.CRS84, "")


def fits(collection: Collection, asked: Mapping[str, str]) -> bool:
    """Whether the records of a kind can be chosen by these fields at all."""
    return all(name in collection.asked for name in asked)


def _kind(collection: Collection, asked: Mapping[str, str]) -> Told:
    kind = collection.kind
    return {
        "kind": kind,
        "title": capfirst(str(collection.model._meta.verbose_name_plural)),
        "tiles": _tiles(kind, asked),
        "days": f"{reverse('map-days', args=[kind])}{_query(asked)}",
        "layers": styling.layers(kind, kind),
        "title_field": collection.model.title_field,
        "values": _values(collection),
    }


def _tiles(kind: str, asked: Mapping[str, str]) -> str:
    return f"{reverse('ogc-collection-tileset', args=[kind, matrix.NAME])}/{{z}}/{{y}}/{{x}}{_query(asked)}"


def _query(asked: Mapping[str, str]) -> str:
    return f"?{urlencode(asked)}" if asked else ""


def _places() -> list[Told]:
    """The outlines of régions and cercles, thin, under everything."""
    return [each for each in styling.layers("admin_area", "places") if each["type"] == "line"]


def _values(collection: Collection) -> dict[str, dict[str, Any]]:
    """By field what its codes are called."""
    found = {}
    for name in symbols.fields_of(collection.kind):
        field = collection.field(name)
        if isinstance(field, Code):
            found[name] = {"title": str(field.verbose_name), "codes": {str(c): str(w) for c, w in field.choices or ()}}
    return found


def legend(chosen: Sequence[Collection]) -> list[Told]:
    """For each kind its symbols with what they mean."""
    return [
        {
            "title": capfirst(str(each.model._meta.verbose_name_plural)),
            "lines": [
                {"symbol": rule.symbol, "text": _meaning(each, rule), "form": form_of(each.model)}
                for rule in symbols.rules_of(each.kind)
            ],
        }
        for each in chosen
    ]


def form_of(model: type[Record]) -> str:
    """How the records of a kind lie on a map: as areas (and their marks), as lines, or as marks alone."""
    first: Any = model._meta.get_field(precision.shapes(model)[0])
    return "line" if "LineString" in first.types else "area" if first.has_area else "mark"


def _meaning(collection: Collection, rule: symbols.Rule) -> str:
    if not rule.where:
        return _("all others") if len(symbols.rules_of(collection.kind)) > 1 else ""
    said = []
    for name, value in rule.where.items():
        field: Any = collection.field(name)
        word = str(dict(field.choices or ()).get(value, value))
        said.append(f"{capfirst(str(field.verbose_name))} {word}" if isinstance(field, YesNo) else word)
    return ", ".join(said)


def operators(account: Any) -> list[tuple[str, str]]:
    """The organisations that the account sees: (id, name)."""
    found: Any = access.visible(account, kinds()["organisation"])
    return [(each.id, each.title or str(each)) for each in found.order_by("title", "id")]


def in_words(account: Any, asked: Mapping[str, str], chosen: Sequence[Collection]) -> str:
    """By what records were chosen: the name of the place, of the organisation, of the status."""
    places = names_of(code for name, code in asked.items() if name in LEVELS)
    known = dict(operators(account)) if "operator" in asked else {}
    statuses: Any = [each.field("status").choices for each in chosen] if "status" in asked else []
    said = {str(code): str(word) for choices in statuses for code, word in choices or ()}
    return " · ".join({**places, **known, **said}.get(value, value) for value in asked.values())


def in_cql2(asked: Mapping[str, str]) -> str:
    """The same question as a filter of the OGC API and of files."""
    return " AND ".join(f"{name} = '{value.replace(QUOTE, QUOTE * 2)}'" for name, value in asked.items())


def words() -> dict[str, str]:
    """What every map says, by key, with places in braces."""
    return {
        "map": _("Map"),
        "unconfirmed": _("Reported, not yet confirmed"),
        "zoom_in": _("Nearer"),
        "zoom_out": _("Farther"),
        "here": _("Middle of the map"),
        "pointer": _("Pointer"),
        "failed": _("The map could not fetch everything. What it does not show may be there all the same."),
        "close": _("Close"),
    }


def tool_words() -> dict[str, str]:
    """What measuring and the slider of days say besides."""
    return {
        "measure": _("Measure"),
        "measure_end": _("End measuring"),
        "measure_hint": _("Click points on the map, or move the map and press Enter."),
        "length": _("{km} km"),
        "area": _("{m2} m² within"),
        "today": _("today"),
        "too_many": _("{title}: too many records to go back day by day. Choose a place first."),
        "loading": _("Fetching …"),
    }
