"""From what a cell holds to what a field states: numbers, dates, codes, several values, links, positions.

What cannot be understood is stated as it was written, for the checks to name; it never becomes a value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any

from django.utils import translation

from kambila.intake.sheets import coordinates
from kambila.intake.sheets.profile import Profile, Source
from kambila.intake.values import UNKNOWN, target_kind
from kambila.registry.fields import Code, Codes, Link, Links, Moment, Number, PartialDate, Several, Shape, Stated, Text
from kambila.registry.fields import Whole as WholeNumber

LANGUAGES = ("en", "fr")
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
DAY = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ].*)?")
MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
MONTH_FIRST = re.compile(r"(\d{1,2})[-/.](\d{4})")
YES = {
    "true": "yes",
    "false": "no",
    "1": "yes",
    "0": "no",
    "y": "yes",
    "n": "no",
    "o": "yes",
    "oui": "yes",
    "non": "no",
}
SPACES = re.compile(r"[\s\u00a0\u202f]")
LONGEST = 250
REMEMBERED = 10_000  # texts of a column
Cells = Mapping[str, Any]
Resolve = Callable[[str, str], str | None]


def text_of(cell: Any) -> str:
    """A cell as text, trimmed; a number as a person writes it."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    return str(cell)


def said(source: Source, cells: Cells) -> str:
    """The text that a source finds in a row; empty when there is none."""
    if not source.columns:
        return source.value
    if len(source.columns) == 1:
        text = text_of(cells.get(source.columns[0])) or source.value
        return text[: source.first] if source.first else text
    return source.join.join(each for name in source.columns if (each := text_of(cells.get(name)))) or source.value


def state(field: Stated, source: Source, cells: Cells, geometry: Any, profile: Profile, resolve: Resolve) -> Any:
    """The JSON value that a row states for a field; ... for nothing, None for *stated unknown*.

    Raises ValueError with a sentence for a position that cannot be computed.
    """
    cell = cells.get(source.only) if source.only else None
    if type(cell) is str and cell in source.known:
        return source.known[cell]
    if isinstance(field, Shape):
        return _shape(field, source, cells, geometry)
    stated = _stated(field, source, cells, profile, resolve)
    if type(cell) is str and not isinstance(field, Several | Link):
        if len(source.known) >= REMEMBERED:
            source.known.clear()
        source.known[cell] = stated
    return stated


def _stated(field: Stated, source: Source, cells: Cells, profile: Profile, resolve: Resolve) -> Any:
    if isinstance(field, PartialDate):
        text = date(source, cells, profile.dates)
        return ... if text == "" else None if text == UNKNOWN else text
    text = said(source, cells)
    text = source.codes.get(text.casefold(), text) if source.codes else text
    if text == "":
        return ...
    if isinstance(field, Several):
        return _several(field, text, source, resolve)
    if isinstance(field, Code):
        return code(field, text)
    if text == UNKNOWN and not isinstance(field, Text):
        return None
    if isinstance(field, Link):
        return link(target_kind(field), text, resolve)
    if isinstance(field, WholeNumber | Number):
        return _number(field, text, source.times, profile.decimal)
    return text[:LONGEST] if isinstance(field, Moment) else text


def code(field: Code | Codes, text: str) -> str | None:
    """The code that a text means: itself, or the code whose label it is in either language."""
    if field.codes is None:
        return text[:40]
    known = _words(field.codes)
    found = known.get(text) or known.get(folded(text))
    if found is None:
        return None if text == UNKNOWN else text[:LONGEST]
    return found


@cache
def _words(codes: Any) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            words |= {folded(str(label)): str(value) for value, label in codes.choices}
    words |= {folded(value): value for value in codes.values}
    words |= {value: value for value in codes.values}
    if set(codes.values) == {"yes", "no", "unknown"}:
        words |= YES
    return words


