"""Replays: the registry as it was on a day, or as it was known at a moment, in a directory of its own."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from kambila.journal import clock, directory, projections, writer
from kambila.journal.entry import COLUMNS, Entry
from kambila.journal.errors import Problem
from kambila.journal.nodes import own_nodes

Progress = Callable[[int], None]


def moment(text: str) -> str:
    """A moment as entries hold it, from ISO 8601 text; a day means its end. Raises Problem for anything else."""
    try:
        read = datetime.datetime.fromisoformat(text)
        if len(text) == 10:
            read = read.replace(hour=23, minute=59, second=59, microsecond=999_999)
    except ValueError:
        raise Problem("no-moment", text=text) from None
    return clock.text((read if read.tzinfo else read.replace(tzinfo=datetime.UTC)).astimezone(datetime.UTC))


def day(text: str) -> str:
    """A day, YYYY-MM-DD. Raises Problem for anything else."""
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise Problem("no-day", text=text) from None


def period(first: str, last: str) -> tuple[str, str]:
    """Two days, either of which may be left out. Raises Problem for what is no day, or when they are exchanged."""
    first, last = (day(each) if each else "" for each in (first, last))
    if first and last and last < first:
        raise Problem("period-backwards", first=first, last=last)
    return first, last


def replay_into(path: Path, known_at: str = "", as_of: str = "", progress: Progress = lambda _: None) -> None:
    """Make a read-only directory in `path` whose registry is folded from what was known at a moment, as of a day."""
    source = directory.current()
    view = {"known_at": moment(known_at) if known_at else "", "as_of": day(as_of) if as_of else ""}
    covered = covered_at(view["known_at"]) if view["known_at"] else None
    node = source.node
    directory.create_directory(path, node.name, node.prefix, node.example, database="", lasting=False)
    try:
        directory.mark_view(view)
        for batch in _read(source):
            wanted = [e for e in batch if covered is None or covered(e)]
            if wanted:
                with transaction.atomic():
                    projections.apply_new(writer.insert(wanted))
            progress(len(batch))
    finally:
        directory.open_directory(source.path, source.database)


@contextmanager
def replayed(known_at: str = "", as_of: str = "", progress: Progress = lambda _: None) -> Iterator[directory.Directory]:
    """Work in a replay for a while; it is thrown away afterwards."""
    source = directory.current()
    with TemporaryDirectory(prefix="kambila-replay-") as folder:
        replay_into(Path(folder) / "replay", known_at, as_of, progress)
        try:
            yield directory.open_directory(Path(folder) / "replay", database="")
        finally:
            directory.open_directory(source.path, source.database)


def covered_at(known_at: str) -> Callable[[Entry], bool]:
    """Whether this node knew an entry at a moment: its own until then, and what its `receive` entries among them cover."""
    own = own_nodes(directory.current().node.id)
    heads: dict[str, int] = {}
    for batch in projections.read_since(0):
        for entry in batch:
            if entry.kind == "receive" and entry.seq <= own.get(entry.node, 0) and entry.recorded <= known_at:
                for node, (seq, _hash) in entry.body["heads"].items():
                    heads[node] = max(heads.get(node, 0), seq)

    def covered(entry: Entry) -> bool:
        if entry.seq <= own.get(entry.node, 0):
            return entry.recorded <= known_at
        return entry.seq <= heads.get(entry.node, 0)

    return covered


def _read(source: directory.Directory) -> Iterator[list[Entry]]:
    """The entries of a directory other than the one that is open, in batches."""
    connection, arrival = directory.beside(source), 0
    try:
        while True:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT {COLUMNS}, arrival FROM journal_entry WHERE arrival > %s ORDER BY arrival LIMIT %s",
                    [arrival, projections.BATCH],
                )
                batch = [Entry(*row) for row in cursor.fetchall()]
            if not batch:
                return
            yield batch
            arrival = batch[-1].arrival
    finally:
        connection.close()
