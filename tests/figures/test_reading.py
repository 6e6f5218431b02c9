"""What is read as lines is what was in the database, whatever a text has in it."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kambila.figures import reading
from kambila.figures.paths import DATE, DECIMAL, TEXT, WHOLE
from kambila.figures.reading import SHAPE, tables

TEXTS = st.text(st.one_of(st.sampled_from("'\",\n\r\\%é "), st.characters(exclude_characters="\0", codec="utf-8")))
ROWS = st.lists(
    st.tuples(
        st.none() | TEXTS | st.sampled_from(("NULL", "", "'", '"', "\\N", "%s")),
        st.none() | st.integers(-(2**53), 2**53),
        st.none() | st.dates(),
        st.none() | st.decimals(-1000, 1000, places=2),
        st.none() | st.binary(min_size=1),
    ),
    min_size=1,
    max_size=20,
)
COLUMNS = {"a": (TEXT, 0), "b": (WHOLE, 0), "c": (DATE, 0), "d": (DECIMAL, 2), "e": (SHAPE, 0)}


def question(rows):
    """(query, values) that give the rows, of the types that both databases know them by."""
    bytes_, date = ("blob", "text") if connection.vendor == "sqlite" else ("bytea", "date")
    types = ("text", "bigint", date, "numeric", bytes_)
    each = ", ".join(f'CAST(%s AS {type}) AS "{name}"' for type, name in zip(types, COLUMNS, strict=True))
    values = [str(value) if isinstance(value, datetime.date | Decimal) else value for row in rows for value in row]
    return " UNION ALL ".join([f"SELECT {each}"] * len(rows)), values


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.sampled_from((1, 60, reading.LARGE)))
def test_every_value_is_read_as_it_is(programme, rows, large):
    whole, reading.LARGE = reading.LARGE, large
    try:
        found = [tuple(row.values()) for table in tables(*question(rows), COLUMNS) for row in table.to_pylist()]
    finally:
        reading.LARGE = whole
    assert found == rows


def test_as_many_columns_as_a_kind_may_have_are_read(programme):
    names = {f"n{number}": (WHOLE, 0) for number in range(150)}
    said = ", ".join(f"{number} AS {name}" for number, name in enumerate(names))
    (found,) = tables(f"SELECT {said}", (), names)
    assert found.to_pylist() == [dict(zip(names, range(150), strict=True))]


def test_a_question_without_rows_gives_no_table(programme):
    assert list(tables("SELECT 'x' AS a WHERE 1 = 0", (), {"a": (TEXT, 0)})) == []
