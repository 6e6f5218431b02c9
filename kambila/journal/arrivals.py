"""When an office came to know what another one had written."""

from __future__ import annotations

import json
from collections.abc import Sequence

import orjson
from django.db import connection

from kambila.journal import directory
from kambila.journal.nodes import own_nodes


def learned_at(ids: Sequence[str]) -> dict[str, str]:
    """When entries of other nodes became known here: {id: the `recorded` of the `receive` entry that first covers it}.

    Entries of this node, which knew them when it wrote them, are left out.
    """
    own = own_nodes(directory.current().node.id)
    sqlite = connection.vendor == "sqlite"
    among = "IN (SELECT value FROM json_each(%s))" if sqlite else "= ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute("SELECT node, recorded, body FROM journal_entry WHERE kind = 'receive' ORDER BY recorded")
        heads = [(recorded, orjson.loads(body)["heads"]) for node, recorded, body in cursor.fetchall() if node in own]
        if not heads:
            return {}
        asked = json.dumps(list(ids)) if sqlite else list(ids)
        cursor.execute(f"SELECT id, node, seq FROM journal_entry WHERE id {among}", [asked])
        foreign = [row for row in cursor.fetchall() if row[1] not in own]
    found = {}
    for id, node, seq in foreign:
        covering = (recorded for recorded, known in heads if known.get(node, [0])[0] >= seq)
        if moment := next(covering, ""):
            found[id] = moment
    return found
