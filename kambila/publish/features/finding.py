"""The items that a reader finds: the access rule and all that he asks, composed into one query; a page, and how many.

How many there are is counted once for what readers of one class see, for one filter, until the head of a kind moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connection
from django.db.models import Q, QuerySet

from kambila.journal import directory
from kambila.journal.errors import Problem
from kambila.journal.repeated import repeated
from kambila.publish.features import errors, filters, sorting, times  # noqa: F401  the catalogue
from kambila.publish.features.asking import FILTERING, Asked, cache_key
from kambila.publish.features.collections import Collection
from kambila.publish.features.rows import Layout
from kambila.registry import access, boxed, heads, regions, whereabouts
from kambila.registry.gazetteer import gazetteers
from kambila.registry.keeping import Kept
from kambila.registry.models import Record

# Stand in a compiled query where the key, or the keys, come that change from one request to the next.
SLOT, PLACED = "\x00", "\x00placed"
BOX = ("bbox", "bbox-crs")
COUNT = "SELECT COUNT(*) FROM (%s) AS found"
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
    return heads_of([collection])[0]


def heads_of(collections: Sequence[Collection]) -> list[tuple[Any, ...]]:
    """The head of each collection; one question of the database, however many they are."""
    depends = [(*_leaned_on(each), *(gazetteers() if each.has_place else ())) for each in collections]
    models = list(dict.fromkeys(model for each in depends for model in each))
    *known, gone, built = heads.of(*models)
    last = dict(zip(models, known, strict=True))
    return [(*(last[model] for model in each), gone, built) for each in depends]


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
    placed, matched = _placed(account, collection, asked)
    key, after = "", asked.after
    if asked.after and not asked.keys:  # by the key alone: pages differ in nothing else
        sorting.after(asked.keys, asked.after)
        (key,), after = sorting.values_of(asked.after), SLOT

    def ordered() -> QuerySet[Any]:
        found = asked_for(account, collection, asked, True, placed)
        if asked.after:
            found = found.filter(Q(pk__gt=SLOT) if after == SLOT else sorting.after(asked.keys, asked.after))
        return found.order_by(*sorting.ordering(asked.keys)).values_list(*layout.columns)[: asked.limit + 1]

    said = (_shape(asked, placed), tuple(asked.keys), asked.limit, after)
    rows = _rows(class_of(account, collection, head) + said, ordered, {SLOT: key, PLACED: placed})
    following = sorting.token(layout.place(rows[asked.limit - 1])) if len(rows) > asked.limit else ""
    if matched is None:
        is_whole = not asked.after and not following
        matched = len(rows) if is_whole else _count(account, collection, asked, head, placed)
    return Page(rows[: asked.limit], layout, matched, following)


def item(account: Any, collection: Collection, id: str) -> tuple[tuple[Any, ...], Layout] | None:
    """The row of one record, if the account sees it."""
    layout = Layout(collection, [])

    def one() -> QuerySet[Any]:
        return access.visible(account, collection.model).filter(pk=SLOT).values_list(*layout.columns)

    rows = _rows((*class_of(account, collection, ()), "item"), one, {SLOT: id})
    return (rows[0], layout) if rows else None


def _placed(account: Any, collection: Collection, asked: Asked) -> tuple[Any, int | None]:
    """(the keys of what lies in the box that is asked for, as one value, where the index gives them; how many there are,
    where it knows that).

    So the query of one box is that of another, and is compiled once. Who sees every record and asks for nothing but a box,
    in the order of keys, needs only the keys of his page.
    """
    if not asked.boxes:
        return None, None
    model, number = collection.model, None
    found = boxed.few(account, model, asked.boxes)
    if not asked.keys and set(asked.said) <= set(BOX) and access.sees_all(account, model):
        after = sorting.values_of(asked.after)[0] if asked.after else ""
        if found is not None:
            found, number = [each for each in found if each > after][: asked.limit + 1], len(found)
        elif len(asked.boxes) == 1 and (part := boxed.first(account, model, asked.boxes[0], after, asked.limit + 1)):
            found, number = part
    return None if found is None else boxed.packed(found), number


def _shape(asked: Asked, placed: Any) -> tuple[Any, ...]:
    """What of the filter its SQL depends on."""
    return (placed is None, *(each for each in cache_key(asked) if placed is None or each[0] not in BOX))


def asked_for(account: Any, collection: Collection, asked: Asked, walking: bool, placed: Any = None) -> QuerySet[Any]:
    """The records that are visible and asked for; where `placed` is not None, PLACED stands for those in the box."""
    found = access.visible(account, collection.model)
    if placed is not None:
        found = found.filter(boxed.among(collection.model, PLACED))
    elif asked.boxes:
        region = regions.box_region(asked.boxes)
        found = found.filter(whereabouts.lies(account, collection.model, region, walking))
    if "datetime" in asked.said:
        found = found.filter(times.asked(collection, asked.said["datetime"], asked.is_any_date))
    if asked.said.get("filter", "").strip():
        found = found.filter(filters.condition(account, collection, asked.said["filter"], asked.filter_crs))
    for name, value in asked.said.items():
        if name not in FILTERING:
            found = found.filter(filters.equal(collection, name, value))
    return found


def _count(account: Any, collection: Collection, asked: Asked, head: tuple[Any, ...], placed: Any) -> int:
    whole = class_of(account, collection, head)

    def counted() -> QuerySet[Any]:
        return asked_for(account, collection, asked, False, placed).values_list("pk")

    def count() -> int:
        rows = _rows((*whole, _shape(asked, placed), "count"), counted, {PLACED: placed}, COUNT)
        return rows[0][0] if rows else 0

    return _counted.of((*whole, cache_key(asked)), count)


def class_of(account: Any, collection: Collection, head: tuple[Any, ...]) -> tuple[Any, ...]:
    """What readers have in common who find the same in a collection."""
    return directory.current().path, access.access_class(account), collection.kind, head


def _rows(
    key: tuple[Any, ...], make: Callable[[], QuerySet[Any]], slots: Mapping[str, Any], around: str = "%s"
) -> list[tuple[Any, ...]]:
    """What a query gives, as the database has it: turning each value into Python's would take most of the time."""
    try:
        compiled = _compiled.of(key, lambda: _sql(make(), around))
    except (ValueError, TypeError, OverflowError, ValidationError):  # a value that no column of this type can have
        raise Problem("bad-parameter", name="after", why="…") from None
    if compiled is None:
        return []
    query, values = compiled
    return repeated(query, [slots.get(each, each) if isinstance(each, str) else each for each in values])


def as_they_are(found: QuerySet[Any], around: str = "%s") -> list[tuple[Any, ...]]:
    """All rows of a query as the database has them, or what another one makes of it, in which `%s` stands for it."""
    compiled = _sql(found, around)
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


def _sql(found: QuerySet[Any], around: str = "%s") -> Compiled:
    try:
        query, values = found.query.sql_with_params()
    except EmptyResultSet:
        return None
    return around.replace("%s", query, 1), tuple(values)
