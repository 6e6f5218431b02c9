"""CSV in the delimiters and encodings that spreadsheets write; read as a stream, a million rows never lie in memory."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from kambila.intake.sheets.tables import Row, Table, headed, tags_in
from kambila.journal.errors import Problem

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 64_000
CHUNK = 1 << 20
LONGEST_CELL = 100_000
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def open_csv(path: Path) -> Table:
    """A CSV file as a table."""
    encoding = encoding_of(path)
    delimiter = delimiter_of(path, encoding)
    lines = _lines(path, encoding, delimiter)
    number, header = next(((n, line) for n, line in lines if any(line)), (0, []))
    columns = headed(path.name, header)
    _number, second = next(((n, line) for n, line in lines if any(line)), (0, []))
    tags = tags_in(columns, second)

    def rows() -> Iterator[Row]:
        for at, line in _lines(path, encoding, delimiter):
            if at > number and any(line) and not (tags and at == _number):
                yield _row(at, columns, line)

    return Table(path.name, "csv", columns, rows, tags=tags, details={"delimiter": delimiter, "encoding": encoding})


def _row(number: int, columns: list[str], line: list[str]) -> Row:
    cells = {column: each or None for column, each in zip(columns, line, strict=False)}
    problem = ""
    if len(line) != len(columns):
        if any(line[len(columns) :]):
            problem = _("The row has %(cells)d cells, but there are %(columns)d columns.") % {
                "cells": len(line), "columns": len(columns),
            }  # fmt: skip
        cells |= dict.fromkeys(columns[len(line) :])
    if "\x00" in "".join(line):
        problem = _("The row has characters in it that are no text.")
        cells = {name: each.replace("\x00", "\ufffd") if each else each for name, each in cells.items()}
    return Row(number, cells, None, problem)


def _lines(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(number of the row, cells). Raises Problem where the file breaks off in the middle of a quoted cell."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        number = 0
        while True:
            try:
                line = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                why = _("row %(number)d: %(why)s") % {"number": number + 1, "why": error}
                raise Problem("table-unreadable", name=path.name, why=why) from None
            number += 1
            yield number, line


def encoding_of(path: Path) -> str:
    """As its byte order mark says; else UTF-8 if all of it is, else Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        chunk = file.read(CHUNK)
        for mark, encoding in MARKS:
            if chunk.startswith(mark):
                return encoding
        try:
            while chunk:
                decoder.decode(chunk)
                chunk = file.read(CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def delimiter_of(path: Path, encoding: str) -> str:
    """The delimiter by which most of the first lines have as many cells as the first; a comma when there is one column."""
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        sample = file.read(SAMPLE)
    scores = {each: _score(sample, each) for each in DELIMITERS}
    best = max(DELIMITERS, key=lambda each: scores[each])
    return best if scores[best] > (0, 0) else ","


def _score(sample: str, delimiter: str) -> tuple[int, int]:
    """(rows that agree with the first, columns)."""
    try:
        lines = [line for line in csv.reader(io.StringIO(sample), delimiter=delimiter) if line][:30]
    except csv.Error:
        return (0, 0)
    if not lines or len(lines[0]) < 2:
        return (0, 0)
    agreeing = sum(len(line) == len(lines[0]) for line in lines[: max(1, len(lines) - 1)])
    return (agreeing, len(lines[0]))
