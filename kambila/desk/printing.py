"""A view of the map as a PDF on A4: what the account sees in a box, by kind and as of a day, and what a reader must know
of it: legend, scale, north, coordinates, source and date.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from shapely.geometry import shape

from kambila.desk import mapping, undecided
from kambila.desk.days import days as days_of
from kambila.desk.sheet import MILLIMETRES, Bounds, Mark, picture, said_degree, sheet_of, symbol_alone
from kambila.journal import clock, directory
from kambila.publish.documents import pdf
from kambila.publish.features import crs, finding
from kambila.publish.features.asking import Asked
from kambila.publish.features.collections import Collection
from kambila.publish.features.rows import Layout
from kambila.publish.languages import day as said_day
from kambila.publish.languages import number
from kambila.publish.map import countries
from kambila.publish.tiles.layers import in_short
from kambila.publish.tiles.symbols import UNCONFIRMED, Symbol, symbol_of
from kambila.registry import precision

MOST = 5_000  # records of a kind that are drawn
OUTLINES = gettext_lazy("Outlines of countries: Natural Earth; they say nothing on the status of any territory.")
LEGEND_COLUMNS = 3  # on paper that stands; where it lies, the legend stands beside the map
FINE = 0.00001  # degrees to which corners are told
Row = tuple[Mapping[str, Any], Any, bool]  # what is told of a record, its geometry, whether that is only near it


@dataclass(frozen=True)
class View:
    """What is to be printed. `asked` are the fields by which records are chosen, `chosen` the same in words."""

    box: Bounds
    kinds: Sequence[Collection]
    asked: Mapping[str, str] = field(default_factory=dict)
    chosen: str = ""
    day: datetime.date | None = None
    title: str = ""

    @property
    def is_past(self) -> bool:
        return self.day is not None and self.day < clock.now().date()


def printed(account: Any, view: View) -> bytes:
    """The PDF, in the language that is active. Raises Problem for a filter that cannot be read."""
    return pdf("map", gathered(account, view))


def gathered(account: Any, view: View) -> dict[str, Any]:
    """What the template is given: texts, and drawings as SVG."""
    sheet, notes = sheet_of(view.box), []
    marks, legend = [], []
    seen: dict[Collection, set[Symbol]] = {}
    for collection in view.kinds:
        rows, is_whole = _rows(account, collection, view, sheet.bounds)
        marks += [
            Mark(where, symbol_of(collection.kind, said), str(said.get("code") or "")) for said, where, _near in rows
        ]
        seen[collection] = {symbol_of(collection.kind, said) for said, _where, _near in rows}
        notes += _notes(collection, rows, is_whole)
    dangers, left_out = _unconfirmed(account, view, sheet.bounds)
    if left_out:
        notes.append(_("Older reports of danger that are not drawn: %(number)s") % {"number": number(left_out)})
    marks += dangers
    if dangers:
        lines = [{"symbol": symbol_alone(UNCONFIRMED, "area"), "text": _("Danger reported, not decided yet")}]
        legend.append({"title": _("Not confirmed"), "lines": lines})
    for collection in sorted(seen, key=mapping.first_of_all):
        legend += _legend(collection, seen[collection])
    lies = sheet.size[0] > sheet.size[1]
    return {
        **_texts(account, view),
        "lies": lies,
        "wide_mm": sheet.size[0] * MILLIMETRES,
        "picture": picture(sheet, _ground(sheet.bounds), _borders(account, view, sheet.bounds), marks),
        "corners": _corners(sheet.bounds),
        "scale": _("About 1 : %(scale)s in the middle of the sheet") % {"scale": number(sheet.denominator)},
        "legend_title": _("Legend"),
        "legend": _columns(legend, 1 if lies else LEGEND_COLUMNS),
        "notes": [*notes, *([] if marks else [_("Nothing is recorded here that may be shown to you.")])],
    }


def _texts(account: Any, view: View) -> dict[str, Any]:
    node, today = directory.current().node, clock.now().date().isoformat()
    as_of = view.day.isoformat() if view.day is not None else today
    said = {"day": said_day(today), "account": account.username}
    return {
        "language": (translation.get_language() or "en")[:2],
        "programme": node.name,
        "example": _("Example: not a real map") if node.example else "",
        "title": view.title or _("Map"),
        "as_of": _("The registry as of %(day)s") % {"day": said_day(as_of)},
        "chosen": view.chosen,
        "warning": _("A place without a record here is not safe for that: it means only that nothing is known of it."),
        "printed": _("Printed on %(day)s for %(account)s. What was reported since is not in it.") % said,
        "source": _("Source: the registry of %(programme)s.") % {"programme": node.name} + " " + str(OUTLINES),
    }


def _rows(account: Any, collection: Collection, view: View, bounds: Bounds) -> tuple[list[Row], bool]:
    """(the records of a kind on the sheet, whether these are all)."""
    past = _on_the_day(account, collection, view) if view.is_past else None
    if view.is_past and past is None:
        return [], False
    found = past if past is not None else _now(account, collection, view, bounds)
    frame = shapely.box(*bounds)
    rows: list[Row] = []
    for said, where, is_near in found:
        if where.intersects(frame):
            if len(rows) == MOST:
                return rows, False
            rows.append((said, where, is_near))
    return rows, True


def _now(account: Any, collection: Collection, view: View, bounds: Bounds) -> Iterator[Row]:
    layout = Layout(collection, [])
    found = finding.asked_for(account, collection, _asked(view, (bounds,)), walking=False).order_by("pk")
    for _id, said, where in in_short(layout, found.values_list(*layout.columns)[: MOST + 1], clock.now().date()):
        if where is not None:
            is_near = isinstance(where, tuple)
            geometry = shapely.Point(where) if is_near else shapely.from_wkb(where)
            yield said, geometry if geometry.is_valid else shapely.make_valid(geometry), is_near


def _on_the_day(account: Any, collection: Collection, view: View) -> list[Row] | None:
    """The states that held on the day, None where there are too many; of what has an outline the mark is left out."""
    assert view.day is not None
    told = json.loads(days_of(account, collection, _asked(view), finding.head(collection)))
    if told.get("too_many"):
        return None
    number_, middles = (
        (view.day - datetime.date(1970, 1, 1)).days,
        [list(each) for each in precision.middles().values()],
    )
    held = [each for each in told["features"] if each["properties"]["from"] <= number_ < each["properties"]["to"]]
    outlined = {each["properties"]["id"] for each in held if each["geometry"]["type"] != "Point"}
    return [
        (each["properties"], shape(each["geometry"]), each["geometry"]["coordinates"] in middles)
        for each in held
        if each["geometry"]["type"] != "Point" or each["properties"]["id"] not in outlined
    ]


def _asked(view: View, boxes: tuple[Bounds, ...] = ()) -> Asked:
    return Asked(dict(sorted(view.asked.items())), 0, (), None, crs.CRS84, boxes, crs.CRS84, "")


def _legend(collection: Collection, shown: set[Symbol]) -> list[dict[str, Any]]:
    """The symbols of a kind that are on the sheet, with what they mean."""
    found = []
    for group in mapping.legend([collection]):
        lines = [each for each in group["lines"] if each["symbol"] in shown]
        told = [
            {"symbol": symbol_alone(each["symbol"], each["form"]), "text": each["text"] or group["title"]}
            for each in lines
        ]
        found += [{"title": group["title"], "lines": told}] if told else []
    return found


def _columns(legend: Sequence[dict[str, Any]], number_: int) -> list[list[dict[str, Any]]]:
    """The groups of the legend, in their order, in columns of about the same length."""
    heights = [len(group["lines"]) + 1 for group in legend]
    columns: list[list[dict[str, Any]]] = [[] for _each in range(number_)]
    for place, group in enumerate(legend):
        columns[sum(heights[:place]) * number_ // sum(heights)].append(group)
    return columns


def _notes(collection: Collection, rows: Sequence[Row], is_whole: bool) -> list[str]:
    title = collection.model._meta.verbose_name_plural
    found = []
    if not is_whole and rows:
        words = _("Of the %(kind)s only %(most)s are drawn; choose a smaller piece for all of them.")
        found.append(words % {"kind": title, "most": number(MOST)})
    elif not is_whole:
        found.append(_("The %(kind)s are too many to go back to that day: none of them is drawn.") % {"kind": title})
    if any(is_near for _said, _where, is_near in rows):
        found.append(
            _("Some %(kind)s are drawn in the middle of their commune: their exact place is not open to you.")
            % {"kind": title}
        )
    return found


def _unconfirmed(account: Any, view: View, bounds: Bounds) -> tuple[list[Mark], int]:
    """(the marks of danger that nobody has decided about, how many further reports of danger there are)."""
    told, left_out = undecided.of(account, [each.kind for each in view.kinds])
    until = view.day.isoformat() if view.day is not None else "9999"
    frame, found = shapely.box(*bounds), []
    for each in told:
        where = _readable(each["geometry"])
        if where is not None and where.intersects(frame) and each["properties"]["from"] <= until:
            found.append(Mark(where, UNCONFIRMED, each["properties"]["code"]))
    return found, left_out


def _readable(stated: Any) -> Any:
    """What a report states, mended where it crosses itself; None for what cannot be read."""
    try:
        return shapely.make_valid(shape(stated))
    except Exception:  # shapely raises several kinds for malformed coordinates
        return None


def _ground(bounds: Bounds) -> list[Any]:
    frame = shapely.box(*bounds)
    return [each for each in countries() if each.intersects(frame)]


def _borders(account: Any, view: View, bounds: Bounds) -> list[Any]:
    """Outlines of régions, cercles and communes, which everyone may see."""
    found = next((each for each in mapping.drawn_kinds(account) if each.kind == "admin_area"), None)
    if found is None or found in view.kinds:
        return []
    rows = _now(account, found, View(view.box, ()), bounds)
    return [where for _said, where, _near in rows if where.geom_type != "Point"]


def _corners(bounds: Bounds) -> str:
    west, south, east, north = bounds
    at = [(south, True), (west, False), (north, True), (east, False)]
    said = [said_degree(value, FINE, is_latitude=is_latitude) for value, is_latitude in at]
    return _("From %(a)s, %(b)s to %(c)s, %(d)s (WGS 84)") % dict(zip("abcd", said, strict=True))
