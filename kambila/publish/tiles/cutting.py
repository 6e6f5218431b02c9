"""Tiles as they leave: the layers that a reader asks for, compressed, kept until the head of one of their kinds moves."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from typing import Any

from kambila.publish.features import finding
from kambila.publish.features.asking import Asked, cache_key
from kambila.publish.features.collections import Collection
from kambila.publish.tiles.layers import layer
from kambila.publish.tiles.marks import marks_of
from kambila.publish.tiles.matrix import Tile
from kambila.registry.keeping import Kept

LEVEL = 5  # of compression: beyond it a tile becomes hardly smaller, and takes longer
_kept: Kept[bytes] = Kept(4_000)

Head = tuple[Any, ...]


def tile(account: Any, collections: Sequence[Collection], asked: Asked, heads: Sequence[Head], at: Tile) -> bytes:
    """The layers in one tile, compressed; empty where nothing is. Raises Problem for a filter that cannot be read."""
    key = (
        *(finding.class_of(account, each, head) for each, head in zip(collections, heads, strict=True)),
        cache_key(asked),
        at,
    )
    return _kept.of(key, lambda: _cut(account, collections, asked, heads, at))


def _cut(account: Any, collections: Sequence[Collection], asked: Asked, heads: Sequence[Head], at: Tile) -> bytes:
    told = b"".join(
        layer(account, each, marks_of(account, each, asked, head), at)
        for each, head in zip(collections, heads, strict=True)
    )
    return gzip.compress(told, LEVEL, mtime=0) if told else b""
