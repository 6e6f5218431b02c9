"""What a question of the database gives, as columns: it writes each row as one line, and pyarrow reads the lines.

So no value becomes an object of Python on the way, which took most of the time. PostgreSQL writes lines by COPY, SQLite by
its `printf`, which quotes a text (`%Q`) and writes NULL without quotes.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy
import pyarrow as pa
from django.db import connection
from pyarrow import csv

from kambila.figures.paths import DATE, DECIMAL, WHOLE

SHAPE = "shape"  # a geometry, as WKB; beside the types of figures
LARGE = 4_000_000  # bytes of lines that are read at once
ROWS = 1_000  # that SQLite gives at once
MOST = 60  # values of one `printf`; SQLite takes no more than a hundred


def tables(query: str, values: Sequence[Any], columns: Mapping[str, tuple[str, int]]) -> Iterator[pa.Table]:
    """The rows of a query, some thousands at a time, with these of its columns: {name: (type, digits after the point)}."""
    is_sqlite = connection.vendor == "sqlite"
    lines = (_printed if is_sqlite else _copied)(query, values, columns)
    quote, nulls = ("'", ["NULL", ""]) if is_sqlite else ('"', [""])  # without quotes; a text has them
    for text in _gathered(lines):
        yield _table(text, columns, quote, nulls)


def _printed(query: str, values: Sequence[Any], columns: Mapping[str, tuple[str, int]]) -> Iterator[bytes]:
    quote, said = connection.ops.quote_name, list(columns.items())
    parts = []
    for start in range(0, len(said), MOST):
        part = said[start : start + MOST]
        form = ",".join("%%s" if type in (WHOLE, DATE, DECIMAL, SHAPE) else "%%Q" for _name, (type, _scale) in part)
        parts.append(f"printf('{form}', {', '.join(_plain(quote(name), *type) for name, type in part)})")
    line = " || ',' || ".join(parts)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT CAST({line} AS BLOB) FROM ({query}) seen", values)
        while rows := cursor.fetchmany(ROWS):
            yield b"\n".join([line for (line,) in rows]) + b"\n"


def _plain(column: str, type: str, scale: int) -> str:
    """What SQLite is to print; of NULL it prints nothing."""
    if type == DECIMAL:
        return f"CASE WHEN {column} IS NULL THEN NULL ELSE printf('%%.{scale}f', {column}) END"
    return f"hex({column})" if type == SHAPE else column


def _copied(query: str, values: Sequence[Any], columns: Mapping[str, tuple[str, int]]) -> Iterator[bytes]:
    quote = connection.ops.quote_name
    said = [f"encode({quote(name)}, 'hex')" if type == SHAPE else quote(name) for name, (type, _s) in columns.items()]
    statement = f"COPY (SELECT {', '.join(said)} FROM ({query}) seen) TO STDOUT (FORMAT csv)"
    with connection.cursor() as cursor, cursor.copy(statement, values) as lines:
        yield from lines


def _gathered(lines: Iterable[Any]) -> Iterator[bytearray]:
    """The lines put together at once: to keep each by itself until there are enough takes three times as long."""
    found = bytearray()
    for each in lines:
        found += each
        if len(found) >= LARGE:
            yield found
            found = bytearray()
    if found:
        yield found


def _table(text: bytearray, columns: Mapping[str, tuple[str, int]], quote: str, nulls: list[str]) -> pa.Table:
    read = csv.read_csv(
        pa.BufferReader(text),
        csv.ReadOptions(column_names=list(columns), use_threads=False, block_size=len(text) + 1),
        csv.ParseOptions(quote_char=quote, newlines_in_values=True),
        csv.ConvertOptions(
            column_types={name: _arrow(*type) for name, type in columns.items()},
            null_values=nulls,
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
    shapes = {name for name, (type, _scale) in columns.items() if type == SHAPE}
    return pa.table({name: _unhexed(read[name]) if name in shapes else read[name] for name in columns})


def _arrow(type: str, scale: int) -> pa.DataType:
    if type == DECIMAL:
        return pa.decimal128(18, scale)
    return {WHOLE: pa.int64(), DATE: pa.date32()}.get(type, pa.string())


def _unhexed(texts: pa.ChunkedArray) -> pa.Array:
    """The bytes that texts of hexadecimal digits stand for: all of them at once, for their places only halve."""
    whole = pa.concat_arrays(texts.chunks)
    known, places, digits = whole.buffers()
    ends = numpy.frombuffer(places, numpy.int32)[: len(whole) + 1]
    found = binascii.unhexlify(memoryview(digits)[: ends[-1]]) if digits is not None else b""
    return pa.Array.from_buffers(pa.binary(), len(whole), [known, pa.py_buffer(ends // 2), pa.py_buffer(found)])
