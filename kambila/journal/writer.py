"""Writing to the journal: one chain, however many threads and processes write to it.

What is waiting commits as one transaction: the first thread to get the lock writes for all that queued behind it.
Processes take turns by the database's own write lock, inside which the end of the chain is read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from django.db import connection, transaction

from kambila.journal import clock, directory, erasure, heads, parts, projections
from kambila.journal.entry import COLUMNS, KINDS, SCHEMA, Draft, Entry, canonical
from kambila.journal.errors import Problem
from kambila.journal.turn import Turn, among_processes

Drafts = Sequence[Draft] | Callable[[], Sequence[Draft]]
GENESIS = ""
ADVISORY_LOCK = 0x6B616D62  # "kamb"


@dataclass
class _Request:
    drafts: Drafts
    prepared: list[_Prepared] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    error: BaseException | None = None
    done: bool = False


@dataclass(frozen=True)
class _Prepared:
    """A draft whose text is ready and whose files are durable; only its place in the chain is missing."""

    draft: Draft
    body: str
    sealed: str
    contents: tuple[parts.SealedContent, ...]


_waiting: deque[_Request] = deque()
turn = Turn()


def append(drafts: Drafts) -> list[Entry]:
    """Write entries, all or none; they are durable when this returns.

    `drafts` may be a function: it is called when the write lock is held, so that what it looks up (a submission already
    known, the next free code) is still true when its drafts are written. What it raises is raised here.
    """
    if directory.current().node.view is not None:
        raise Problem("read-only")
    request = _Request(drafts)
    if not callable(drafts):
        request.prepared = [_prepare(draft) for draft in drafts]
    if connection.in_atomic_block:
        # What others wait for must not hang on a transaction that the caller may still take back.
        _commit([request])
    else:
        _waiting.append(request)
        if turn.take(lambda: request.done):
            try:
                _write_waiting()
            finally:
                turn.give_back()
    if request.error is not None:
        raise request.error
    return request.entries


def _prepare(draft: Draft) -> _Prepared:
    if draft.kind not in KINDS:
        raise Problem("unknown-kind", kind=draft.kind, kinds=", ".join(KINDS))
    sealed = [parts.seal(name, part) for name, part in draft.parts.items()]
    said = [dict(kept) for kept in draft.kept] + [each for each, _ in sealed]
    return _Prepared(draft, canonical(draft.body), canonical(said), tuple(content for _, content in sealed))


def _write_waiting() -> None:
    with among_processes(directory.current().path / "write.lock"):
        _write_batch([_waiting.popleft() for _ in range(len(_waiting))])
    heads.sign_if_due()


def _write_batch(batch: list[_Request]) -> None:
    try:
        _commit(batch)
    except BaseException as error:
        if len(batch) == 1:
            batch[0].error = error
        else:
            # One of several made the transaction fail: each gets its own, so that only the guilty one hears of it.
            for request in batch:
                try:
                    _commit([request])
                except Exception as own:
                    request.error = own
    finally:
        for request in batch:
            request.done = True


def _commit(batch: list[_Request]) -> None:
    """Write several requests as one transaction."""
    with transaction.atomic():
        lock()
        end = chain_end(directory.current().node.id)
        pending: list[_Request] = []
        for request in batch:
            request.entries, request.error = [], None
            if callable(request.drafts):
                _keep(pending)  # what it looks up must know of those before it
                pending = []
                try:
                    with transaction.atomic():  # what it did before it failed is taken back
                        request.prepared = [_prepare(draft) for draft in request.drafts()]
                except Exception as error:
                    request.error = error
                    continue
            for prepared in request.prepared:
                entry = end.next(prepared)
                request.entries.append(entry)
                end = ChainEnd.at(entry)
            pending.append(request)
        _keep(pending)


def _keep(requests: list[_Request]) -> None:
    """Write the entries of requests, with their parts and what follows from them; within the transaction."""
    written = [entry for request in requests for entry in request.entries]
    if written:
        _write(written)
        parts.insert([c for r in requests if r.entries for prepared in r.prepared for c in prepared.contents])
        erasure.apply(written)
        projections.apply_new(written)


@dataclass(frozen=True)
class ChainEnd:
    """After what the next entry of a node goes. `tick` and `arrival` are the greatest of any node."""

    node: str
    seq: int
    tick: int
    recorded: str
    hash: str
    arrival: int

    @classmethod
    def at(cls, entry: Entry) -> ChainEnd:
        return cls(entry.node, entry.seq, entry.tick, entry.recorded, entry.hash, entry.arrival)

    def next(self, prepared: _Prepared) -> Entry:
        entry = Entry(
            id=prepared.draft.id,
            node=self.node,
            seq=self.seq + 1,
            tick=self.tick + 1,
            kind=prepared.draft.kind,
            schema=SCHEMA,
            recorded=max(clock.text(clock.now()), self.recorded),
            author=prepared.draft.author,
            body_text=prepared.body,
            sealed_text=prepared.sealed,
            prev=self.hash,
            hash="",
            arrival=self.arrival + 1,
        )
        vars(entry)["hash"] = entry.computed_hash()  # of what stands there; to make another would take as long again
        return entry


def chain_end(node: str) -> ChainEnd:
    """The last place of a node's chain, with the greatest tick and arrival of what is held from anyone."""
    greatest = (
        "(SELECT COALESCE(MAX(tick), 0) FROM journal_entry), (SELECT COALESCE(MAX(arrival), 0) FROM journal_entry)"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT seq, recorded, hash, {greatest} FROM journal_entry WHERE node = %s ORDER BY seq DESC LIMIT 1",
            [node],
        )
        last = cursor.fetchone()
        if last is None:
            cursor.execute(f"SELECT {greatest}")
            last = (0, "", GENESIS, *cursor.fetchone())
    seq, recorded, hash, tick, arrival = last
    return ChainEnd(node, seq, tick, recorded, hash, arrival)


def lock() -> None:
    """Hold the write lock of the journal until the transaction ends. SQLite takes its own (BEGIN IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])


def insert(entries: Sequence[Entry]) -> list[Entry]:
    """Write rows and give the entries back with the order of their arrival. Within the caller's transaction and lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(arrival), 0) FROM journal_entry")
        first = cursor.fetchone()[0] + 1
    arrived = [replace(entry, arrival=first + index) for index, entry in enumerate(entries)]
    if arrived:
        _write(arrived)
    return arrived


def _write(entries: Sequence[Entry]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO journal_entry ({COLUMNS}, arrival) VALUES ({', '.join(['%s'] * 13)})",
            [
                (e.id, e.node, e.seq, e.tick, e.kind, e.schema, e.recorded, e.author)
                + (e.body_text, e.sealed_text, e.prev, e.hash, e.arrival)
                for e in entries
            ],
        )
