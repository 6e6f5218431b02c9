"""Nodes: the entry with which an installation begins, and what counts as its own."""

from __future__ import annotations

import sys
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
    continued_to: int


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
    found: dict[str, KnownNode] = {}
    for node, text in rows:
        body = orjson.loads(text)
        title, prefix, key = (str(body.get(name, "")) for name in ("title", "prefix", "key"))
        # Later ones say nothing: a node cannot give itself another key.
        found.setdefault(node, KnownNode(node, title, prefix, key, *_continued(body.get("continues"))))
    return found


def _continued(said: Any) -> tuple[str, int]:
    """(node, number of its last entry that counts) of what a `node` entry says that it continues."""
    try:
        return str(said["node"]), int(said["head"][0])
    except (TypeError, KeyError, IndexError, ValueError):
        return "", 0


def own_nodes(node: str) -> dict[str, int]:
    """The node and those that it continues, directly or along a chain, each with the last of its entries that counts as
    its own: what a continued node wrote afterwards, this one had to be told."""
    known, own, last = known_nodes(), dict[str, int](), sys.maxsize
    while node and node not in own:
        own[node] = last
        node, last = (known[node].continues, known[node].continued_to) if node in known else ("", 0)
    return own
