"""Lakes: the registry as GeoParquet files that any tool reads, as of each head at which it was exported.

    LAKE/latest.json                        the newest manifest, whole
    LAKE/manifests/REVISION-HASH.json       one for each export; it names its files, which never change
    LAKE/data/KIND/year=2014/HASH.parquet   the year of the event, or of the information; `unknown` where there is none

A manifest is written last and at once, so that a reader finds an export whole or not at all. The files are written by
`kambila.publish.lake`; here they are read, also by the figures: the definitions are the same.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from pyarrow import dataset, fs

from kambila.figures import errors  # noqa: F401  the catalogue
from kambila.figures.columns import Needed, sql_type
from kambila.figures.paths import SEVERAL
from kambila.journal.errors import Problem

FORMAT = 1
LATEST, MANIFESTS, DATA = "latest.json", "manifests", "data"


@dataclass(frozen=True, slots=True)
class Lake:
    """A place where exports lie: a directory, or an address that pyarrow knows (``s3://bucket/folder``)."""

    files: fs.FileSystem
    root: str
    address: str

    def path(self, name: str) -> str:
        return f"{self.root}/{name}"


def lake_at(address: str) -> Lake:
    """The lake at an address; nothing needs to be there yet. Raises Problem for an address that leads nowhere."""
    try:
        files, root = fs.FileSystem.from_uri(address) if "://" in address else _local(address)
    except (ValueError, OSError) as error:
        raise Problem("no-lake-there", address=address, why=str(error)) from None
    return Lake(files, root.rstrip("/"), address)


def _local(address: str) -> tuple[fs.FileSystem, str]:
    return fs.LocalFileSystem(), str(Path(address).resolve())


def manifest_of(lake: Lake, head: str = "") -> dict[str, Any]:
    """The newest manifest, or the one whose name begins with `head` or whose hash does. Raises Problem for none."""
    names = [name for name in manifests(lake) if not head or name.startswith(head) or f"-{head}" in name]
    if head and len(names) == 1:
        return read_json(lake, f"{MANIFESTS}/{names[0]}.json")
    if head or not names:
        raise Problem("no-such-head", head=head or LATEST, choices=", ".join(manifests(lake)) or "–")
    return read_json(lake, LATEST)


def manifests(lake: Lake) -> list[str]:
    """The names of all manifests, the oldest first. Raises Problem where nobody answers, or lets nobody in."""
    selector = fs.FileSelector(lake.path(MANIFESTS), allow_not_found=True)
    try:
        found = lake.files.get_file_info(selector)
    except OSError as error:
        raise Problem("no-lake-there", address=lake.address, why=str(error)) from None
    return sorted(each.base_name.removesuffix(".json") for each in found if each.is_file)


def read_json(lake: Lake, name: str) -> dict[str, Any]:
    """A manifest. Raises Problem when it cannot be read or is of a newer format."""
    try:
        with lake.files.open_input_file(lake.path(name)) as file:
            found: dict[str, Any] = json.loads(file.read())
    except (OSError, ValueError) as error:
        raise Problem("no-lake-there", address=lake.address, why=str(error)) from None
    if found.get("format") != FORMAT:
        raise Problem("no-lake-there", address=lake.address, why=f"format {found.get('format')}")
    return found


@contextlib.contextmanager
def opened(lake: Lake, manifest: Mapping[str, Any], wanted: Needed) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of an export with the columns that figures ask for, in a DuckDB that lives in memory.

    Raises Problem when a kind or column is missing: an export holds only what the person who made it may see.
    """
    tables = duckdb.connect()
    try:
        views(tables, lake, manifest, wanted)
        yield tables
    finally:
        tables.close()


def views(
    tables: duckdb.DuckDBPyConnection, lake: Lake, manifest: Mapping[str, Any], wanted: Needed, schema: str = "main"
) -> None:
    """Make a view of each kind of an export, in a schema of its own where several are read together."""
    for kind, fields in wanted.items():
        selected = _select(tables, lake, manifest, kind, fields, schema)
        tables.execute(f'CREATE VIEW "{schema}"."{kind}" AS {selected}')


def _select(
    tables: duckdb.DuckDBPyConnection,
    lake: Lake,
    manifest: Mapping[str, Any],
    kind: str,
    fields: Mapping[str, tuple[str, int]],
    schema: str,
) -> str:
    must_have(manifest, kind, fields)
    told = manifest["kinds"][kind]
    if not told["files"]:
        empty = ", ".join(f'CAST(NULL AS {sql_type(*type)}) AS "{name}"' for name, type in fields.items())
        return f"SELECT {empty} WHERE false"
    columns = ", ".join(_column(name, type) for name, (type, _scale) in fields.items())
    return f"SELECT {columns} FROM {_files(tables, lake, f'{schema} {kind}', told['files'])}"


def must_have(manifest: Mapping[str, Any], kind: str, fields: Mapping[str, Any]) -> None:
    """Raises Problem when an export has no such kind or lacks one of the columns."""
    told = manifest["kinds"].get(kind, {"columns": {}})
    if missing := [name for name in fields if name not in told["columns"]]:
        raise Problem("not-in-lake", kind=kind, fields=", ".join(missing), whose=manifest["for"])


def _column(name: str, type: str) -> str:
    """Several values lie as a list in a lake; the figures know them as a text with a space around each."""
    return f"""' ' || array_to_string("{name}", ' ') || ' ' AS "{name}\"""" if type == SEVERAL else f'"{name}"'


def _files(tables: duckdb.DuckDBPyConnection, lake: Lake, name: str, files: Sequence[Mapping[str, Any]]) -> str:
    """What DuckDB reads the files of a kind from: itself where they lie on this machine, else through pyarrow."""
    paths = [lake.path(each["path"]) for each in files]
    if isinstance(lake.files, fs.LocalFileSystem):
        return parquet(paths)
    tables.register(f"far {name}", dataset.dataset(paths, filesystem=lake.files))
    return f'"far {name}"'


def parquet(paths: Sequence[str]) -> str:
    """The function by which DuckDB reads files; a column that an older one lacks is empty there."""
    named = ", ".join("'" + each.replace("'", "''") + "'" for each in paths)
    return f"read_parquet([{named}], union_by_name = true, hive_partitioning = false)"
