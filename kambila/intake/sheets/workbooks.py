"""XLSX and ODS: values as they were last computed; formulas, macros and links to other files are not followed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from kambila.intake.sheets.limits import must_have_cells, open_zip
from kambila.intake.sheets.tables import Cell, Row, Table, headed, tags_in
from kambila.journal.errors import Problem

CHUNK = 1 << 20
PLACE = re.compile(rb'<(?:\w+:)?(?:c|row)\b[^>]*?\br="([A-Z]{0,3})([0-9]{1,7})"')
REPEATED = "number-{}-repeated"


def open_workbook(path: Path, format: str, sheet: str = "") -> Table:
    """A sheet of a workbook as a table. It lies in memory as a whole, within the limit on cells."""
    import python_calamine

    _must_fit(path, format)
    try:
        with path.open("rb") as file:
            book = python_calamine.CalamineWorkbook.from_filelike(file)
        names = book.sheet_names
        if sheet and sheet not in names:
            raise Problem("table-no-such-sheet", name=path.name, sheet=sheet, sheets=", ".join(names))
        for name in [sheet] if sheet else names:
            lines = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(_is_filled(line) for line in lines):
                return _table(path, format, name, names, lines)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Problem("table-unreadable", name=path.name, why=" ".join(str(error).split())) from None
    raise Problem("table-empty", name=path.name)


def _table(path: Path, format: str, sheet: str, sheets: list[str], lines: list[list[Any]]) -> Table:
    start = next(index for index, line in enumerate(lines) if _is_filled(line))
    columns = headed(path.name, lines[start])
    tags = tags_in(columns, lines[start + 1]) if start + 1 < len(lines) else {}
    first = start + (2 if tags else 1)

    def rows() -> Iterator[Row]:
        for index in range(first, len(lines)):
            if _is_filled(lines[index]):
                cells = [_cell(each) for each in lines[index][: len(columns)]]
                cells += [None] * (len(columns) - len(cells))
                yield Row(index + 1, dict(zip(columns, cells, strict=True)))

    return Table(path.name, format, columns, rows, sheet, tuple(sheets), tags)


def _is_filled(line: list[Any]) -> bool:
    return any(each not in ("", None) for each in line)


def _cell(value: Any) -> Cell:
    """Whole numbers without a point, days and moments as ISO 8601, yes and no as words."""
    if value == "" or value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time()
        return value.date().isoformat() if is_day else value.isoformat(timespec="seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return str(value)
    return value.replace("\x00", "\ufffd") if isinstance(value, str) else value


def _must_fit(path: Path, format: str) -> None:
    """The reader makes room for all cells up to the last one: its place is looked for before."""
    with open_zip(path) as packed:
        for part in packed.infolist():
            name = part.filename.lower()
            if format == "xlsx" and name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with packed.open(part) as file:
                    must_have_cells(path.name, *_extent_of_xlsx(file))
            elif format == "ods" and name == "content.xml":
                with packed.open(part) as file:
                    for rows, columns in _extents_of_ods(file, path.name):
                        must_have_cells(path.name, rows, columns)


def _extent_of_xlsx(file: Any) -> tuple[int, int]:
    """(rows, columns) up to the last cell that is named."""
    rows, column, tail = 0, b"", b""
    while chunk := file.read(CHUNK):
        text = tail + chunk
        for letters, digits in PLACE.findall(text):
            rows = max(rows, int(digits))
            if (len(letters), letters) > (len(column), column):
                column = letters
        tail = text[-200:]
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return rows, number


def _extents_of_ods(file: Any, name: str) -> list[tuple[int, int]]:
    """(rows, columns) up to the last cell that is not empty, of each sheet, repetitions counted."""
    extents: list[tuple[int, int]] = []
    state = {"rows": 0, "repeat": 1, "column": 0, "last": 0, "span": 0}

    def start(element: str, attributes: dict[str, str]) -> None:
        element = element.rpartition(":")[2]
        said = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if element == "table":
            state["rows"] = 0
            extents.append((0, 0))
        elif element == "table-row":
            state.update(repeat=_times(said, "rows"), column=0, last=0)
        elif element in ("table-cell", "covered-table-cell"):
            state["span"] = _times(said, "columns")
            state["column"] += state["span"]
            if "value-type" in said or "formula" in said:
                state["last"] = state["column"]
        elif element == "p":
            state["last"] = state["column"]

    def end(element: str) -> None:
        if element.rpartition(":")[2] == "table-row" and extents:
            state["rows"] += state["repeat"]
            if state["last"]:
                extents[-1] = (state["rows"], max(extents[-1][1], state["last"]))

    def refuse(*_given: Any) -> None:
        raise Problem("table-unreadable", name=name, why=_("it has a document type or entities in it"))

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = start, end, refuse
    try:
        parser.ParseFile(file)
    except expat.ExpatError as error:
        raise Problem("table-unreadable", name=name, why=error) from None
    return extents


def _times(said: dict[str, str], what: str) -> int:
    text = said.get(REPEATED.format(what), "1")
    return int(text) if text.isdigit() and len(text) < 10 else 1
