"""What the programme has settled about itself, in `setting` entries of this node."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import orjson
from django.db import connection

from kambila.journal import directory
from kambila.journal.nodes import own_nodes


def zone() -> ZoneInfo:
    """The time zone of the programme; UTC where none was settled."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT node, body FROM journal_entry WHERE kind = 'setting' ORDER BY arrival DESC")
        rows = cursor.fetchall()
    own = own_nodes(directory.current().node.id) if rows else {}
    for node, text in rows:
        body = orjson.loads(text)
        value = body.get("value") if node in own and body.get("name") == "programme" else None
        if isinstance(value, dict) and value.get("zone"):
            try:
                return ZoneInfo(str(value["zone"]))
            except (ZoneInfoNotFoundError, ValueError):
                break
    return ZoneInfo("UTC")
