"""Tables written as people and programs want them: CSV, XLSX, GeoJSON, GeoPackage. Text that would run is neutralised."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kambila.intake.sheets.neutral import neutral
from kambila.journal.errors import Problem

LONGEST_CELL = 32_767  # of XLSX
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what XML cannot carry
MAPS = (".geojson", ".gpkg")
Cells = Sequence[Any]


@dataclass(frozen=True)
class Sheet:
    """A sheet to be written: values are texts, numbers and None; geometries are GeoJSON, for map files."""

    name: str
    columns: Sequence[str]
    lines: Iterable[Cells]
    geometries: Sequence[Mapping[str, Any] | bytes | None] = ()


def write(path: Path, sheets: Sequence[Sheet], delimiter: str = ",", encoding: str = "utf-8-sig") -> None:
    """Write by the ending of the name; formats that hold one table get the first. Raises Problem for another ending."""
    ending = path.suffix.lower()
    if ending == ".csv":
        _csv(path, sheets[0], delimiter, encoding)
    elif ending == ".xlsx":
        _xlsx(path, sheets)
    elif ending == ".geojson":
        _geojson(path, sheets[0])
    elif ending == ".gpkg":
        path.unlink(missing_ok=True)
        for sheet in sheets:
            _geopackage(path, sheet)
    else:
        raise Problem("cannot-write", name=path.name)


def _csv(path: Path, sheet: Sheet, delimiter: str, encoding: str) -> None:
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        write_csv(file, sheet, delimiter)


def write_csv(file: Any, sheet: Sheet, delimiter: str = ",") -> None:
    """The sheet as CSV, into whatever text can be written to: a file, an answer over HTTP."""
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(map(_safe, sheet.columns))
    writer.writerows([_safe(each) for each in line] for line in sheet.lines)


def _safe(value: Any) -> Any:
    return neutral(value) if isinstance(value, str) else value


def _xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", sheet.name)[:31] or "Sheet1")

        def cell(value: Any, page: Any = page) -> Any:
            if not isinstance(value, str):
                return value
            if len(value) > LONGEST_CELL:
                raise Problem("cell-too-long", name=path.name, limit=LONGEST_CELL)
            text = WriteOnlyCell(page, ILLEGAL.sub("\ufffd", neutral(value)))
            text.data_type = "s"
            return text

        page.append([cell(each) for each in sheet.columns])
        for line in sheet.lines:
            page.append([cell(each) for each in line])
    book.save(path)


def _geojson(path: Path, sheet: Sheet) -> None:
    """Written here and not by GDAL, which rounds coordinates."""
    import orjson
    import shapely

    drawn = shapely.to_geojson(shapely.from_wkb(_wkb(sheet.geometries)))
    with path.open("wb") as file:
        file.write(b'{"type": "FeatureCollection", "features": [')
        for index, (line, shape) in enumerate(zip(sheet.lines, drawn, strict=True)):
            said = dict(zip(sheet.columns, line, strict=True))
            feature = {"type": "Feature", "properties": said, "geometry": orjson.Fragment(shape) if shape else None}
            file.write((b",\n" if index else b"\n") + orjson.dumps(feature))
        file.write(b"\n]}\n")


def _geopackage(path: Path, sheet: Sheet) -> None:
    import pyarrow
    import pyogrio

    lines = list(sheet.lines)
    columns = list(zip(*lines, strict=True)) if lines else [()] * len(sheet.columns)
    arrays = [_array(each) for each in columns] + [pyarrow.array(_wkb(sheet.geometries), pyarrow.binary())]
    pyogrio.write_arrow(
        pyarrow.Table.from_arrays(arrays, names=[*sheet.columns, "geometry"]), path, layer=sheet.name, driver="GPKG",
        geometry_name="geometry", geometry_type="Unknown", crs="EPSG:4326", append=path.exists(),
    )  # fmt: skip


def _array(values: Sequence[Any]) -> Any:
    """A column of numbers where all of its values are numbers, else of texts."""
    import pyarrow

    known = [each for each in values if each is not None]
    if known and all(isinstance(each, int) for each in known):
        return pyarrow.array(values, pyarrow.int64())
    if known and all(isinstance(each, int | float) for each in known):
        return pyarrow.array([None if each is None else float(each) for each in values], pyarrow.float64())
    return pyarrow.array([None if each is None else str(each) for each in values], pyarrow.string())


def _wkb(geometries: Sequence[Mapping[str, Any] | bytes | None]) -> list[bytes | None]:
    from shapely.geometry import shape

    return [each if each is None or isinstance(each, bytes) else shape(each).wkb for each in geometries]
