"""Nodes: the entry with which an installation begins, and what counts as its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from django.db import connection

from kambila.journal import directory, heads
from kambila.journal.entry import Draft, Entry
from kambila.journal.writer import append


@dataclass(frozen=True)
class KnownNode:
    """What a `node` entry says: id, name, prefix of its codes, public key (hex), the node that it continues."""

    id: str
    name: str
    prefix: str
    key: str
    continues: str


def introduce(continues: str = "") -> Entry:
    """Write the node entry of the open directory; `continues` is the node whose entries count as its own."""
    opened = directory.current()
    body: dict[str, Any] = {
        "key": directory.public_key(opened),
        "prefix": opened.node.prefix,
        "title": opened.node.name,
    }
    if continues:
        body["continues"] = {"head": heads.head().get(continues, [0, ""]), "node": continues}
    return append([Draft("node", "", body)])[0]


def known_nodes() -> dict[str, KnownNode]:
    """Every node that has introduced itself, by id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT node, body FROM journal_entry WHERE kind = 'node' ORDER BY arrival")
        rows = cursor.fetchall()
    found = {}
    for node, text in rows:
        body = orjson.loads(text)
        continues = body.get("continues", {}).get("node", "")
        found[node] = KnownNode(node, body["title"], body["prefix"], body["key"], continues)
    return found


def own_nodes(node: str) -> set[str]:
    """The node and those that it continues, directly or along a chain."""
    known, own = known_nodes(), set()
    while node and node not in own:
        own.add(node)
        node = known[node].continues if node in known else ""
    return own
