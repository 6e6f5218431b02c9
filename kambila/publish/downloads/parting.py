"""A list parted by sorts of geometry, as map programs want layers: areas, lines, points, and what has no place.

Each part is a file of Arrow columns beside the one that is being written, so that memory stays flat.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kambila.publish.downloads.reading import SHAPE, Reading

# Sort, and the type of geometry of its layer. What is a single one of several becomes several with one.
TYPES = {"areas": "MultiPolygon", "lines": "MultiLineString", "points": "Point", "": None}
WITHOUT_PLACE = "without_place"


@dataclass(frozen=True)
class Part:
    """The records with one sort of geometry: the name of their layer, its type, and the file of their columns."""

    layer: str
    type: str | None
    file: Path

    def stored(self) -> pa.RecordBatchReader:
        """The columns, piece by piece, with the geometry as their last also where there is none."""
        return pa.ipc.open_stream(self.file.open("rb"))

    def reader(self) -> pa.RecordBatchReader:
        """The columns, piece by piece; without a geometry where the records have none."""
        stored = self.stored()
        if self.type is not None:
            return stored
        schema = stored.schema.remove(stored.schema.get_field_index(SHAPE))
        return pa.RecordBatchReader.from_batches(schema, (each.drop_columns([SHAPE]) for each in stored))


def parted(reading: Reading, folder: Path, heard: Any) -> list[Part]:
    """Read a list once, into a file for each sort of geometry that it has."""
    schema = pa.schema([(name, _plain(type)) for name, type in reading.fields.items()] + [(SHAPE, pa.binary())])
    found: dict[str, pa.ipc.RecordBatchStreamWriter] = {}
    parts: dict[str, Part] = {}
    done = 0
    with ExitStack() as stack:

        def put(sort: str, table: pa.Table) -> None:
            if sort not in found:
                parts[sort] = Part(_layer(reading, sort), TYPES[sort], folder / f"{sort or WITHOUT_PLACE}.arrow")
                out = stack.enter_context(parts[sort].file.open("wb"))
                found[sort] = stack.enter_context(pa.ipc.new_stream(out, schema))
            found[sort].write_table(table)

        for table in reading.tables():
            for sort, rows in _sorted(_joined(table)):
                put(sort, rows)
            done += table.num_rows
            heard(done)
        if not found:
            put("", schema.empty_table())
    return [parts[sort] for sort in TYPES if sort in parts]


def _layer(reading: Reading, sort: str) -> str:
    if not reading.collection.has_place:
        return reading.kind
    return f"{reading.kind}_{sort or WITHOUT_PLACE}"


def _plain(type: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_list(type) else type


def _joined(table: pa.Table) -> pa.Table:
    for number, field in enumerate(table.schema):
        if pa.types.is_list(field.type):
            table = table.set_column(number, field.name, pc.binary_join(table.column(number), " "))
    return table


def _sorted(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """(sort, its rows), with geometries of the type of their sort."""
    import numpy
    import shapely

    shapes = shapely.from_wkb(table.column(SHAPE).to_numpy(zero_copy_only=False))
    types = shapely.get_type_id(shapes)
    sort_of = numpy.full(len(shapes), "", dtype=object)
    for sort, single, several in (("areas", 3, 6), ("lines", 1, 5), ("points", 0, 0)):
        sort_of[(types == single) | (types == several)] = sort
    for sort in numpy.unique(sort_of):
        rows = numpy.flatnonzero(sort_of == sort)
        part = table.take(pa.array(rows))
        if sort in ("areas", "lines"):
            many = [_several(each) for each in shapes[rows]]
            part = part.set_column(part.num_columns - 1, SHAPE, pa.array(shapely.to_wkb(many), pa.binary()))
        yield str(sort), part


def _several(shape: Any) -> Any:
    import shapely

    if shape.geom_type == "Polygon":
        return shapely.MultiPolygon([shape])
    return shapely.MultiLineString([shape]) if shape.geom_type == "LineString" else shape
