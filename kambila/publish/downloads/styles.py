"""How QGIS draws the layers of a GeoPackage: the symbols of the maps here, as styles that lie in the file itself.

QGIS looks for them in the table `layer_styles`. They are written in the older of its two forms, which every QGIS 3 reads.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from kambila.journal import clock
from kambila.publish.downloads.parting import Part
from kambila.publish.downloads.reading import Reading
from kambila.publish.tiles.symbols import Rule, Symbol, rules_of

TABLE = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
    f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
    description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
)
"""
CONTENTS = (
    "INSERT INTO gpkg_contents (table_name, data_type, identifier) "
    "VALUES ('layer_styles', 'attributes', 'layer_styles')"
)
STYLE = (
    "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, "
    "useAsDefault, description, owner) VALUES ('', '', ?, ?, ?, ?, 1, '', '')"
)
COLUMN = "geom"  # what GDAL calls the geometries of a GeoPackage; a style is found only by it
SORTS = {"MultiPolygon": "fill", "MultiLineString": "line", "Point": "marker"}
PIXEL = 0.264583  # millimetres, of the 96 in an inch


def put(path: Path, reading: Reading, parts: Sequence[Part]) -> None:
    """Lay a style into a GeoPackage for each of its layers that has geometries."""
    drawn = [part for part in parts if part.type is not None]
    if not drawn:
        return
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(TABLE)
        file.execute(CONTENTS)
        for part in drawn:
            file.execute(STYLE, [part.layer, COLUMN, part.layer, qml(reading, str(part.type))])


def qml(reading: Reading, type: str) -> str:
    """The style of a kind for one type of geometry: the first rule that fits a record holds, as on the maps here."""
    rules = [each for each in rules_of(reading.kind) if set(each.where) <= set(reading.fields)]
    root = Element("qgis", version="3.22.0", styleCategories="Symbology")
    renderer = SubElement(
        root, "renderer-v2", type="RuleRenderer", symbollevels="0", forceraster="0", enableorderby="0"
    )
    listed, symbols = SubElement(renderer, "rules", key="all"), SubElement(renderer, "symbols")
    for number, rule in enumerate(rules):
        said = {"key": f"r{number}", "symbol": str(number), "label": _label(rule, reading)}
        before = [f"NOT ({_fits(each, reading)})" for each in rules[:number]]
        condition = " AND ".join([*([_fits(rule, reading)] if rule.where else []), *before])
        SubElement(listed, "rule", {**said, **({"filter": condition} if condition else {})})
        _symbol(symbols, number, rule.symbol, SORTS[type])
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + tostring(root, encoding="unicode")


def _fits(rule: Rule, reading: Reading) -> str:
    """A condition of QGIS that is never unknown."""
    said = [f"coalesce(\"{name}\", '') = '{value}'" for name, value in rule.where.items()]
    return " AND ".join([*said, *_holds(rule, reading)])


def _holds(rule: Rule, reading: Reading) -> list[str]:
    """Of a kind whose answers expire: that the answer holds on the day when the file is looked at, as on maps here."""
    model = reading.collection.model
    value = rule.where.get(model.danger_field) if model.lasting else None
    if value is None:
        return []
    today = clock.now().date()
    until, edge = model.lasting[1].removesuffix("_last"), "9999" if model.lasts(value, (today, None), today) else ""
    return [f"coalesce(\"{until}\", '{edge}') >= format_date(now(), 'yyyy-MM-dd')"]


def _label(rule: Rule, reading: Reading) -> str:
    """What a legend says of it: the meanings of its codes, and the name of the kind for the rest."""
    said = []
    for name, value in rule.where.items():
        codes = getattr(reading.collection.field(name), "codes", None)
        said.append(str(dict(codes.choices).get(value, value)) if codes is not None else value)
    return ", ".join(said) or str(reading.collection.model._meta.verbose_name)


def _symbol(symbols: Element, number: int, symbol: Symbol, sort: str) -> None:
    whole = SubElement(symbols, "symbol", type=sort, name=str(number), alpha="1", clip_to_extent="1", force_rhr="0")
    classes = {"fill": "SimpleFill", "line": "SimpleLine", "marker": "SimpleMarker"}
    layer = SubElement(whole, "layer", {"class": classes[sort], "enabled": "1", "locked": "0", "pass": "0"})
    for name, value in _properties(symbol, sort).items():
        SubElement(layer, "prop", k=name, v=value)


def _properties(symbol: Symbol, sort: str) -> dict[str, str]:
    """The properties of a symbol layer of QGIS, in millimetres."""
    width = f"{symbol.width * PIXEL:.3f}"
    if sort == "marker":
        return {
            "name": "circle", "color": _colour(symbol.fill), "outline_color": _colour(symbol.outline),
            "outline_style": "solid", "outline_width": width, "outline_width_unit": "MM",
            "size": f"{2 * symbol.radius * PIXEL:.3f}", "size_unit": "MM",
        }  # fmt: skip
    if sort == "line":
        dash = ";".join(f"{each * symbol.width * PIXEL:.3f}" for each in symbol.dash)
        dashed = {"customdash": dash, "customdash_unit": "MM", "use_custom_dash": "1"} if dash else {}
        return {"line_color": _colour(symbol.outline), "line_style": "solid", "line_width": width, **dashed}
    return {
        "color": _colour(symbol.fill, symbol.cover), "style": "solid", "outline_color": _colour(symbol.outline),
        "outline_style": "dash" if symbol.dash else "solid", "outline_width": width, "outline_width_unit": "MM",
    }  # fmt: skip


def _colour(hex: str, cover: float = 1) -> str:
    red, green, blue = (int(hex[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(cover * 255)}"
