"""A file that holds all tiles of a map: PMTiles (version 3) for browsers and QGIS, MBTiles (1.3) for phones and GDAL."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from kambila.journal.errors import Problem
from kambila.publish.tiles import errors  # noqa: F401  the catalogue
from kambila.publish.tiles.matrix import Tile

Box = tuple[float, float, float, float]


class Archive(Protocol):
    """Takes tiles, each compressed with gzip, and what is said of them all at the end."""

    def add(self, tile: Tile, content: bytes) -> None: ...

    def finish(self, said: dict[str, Any], box: Box, deepest: int) -> None: ...


@contextmanager
def archive(target: Path) -> Iterator[Archive]:
    """The file, by the ending of its name: whole when nothing was raised, else as it was before. Raises Problem."""
    if target.suffix not in KINDS:
        raise Problem("no-such-archive", path=target.name)
    draft = target.with_name(f".{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        yield KINDS[target.suffix](draft)
        os.replace(draft, target)
    except (OSError, sqlite3.OperationalError) as error:
        raise Problem("not-writable", path=target, why=getattr(error, "strerror", None) or error) from None
    finally:
        draft.unlink(missing_ok=True)


class PMTiles:
    """Tiles lie in the file in the order that the format knows them by, so that neighbours are read at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tiles: dict[int, bytes] = {}

    def add(self, tile: Tile, content: bytes) -> None:
        from pmtiles.tile import zxy_to_tileid

        self._tiles[zxy_to_tileid(tile.z, tile.x, tile.y)] = content

    def finish(self, said: dict[str, Any], box: Box, deepest: int) -> None:
        from pmtiles.tile import Compression, TileType
        from pmtiles.writer import write

        west, south, east, north = (round(each * 10**7) for each in box)
        header = {
            "tile_type": TileType.MVT,
            "tile_compression": Compression.GZIP,
            "min_lon_e7": west,
            "min_lat_e7": south,
            "max_lon_e7": east,
            "max_lat_e7": north,
            "center_zoom": min(5, deepest),
            "center_lon_e7": (west + east) // 2,
            "center_lat_e7": (south + north) // 2,
        }
        with write(str(self._path)) as writer:
            for key in sorted(self._tiles):
                writer.write_tile(key, self._tiles[key])
            writer.finalize(header, said)


class MBTiles:
    """An SQLite database, whose rows of tiles are counted from the south."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
            database.execute(
                "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB, "
                "PRIMARY KEY (zoom_level, tile_column, tile_row))"
            )
        self._waiting: list[tuple[int, int, int, bytes]] = []

    def add(self, tile: Tile, content: bytes) -> None:
        self._waiting.append((tile.z, tile.x, 2**tile.z - 1 - tile.y, content))
        if len(self._waiting) >= 1_000:
            self._write()

    def _write(self) -> None:
        with closing(sqlite3.connect(self._path)) as database, database:
            database.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", self._waiting)
        self._waiting.clear()

    def finish(self, said: dict[str, Any], box: Box, deepest: int) -> None:
        self._write()
        west, south, east, north = box
        rows = {
            **{name: value for name, value in said.items() if isinstance(value, str)},
            "format": "pbf",
            "bounds": ",".join(map(str, box)),
            "center": f"{(west + east) / 2},{(south + north) / 2},{min(5, deepest)}",
            "minzoom": "0",
            "maxzoom": str(deepest),
            "json": json.dumps({"vector_layers": said["vector_layers"]}, ensure_ascii=False),
        }
        with closing(sqlite3.connect(self._path)) as database, database:
            database.executemany("INSERT INTO metadata VALUES (?, ?)", rows.items())


KINDS: dict[str, Callable[[Path], Archive]] = {".pmtiles": PMTiles, ".mbtiles": MBTiles}
