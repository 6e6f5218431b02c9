"""Files of every format, made for tests."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Lines = Sequence[Sequence[Any]]
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Sheet1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)
MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'

HEADER = "code,date,category,device,locality,killed_stated"
PROFILE = """
name = "list"
title = "Our list"
[report]
date = "date"
[[records]]
kind = "incident"
id = "code"
[records.fields]
code = "code"
date = "date"
category = "category"
device = "device"
locality = "locality"
killed_stated = "killed_stated"
"""  # of a list with that header


def csv_file(path: Path, lines: Lines, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def xlsx_file(path: Path, lines: Lines, sheet: str = "Sheet1") -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = sheet
    for line in lines:
        book.active.append(list(line))
    book.save(path)
    return path


def ods_file(path: Path, lines: Lines = (), rows: str = "") -> Path:
    for line in lines:
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{each}</text:p></table:table-cell>'
            if isinstance(each, str)
            else f'<table:table-cell office:value-type="float" office:value="{each}"/>'
            for each in line
        )
        rows += f"<table:table-row>{cells}</table:table-row>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", MANIFEST)
        packed.writestr("content.xml", ODS.format(rows=rows))
    return path


def map_file(
    path: Path,
    shapes: Sequence[Any],
    columns: Mapping[str, Sequence[Any]],
    driver: str,
    crs: str = "EPSG:4326",
    **more: Any,
) -> Path:
    """A map file through GDAL; shapes are shapely geometries, or WKB where they are broken on purpose."""
    import numpy
    import pyogrio
    import shapely

    raw = numpy.array([each if isinstance(each, bytes) else shapely.to_wkb(each) for each in shapes], dtype=object)
    kind = more.pop("geometry", shapes[0].geom_type if hasattr(shapes[0], "geom_type") else "Polygon")
    fields = [numpy.array(list(each), dtype=object) for each in columns.values()]
    pyogrio.raw.write(path, raw, fields, list(columns), geometry_type=kind, crs=crs, driver=driver, **more)
    return path


def zipped(path: Path, *files: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for each in files:
            packed.write(each, each.name)
    return path
