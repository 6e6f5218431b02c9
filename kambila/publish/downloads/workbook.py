"""A list as a spreadsheet: typed columns, and a sheet that says what the codes mean."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kambila.intake.sheets.neutral import neutral
from kambila.intake.sheets.writing import ILLEGAL, LONGEST_CELL
from kambila.journal.errors import Problem
from kambila.publish.downloads.delimited import flat, heads
from kambila.publish.downloads.reading import Reading

ROWS = 1_048_575  # of one sheet, below the names of its columns
WKT = "wkt"  # of a large area longer than a cell; areas are for map files


def write(reading: Reading, to: Path, heard: Any) -> None:
    """Write it; what is longer than a sheet goes on in the next one. Raises Problem for a text too long for a cell."""
    from openpyxl import Workbook

    book, names = Workbook(write_only=True), [name for name in heads(reading) if name != WKT]
    page = None
    for done, line in enumerate(_lines(reading, names, to.name)):
        if done % ROWS == 0:
            title = reading.kind[:25] + (f" {done // ROWS + 1}" if done else "")
            page = book.create_sheet(title)
            page.append(names)
        assert page is not None
        page.append(line)
        if done % 1_000 == 0:
            heard(done)
    if page is None:
        book.create_sheet(reading.kind[:25]).append(names)
    codes = book.create_sheet(_("codes"))
    codes.append([_("column"), _("code"), _("meaning")])
    for row in code_lists(reading):
        codes.append([neutral(each) for each in row])
    book.save(to)


def _lines(reading: Reading, names: list[str], file: str) -> Iterator[list[Any]]:
    for table in reading.tables():
        columns = [
            [_cell(each, file) if isinstance(each, str) else each for each in column.to_pylist()]
            for column in flat(table, reading.collection.has_place).select(names).columns
        ]
        yield from map(list, zip(*columns, strict=True))


def _cell(text: str, file: str) -> str:
    if len(text) > LONGEST_CELL:
        raise Problem("cell-too-long", name=file, limit=LONGEST_CELL)
    return ILLEGAL.sub("\ufffd", neutral(text))


def code_lists(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """(column, code, what it means) of every column that holds codes."""
    for name in reading.layout.names:
        field = reading.collection.field(name)
        codes = getattr(field, "codes", None)
        for code, label in codes.choices if codes is not None else ():
            yield name, str(code), str(label)
