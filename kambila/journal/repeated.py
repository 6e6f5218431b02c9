"""Statements that are put again and again: PostgreSQL works out once how it goes about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

# How often a connection is asked the same before the database keeps it.
PREPARED_AFTER = 2


def repeated(query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of one statement, of which only the values differ from one time to the next."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall())
    from django.db.backends.postgresql.base import ServerBindingCursor

    connection.ensure_connection()
    # Django's own cursors write the values into the statement, so that each is another one to the database.
    make: Any = ServerBindingCursor  # its stub has no arguments
    with connection.make_cursor(make(connection.connection)) as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
