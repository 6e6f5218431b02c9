"""A list as CSV, in bytes one piece after the other."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from kambila.intake.sheets.neutral import DANGEROUS, NEGATIVE
from kambila.publish.downloads.reading import SHAPE, Reading

BOM = b"\xef\xbb\xbf"  # by which spreadsheets know that it is UTF-8
RUNS, NUMBER = f"^(?:{DANGEROUS.pattern})", f"^(?:{NEGATIVE.pattern})$"
# HXL 1.1 (https://hxlstandard.org): the core tags that fit; everything else is a #meta of its own name.
TAGS = {
    "id": "#meta+id",
    "code": "#meta+code",
    "adm1": "#adm1+code",
    "adm2": "#adm2+code",
    "adm3": "#adm3+code",
    "date": "#date+occurred",
    "information_date": "#date+reported",
    "status": "#status",
    "x": "#geo+lon",
    "y": "#geo+lat",
    "wkt": "#geo+wkt",
    "place_precision": "#geo+precision",
}


def pieces(reading: Reading, hxl: bool = False) -> Iterator[bytes]:
    """Texts that a spreadsheet would run have an apostrophe before them; several values have a space between them."""
    names = heads(reading)
    lines = [names, *([[tag(name, reading.fields.get(name)) for name in names]] if hxl else [])]
    yield BOM + "".join(f"{','.join(line)}\r\n" for line in lines).encode()
    for table in reading.tables():
        yield _written(flat(table, reading.collection.has_place))


def heads(reading: Reading) -> list[str]:
    return [*reading.fields, *(["x", "y", "wkt"] if reading.collection.has_place else [])]


def flat(table: pa.Table, has_place: bool) -> pa.Table:
    """Only columns that a cell can hold: the place as x, y and (of what is no point) WKT."""
    shapes = table.column(SHAPE)
    table = table.drop_columns([SHAPE])
    for number, field in enumerate(table.schema):
        if pa.types.is_list(field.type):
            table = table.set_column(number, field.name, pc.binary_join(table.column(number), " "))
    if not has_place:
        return table
    x, y, wkt = _places(shapes)
    return table.append_column("x", x).append_column("y", y).append_column("wkt", wkt)


def _places(column: pa.ChunkedArray) -> tuple[pa.Array, pa.Array, pa.Array]:
    """x, y and WKT; of what is no point, x and y are those of a point on it."""
    import numpy
    import shapely

    shapes = shapely.from_wkb(column.to_numpy(zero_copy_only=False))
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    is_other = ~is_point & ~shapely.is_missing(shapes)
    points, wkt = shapes.copy(), numpy.full(len(shapes), None, dtype=object)
    if is_other.any():
        points[is_other] = shapely.point_on_surface(shapes[is_other])
        wkt[is_other] = shapely.to_wkt(shapes[is_other], rounding_precision=7)
    x, y = (pa.array(get(points), pa.float64(), from_pandas=True) for get in (shapely.get_x, shapely.get_y))
    return x, y, pa.array(wkt, pa.string())


def _written(table: pa.Table) -> bytes:
    for number, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            table = table.set_column(number, field.name, neutral(table.column(number)))
    out = io.BytesIO()
    pyarrow.csv.write_csv(table, out, pyarrow.csv.WriteOptions(include_header=False))
    return out.getvalue()


def neutral(values: Any) -> Any:
    """What `kambila.intake.sheets.neutral` does to one text, for a column of them."""
    runs = pc.match_substring_regex(values, RUNS)
    if not pc.any(runs).as_py():
        return values
    number = pc.match_substring_regex(values, NUMBER)
    return pc.if_else(pc.and_not(runs, number), pc.binary_join_element_wise("'", values, ""), values)


def tag(name: str, type: pa.DataType | None) -> str:
    """The HXL tag of a column."""
    if name in TAGS:
        return TAGS[name]
    said = re.sub("[^a-z0-9_]", "_", name.lower())
    is_number = type is not None and (pa.types.is_integer(type) or pa.types.is_floating(type))
    return f"#indicator+num+{said}" if is_number else f"#meta+{said}"
