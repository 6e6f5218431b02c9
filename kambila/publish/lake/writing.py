"""The files of a lake: each is called by its hash and never changes; a manifest comes last, and at once."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import fs

from kambila.figures.lake import DATA, LATEST, MANIFESTS, Lake
from kambila.figures.reading import SHAPE
from kambila.journal.errors import Problem
from kambila.publish.lake.places import PLACE
from kambila.publish.lake.reading import YEAR, Column
from kambila.registry.fields import Shape
from kambila.registry.kinds import plan_of

MOST = 250_000  # rows of one file
FEW = 1_000  # of them are looked at to see which columns repeat themselves
File = Mapping[str, Any]  # path, year, rows, bytes, sha256


def write(lake: Lake, kind: str, columns: list[Column], table: pa.Table) -> list[File]:
    """Write rows as files of their years, in the order of their ids."""
    return [file for year, rows in _by_year(table) for file in _files(lake, kind, columns, year, rows)]


def _by_year(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each year in the order of their ids, which they mostly have already; without columns that are empty."""
    if not table.num_rows:
        return
    used = [name for name in table.column_names if table.column(name).null_count < table.num_rows]
    rows = table.select(used).combine_chunks()
    years, ids = rows.column(YEAR), rows.column("id")
    for year in sorted(pc.unique(years).to_pylist()):
        chosen = pc.indices_nonzero(pc.equal(years, year))
        found = ids.take(chosen)
        if not pc.all(pc.less(found[:-1], found[1:])).as_py():
            chosen = chosen.take(pc.sort_indices(found))
        yield year, rows.take(chosen)


def _files(lake: Lake, kind: str, columns: list[Column], year: str, table: pa.Table) -> Iterator[File]:
    told = {"geo": geo} if (geo := _geo(kind, columns)) else {}
    for start in range(0, table.num_rows, MOST):
        part, out = _whole(table.slice(start, MOST), columns).replace_schema_metadata(told), io.BytesIO()
        pq.write_table(part, out, compression="zstd", use_dictionary=_repeating(part))
        content = out.getvalue()
        sha256 = hashlib.sha256(content).hexdigest()
        path = f"{DATA}/{kind}/year={year}/{sha256[:32]}.parquet"
        if lake.files.get_file_info(lake.path(path)).type == fs.FileType.NotFound:
            put(lake, path, content)
        yield {"path": path, "year": year, "rows": part.num_rows, "bytes": len(content), "sha256": sha256}


def _whole(part: pa.Table, columns: list[Column]) -> pa.Table:
    """Some rows with all columns."""
    empty = {each: pa.nulls(part.num_rows, each) for each in {column.arrow for column in columns}}
    found = {name: part.column(name) for name in part.column_names}
    schema = pa.schema([(each.name, each.arrow) for each in columns])
    return pa.table([found.get(each.name, empty[each.arrow]) for each in columns], names=schema.names).cast(schema)


def _repeating(table: pa.Table) -> list[str]:
    """The columns whose values come again and again; a dictionary of the others would cost time and room."""
    few = table.slice(0, FEW)
    found = []
    for field, values in zip(few.schema, few.columns, strict=True):
        is_list = pa.types.is_list(field.type)
        values = pc.list_flatten(values) if is_list else values
        if 2 * pc.count_distinct(values).as_py() <= len(values):
            found.append(f"{field.name}.list.element" if is_list else field.name)
    return found


def _geo(kind: str, columns: list[Column]) -> str:
    """What GeoParquet 1.1 wants to know of the geometries; they are in WGS84, longitude first, as is its default."""
    stated, names = plan_of(kind).stated, [each.name for each in columns if each.type == SHAPE]
    shapes = {name: field for name, field in stated.items() if name in names and isinstance(field, Shape)}
    if not names:
        return ""
    told = {name: {"encoding": "WKB", "geometry_types": sorted(field.types)} for name, field in shapes.items()}
    first = next((name for name, field in shapes.items() if field.has_area), next(iter(shapes), PLACE))
    if PLACE in names:  # its own geometry, or the middle of a commune: of any type
        first, told = PLACE, {PLACE: {"encoding": "WKB", "geometry_types": []}, **told}
    return json.dumps({"version": "1.1.0", "primary_column": first, "columns": told})


def read(lake: Lake, file: File, columns: list[Column], only: list[str] | None = None) -> pa.Table:
    """The rows of a file, with the year at their end; with `only` just those columns."""
    table = pq.read_table(lake.path(file["path"]), filesystem=lake.files, columns=only, partitioning=None)
    return table if only else table.append_column(YEAR, pa.array([file["year"]] * table.num_rows, pa.string()))


def write_manifest(lake: Lake, name: str, manifest: Mapping[str, Any]) -> None:
    """Keep a manifest under its name and as the newest."""
    content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    put(lake, f"{MANIFESTS}/{name}.json", content)
    put(lake, "views.sql", views(manifest).encode())
    put(lake, LATEST, content)


def views(manifest: Mapping[str, Any]) -> str:
    """Views of the newest export for DuckDB, to be read in the folder of the lake: ``duckdb -init views.sql``."""
    said = [f"-- {manifest['programme']}, revision {manifest['revision']}, as {manifest['for']} may see it\n"]
    for kind, told in manifest["kinds"].items():
        if paths := ", ".join(f"'{each['path']}'" for each in told["files"]):
            said.append(
                f'CREATE OR REPLACE VIEW "{kind}" AS SELECT * FROM read_parquet([{paths}], union_by_name = true);\n'
            )
    return "".join(said)


def put(lake: Lake, path: str, content: bytes) -> None:
    """Write a file so that nobody finds half of it. Raises Problem where nothing can be written."""
    try:
        _put(lake, lake.path(path), content)
    except OSError as error:
        raise Problem("lake-not-written", address=lake.address, why=str(error)) from None


def _put(lake: Lake, target: str, content: bytes) -> None:
    if not isinstance(lake.files, fs.LocalFileSystem):  # an object store shows an object when it is whole
        with lake.files.open_output_stream(target) as out:
            out.write(content)
        return
    lake.files.create_dir(target.rpartition("/")[0], recursive=True)
    unfinished = f"{target}.{uuid.uuid4().hex}.part"
    with lake.files.open_output_stream(unfinished) as out:
        out.write(content)
    lake.files.move(unfinished, target)