@lru_cache(maxsize=10_000)
def folded(text: str) -> str:
    """Without accents, case and signs: “Mine/REG” and “mine reg” are one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).split())


def link(kind: str, text: str, resolve: Resolve) -> str:
    """The UUID of the record that a text names by UUID or by code; what is not known stays as it was written."""
    return text.lower() if UUID.fullmatch(text) else resolve(kind, text) or text[:LONGEST]


def _several(field: Several, text: str, source: Source, resolve: Resolve) -> list[str] | None:
    if text == UNKNOWN and not (isinstance(field, Codes) and field.codes and UNKNOWN in field.codes.values):
        return None
    if source.split:
        parts = text.split(source.split)
    elif re.search(r"[;,|\n]", text):
        parts = re.split(r"[;,|\n]", text)
    else:
        parts = (
            [text] if isinstance(field, Codes) and field.codes and folded(text) in _words(field.codes) else text.split()
        )
    found: list[str] = []
    for part in (source.codes.get(each.strip().casefold(), each.strip()) for each in parts if each.strip()):
        if isinstance(field, Links):
            found.append(link(target_kind(field), part, resolve))
        else:
            found.append("_".join(str(code(field, part) if isinstance(field, Codes) else part).split()))
    return list(dict.fromkeys(found))


def _number(field: Stated, text: str, times: str, decimal: str) -> Any:
    """A whole number as such, one with decimals as text; what is none stays as it was written."""
    plain = SPACES.sub("", text)
    if decimal == ",":
        plain = plain.replace(".", "").replace(",", ".") if "," in plain else plain
    elif re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    try:
        value = Decimal(plain)
        if not value.is_finite() or abs(value.adjusted()) > 30:
            return text[:LONGEST]
        value = value * Decimal(times) if times else value
    except InvalidOperation:
        return text[:LONGEST]
    if isinstance(field, WholeNumber):
        return int(value) if value == value.to_integral_value() and abs(value) < 2**53 else text[:LONGEST]
    return format(value.normalize() if times else value, "f")


def date(source: Source, cells: Cells, order: str) -> str:
    """A day, month or year from one column, or from columns of year, month and day; empty when nothing is said."""
    if len(source.columns) > 1:
        parts = [text_of(cells.get(name)) for name in source.columns]
        filled: list[str] = []
        for part in parts:
            if not part or not part.strip("0"):
                break
            filled.append(part.removesuffix(".0").zfill(2))
        return "-".join(filled)
    text = said(source, cells)
    text = source.codes.get(text.casefold(), text)
    return dated(text, order) if text else ""


@lru_cache(maxsize=50_000)
def dated(text: str, order: str) -> str:
    """A day, month or year as ISO 8601 writes it; `order` is that of day and month where the year comes last."""
    text = re.sub(r"(?<=^\d{4})\.0$", "", text)  # a year that a spreadsheet took for a number
    if found := DAY.fullmatch(text):
        first, second, third = found.groups()
        if len(first) == 4:
            year, month, day = first, second, third
        elif order == "mdy":
            month, day, year = first, second, third
        else:
            day, month, year = first, second, third
        if not year.strip("0"):
            return ""  # 0000-00-00, as some systems write what they do not know
        if len(year) == 4:
            whole = [year, month.zfill(2), day.zfill(2)]
            return "-".join(whole[:1] if whole[1] == "00" else whole[:2] if whole[2] == "00" else whole)
    if found := MONTH.fullmatch(text):
        return f"{found[1]}-{found[2].zfill(2)}"
    if found := MONTH_FIRST.fullmatch(text):
        return f"{found[2]}-{found[1].zfill(2)}"
    return text[:LONGEST]


def _shape(field: Shape, source: Source, cells: Cells, geometry: Any) -> Any:
    position = source.position
    if position.get("geometry") and (geometry or not position.get("wkt")):
        return _fitting(geometry, field.types) if geometry else ...
    if position.get("wkt"):
        text = said(source, cells)
        return _fitting(_from_wkt(text), field.types) if text else ...
    typed = "; ".join(each for name in source.named if (each := text_of(cells.get(name))))
    return coordinates.point(located(position, cells), typed) if typed else ...


def located(position: Mapping[str, Any], cells: Cells) -> coordinates.Place:
    """The place that columns tell, in whichever way the profile says. Raises ValueError."""
    told = {key: text_of(cells.get(str(value))) for key, value in position.items() if key not in ("from", "epsg")}
    if "from" in position:
        start = located({**position["from"], **{k: position[k] for k in ("epsg",) if k in position}}, cells)
        return coordinates.offset(start, told["bearing"], told["distance"], float(position.get("declination", 0)))
    if "grid" in position:
        return coordinates.grid(told["grid"])
    if "position" in position:
        return coordinates.anyhow(told["position"])
    if "easting" in position and "zone" in position:
        hemisphere = str(position.get("hemisphere", ""))
        return coordinates.utm(told["zone"] or position["zone"], told["easting"], told["northing"], hemisphere)
    if "easting" in position:
        return coordinates.projected(position.get("epsg", 4326), told["easting"], told["northing"])
    return coordinates.pair(told["latitude"], told["longitude"])


def _fitting(geometry: Any, types: tuple[str, ...]) -> Any:
    """A single part of a kind that the field takes: map files know only multipolygons, and a hull of one part is one."""
    kind, places = geometry["type"], geometry.get("coordinates")
    if (
        kind not in types
        and kind.startswith("Multi")
        and kind.removeprefix("Multi") in types
        and len(places or ()) == 1
    ):
        return {"type": kind.removeprefix("Multi"), "coordinates": places[0]}
    if kind not in types and f"Multi{kind}" in types:
        return {"type": f"Multi{kind}", "coordinates": [places]}
    return geometry


def _from_wkt(text: str) -> Any:
    import orjson
    import shapely
    from django.utils.translation import gettext as _

    try:
        return orjson.loads(shapely.to_geojson(shapely.force_2d(shapely.from_wkt(text))))
    except (shapely.errors.GEOSException, ValueError, TypeError):
        raise ValueError(_("The geometry cannot be read; it should be well-known text, as POINT (-3 16).")) from None
