"""The items that a reader finds: the access rule and all that he asks, composed into one query; a page, and how many.

How many there are is counted once for what readers of one class see, for one filter, until the head of a kind moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connection
from django.db.models import Q, QuerySet

from kambila.journal import directory
from kambila.journal.errors import Problem
from kambila.publish.features import errors, filters, sorting, times  # noqa: F401  the catalogue
from kambila.publish.features.asking import FILTERING, Asked, cache_key
from kambila.publish.features.collections import Collection
from kambila.publish.features.rows import Layout
from kambila.registry import access, heads, whereabouts
from kambila.registry.gazetteer import gazetteers
from kambila.registry.keeping import Kept
from kambila.registry.models import Record

SLOT = "\x00"  # stands in a compiled query where the key comes that changes from one request to the next
Compiled = tuple[str, tuple[Any, ...]] | None  # SQL and values; None: nothing can be found
_counted: Kept[int] = Kept(4_000)
_compiled: Kept[Compiled] = Kept(1_000)


@dataclass(frozen=True)
class Page:
    """Rows as the layout of the collection has them; `following` is where the next page begins, empty on the last."""

    rows: Sequence[tuple[Any, ...]]
    layout: Layout
    matched: int
    following: str


def head(collection: Collection) -> tuple[Any, ...]:
    """The heads of all kinds that what a reader finds in a collection may depend on."""
    return heads.of(*_leaned_on(collection), *(gazetteers() if collection.has_place else ()))


def may_know_head(account: Any, collection: Collection) -> bool:
    """Whether a reader sees all that moves the head: to others it would tell when something was reported."""
    return all(access.sees_all(account, model) for model in _leaned_on(collection))


def _leaned_on(collection: Collection) -> list[type[Record]]:
    """The kind, and for an event that is dated by another record (a casualty by its incident) that one's."""
    link = collection.model.event_date.rpartition("__")[0]
    linked: Any = collection.field(link).related_model if link else None
    return [collection.model, *([linked] if linked else [])]


def page(account: Any, collection: Collection, asked: Asked, head: tuple[Any, ...]) -> Page:
    """A page of items. Raises Problem."""
    layout = Layout(collection, [name for name, _down in asked.keys])
    key, after = "", asked.after
    if asked.after and not asked.keys:  # by the key alone: pages differ in nothing else
        sorting.after(asked.keys, asked.after)
        (key,), after = sorting.values_of(asked.after), SLOT

    def ordered() -> QuerySet[Any]:
        found = asked_for(account, collection, asked, walking=True)
        if asked.after:
            found = found.filter(Q(pk__gt=SLOT) if after == SLOT else sorting.after(asked.keys, asked.after))
        return found.order_by(*sorting.ordering(asked.keys)).values_list(*layout.columns)[: asked.limit + 1]

    said = (cache_key(asked), tuple(asked.keys), asked.limit, after)
    rows = _rows(class_of(account, collection, head) + said, ordered, key)
    following = sorting.token(layout.place(rows[asked.limit - 1])) if len(rows) > asked.limit else ""
    is_whole = not asked.after and not following
    matched = len(rows) if is_whole else _count(account, collection, asked, head)
    return Page(rows[: asked.limit], layout, matched, following)


def item(account: Any, collection: Collection, id: str) -> tuple[tuple[Any, ...], Layout] | None:
    """The row of one record, if the account sees it."""
    layout = Layout(collection, [])

    def one() -> QuerySet[Any]:
        return access.visible(account, collection.model).filter(pk=SLOT).values_list(*layout.columns)

    rows = _rows((*class_of(account, collection, ()), "item"), one, id)
    return (rows[0], layout) if rows else None


def asked_for(account: Any, collection: Collection, asked: Asked, walking: bool) -> QuerySet[Any]:
    found = access.visible(account, collection.model)
    if asked.boxes:
        region = whereabouts.box_region(asked.boxes)
        found = found.filter(whereabouts.lies(account, collection.model, region, walking))
    if "datetime" in asked.said:
        found = found.filter(times.asked(collection, asked.said["datetime"]))
    if asked.said.get("filter", "").strip():
        found = found.filter(filters.condition(account, collection, asked.said["filter"], asked.filter_crs))
    for name, value in asked.said.items():
        if name not in FILTERING:
            found = found.filter(filters.equal(collection, name, value))
    return found


def _count(account: Any, collection: Collection, asked: Asked, head: tuple[Any, ...]) -> int:
    key = (*class_of(account, collection, head), cache_key(asked))
    return _counted.of(key, lambda: asked_for(account, collection, asked, walking=False).count())


def class_of(account: Any, collection: Collection, head: tuple[Any, ...]) -> tuple[Any, ...]:
    """What readers have in common who find the same in a collection."""
    return directory.current().path, access.access_class(account), collection.kind, head


def _rows(key: tuple[Any, ...], make: Callable[[], QuerySet[Any]], slot: str) -> list[tuple[Any, ...]]:
    """What a query gives, as the database has it: turning each value into Python's would take most of the time."""
    try:
        compiled = _compiled.of(key, lambda: _sql(make()))
    except (ValueError, TypeError, OverflowError, ValidationError):  # a value that no column of this type can have
        raise Problem("bad-parameter", name="after", why="…") from None
    if compiled is None:
        return []
    query, values = compiled
    with connection.cursor() as cursor:
        cursor.execute(query, [slot if each == SLOT else each for each in values])
        return list(cursor.fetchall())


def as_they_are(found: QuerySet[Any]) -> list[tuple[Any, ...]]:
    """All rows of a query as the database has them."""
    compiled = _sql(found)
    if compiled is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*compiled)
        return list(cursor.fetchall())


def in_pieces(found: QuerySet[Any], size: int) -> Iterator[list[tuple[Any, ...]]]:
    """All rows of a query as the database has them, so many at a time: however many there are, no more are held."""
    compiled = _sql(found)
    if compiled is None:
        return
    with connection.chunked_cursor() as cursor:
        cursor.execute(*compiled)
        while rows := cursor.fetchmany(size):
            yield list(rows)


def _sql(found: QuerySet[Any]) -> Compiled:
    try:
        query, values = found.query.sql_with_params()
    except EmptyResultSet:
        return None
    return query, tuple(values)
