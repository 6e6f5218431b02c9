"""What the records of a kind were on each day, for the slider of the map: one feature for each state, with its days.

Known of a day is what reports tell of that day and before (`kambila.registry.past`). What is derived from other records,
such as the status of an area from its products, is derived again from those that were there by then. A record is drawn
where it was said to be by then; one whose place is told by its commune where that is now.
"""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson
import shapely

from kambila.publish.features import finding
from kambila.publish.features.asking import Asked, cache_key
from kambila.publish.features.collections import Collection
from kambila.publish.features.rows import Layout
from kambila.publish.tiles import symbols
from kambila.publish.tiles.layers import in_short
from kambila.registry import partial_dates, past, precision, whereabouts
from kambila.registry.keeping import Kept
from kambila.registry.kinds import model_of, plan_of
from kambila.registry.models import derived_fields

MOST = 20_000  # records that a browser is given day by day
EVER = "9999-12-31"
EPOCH = datetime.date(1970, 1, 1)
Row = Mapping[str, Any]
_kept: Kept[bytes] = Kept(24)


def days(account: Any, collection: Collection, asked: Asked, head: tuple[Any, ...]) -> bytes:
    """GeoJSON: each feature a state of a record, with `from` and `to` (the first day on which it holds no longer), as days
    since 1970. Empty, and `too_many`, for more than a browser can hold."""
    key = (*finding.class_of(account, collection, head), cache_key(asked))
    return _kept.of(key, lambda: orjson.dumps(_told(account, collection, asked)))


def _told(account: Any, collection: Collection, asked: Asked) -> dict[str, Any]:
    found = finding.asked_for(account, collection, asked, walking=False)
    found = found.filter(whereabouts.is_told(account, collection.model))
    if found.count() > MOST:
        return {"type": "FeatureCollection", "features": [], "too_many": True}
    layout = Layout(collection, [])
    rows = list(found.values_list(*layout.columns))
    begins = _begins(collection)
    steps = past.states(collection.kind).steps if collection.model.event_date == "" else {}
    derived = _derived(collection, [row[0] for row in rows])
    ends = {row[0]: _ends(layout, row, steps.get(row[0], ())) for row in rows} if collection.model.lasting else {}
    shapes = {row[0]: precision.open_shapes(collection.model, row[layout.at["shown_place"]]) for row in rows}
    features: list[dict[str, Any]] = []
    for id, said, where in in_short(layout, rows, None):
        if where is None:
            continue
        places = _Places(where, steps.get(id, ()) if isinstance(where, bytes) else (), shapes[id])
        turns = {name: each for name, each in derived.get(id, {}).items() if name in said}
        for state in _states(id, said, steps.get(id, ()), turns, begins.get(id, "")):
            for lasting in _lasting(collection.model, state, ends[id]) if id in ends else (state,):
                drawn = places.drawn(state["from"])
                features += [{"type": "Feature", "geometry": each, "properties": lasting} for each in drawn]
    return {"type": "FeatureCollection", "features": features}


class _Places:
    """Where one record was, by the geometries that its reader is shown; `now` is where it is, as WKB or as degrees."""

    def __init__(self, now: Any, steps: Sequence[tuple[str, Row | None]], names: Sequence[str]) -> None:
        stated = [(_number(day), _first(held, names)) for day, held in steps if held is not None]
        self._stated = [(day, None if shape is None else shape.wkb) for day, shape in stated]
        self._now, self._kept = now, dict[Any, list[Any]]()

    def drawn(self, day: int) -> list[Any]:
        """What is drawn of it in a state that begins on a day: nothing while nobody had said where it is."""
        where = (
            next((wkb for since, wkb in reversed(self._stated) if since <= day), None) if self._stated else self._now
        )
        if where is None:
            return []
        if where not in self._kept:
            self._kept[where] = _drawn(where)
        return self._kept[where]


def _first(held: Row, names: Sequence[str]) -> Any:
    return next((held[name] for name in names if held.get(name) is not None), None)


def _drawn(where: Any) -> list[Any]:
    """The mark of a record, and its outline where it has one, as the tiles have them."""
    shape = shapely.Point(where) if isinstance(where, tuple) else shapely.from_wkb(where)
    shapes = [shape] if shape.geom_type == "Point" else [shape, shapely.point_on_surface(shape)]
    return [orjson.Fragment(shapely.to_geojson(each)) for each in shapes]


def _begins(collection: Collection) -> dict[str, str]:
    """The day from which each record is known: of an event that on which it happened, else that of the first report."""
    model: Any = collection.model
    if model.event_date and "__" not in model.event_date:
        rows = model._default_manager.values_list("pk", f"{model.event_date}_first")
        return {id: str(first) for id, first in rows if first}
    return past.states(collection.kind).since if not model.event_date else {}


def _states(
    id: str,
    now: Row,
    steps: Sequence[tuple[str, Row | None]],
    derived: Mapping[str, Sequence[tuple[str, Any]]],
    since: str,
) -> Iterator[dict[str, Any]]:
    """The states of one record, the oldest first."""
    stated = dict(steps) if steps else {since: now}
    turns = sorted({*stated, *(day for changes in derived.values() for day, _value in changes)})
    first = min(stated)
    turns = [first, *(each for each in turns if each > first)]
    for number, day in enumerate(turns):
        held = stated[max(each for each in stated if each <= day)]
        if held is None:  # it did not exist
            continue
        said = {name: held.get(name, value) if steps else value for name, value in now.items() if name not in derived}
        said |= {name: value for name, changes in derived.items() if (value := _at(changes, day)) is not None}
        until = turns[number + 1] if number + 1 < len(turns) else EVER
        yield {"id": id, **said, "from": _number(day), "to": _number(until)}


def _ends(layout: Layout, row: Any, steps: Sequence[tuple[str, Row | None]]) -> list[tuple[int, list[Any]]]:
    """Of a kind whose answers expire: from which day on an answer holds from when to when (`Record.lasting`)."""
    columns = layout.collection.model.lasting
    if not steps:
        return [(0, [row[layout.at[name]] for name in columns])]
    return [(_number(day), [_edge(held or {}, name) for name in columns]) for day, held in steps]


def _edge(held: Row, column: str) -> str | None:
    """The first or the last day of a partial date that a state has."""
    name, _line, edge = column.rpartition("_")
    stated = held.get(name)
    return partial_dates.read(stated)[1 if edge == "first" else 2] if stated else None


def _lasting(model: Any, state: dict[str, Any], ends: Sequence[tuple[int, list[Any]]]) -> Iterator[dict[str, Any]]:
    """A state until its answer expires, and from then on without it: what nobody has renewed is unknown."""
    status = state.get(model.danger_field)
    days = next((held for day, held in reversed(ends) if day <= state["from"]), ends[0][1])
    begins, until = state["from"], days[1]
    expired = {name: value for name, value in state.items() if name != model.danger_field}
    if status and model.lasts(status, days, EPOCH + datetime.timedelta(begins)):
        ends_on = min(state["to"], _number(str(until)) + 1) if until else state["to"]
        yield {**state, "to": ends_on}
        begins = ends_on
    if begins < state["to"]:
        yield {**(expired if status else state), "from": begins}


def _at(changes: Sequence[tuple[str, Any]], day: str) -> Any:
    place = bisect.bisect_right([each for each, _value in changes], day)
    return changes[place - 1][1] if place else None


def _number(day: str) -> int:
    """Days since 1970; a month or a year begins with its first day."""
    try:
        whole = f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10] if len(day) == 7 else day[:10]
        return (datetime.date.fromisoformat(whole) - EPOCH).days
    except ValueError:
        return 0


def _derived(collection: Collection, ids: Sequence[str]) -> dict[str, dict[str, list[tuple[str, Any]]]]:
    """{record: {field: [(day, value from then on)]}} of the fields that follow from other records."""
    fields: Mapping[str, Any] = derived_fields(collection.model)
    wanted = {
        name: fields[name].derived
        for name in symbols.fields_of(collection.kind)
        if name in fields and name in collection.given and fields[name].derived.sources
    }
    found: dict[str, dict[str, list[tuple[str, Any]]]] = {}
    for name, derivation in wanted.items():
        sources = [_dated(source, set(ids)) for source in derivation.sources]
        own = {row["id"]: row for row in collection.model._default_manager.filter(pk__in=ids).values()}
        for id in ids:
            theirs = [rows.get(id, []) for rows in sources]
            turns = sorted({"0001-01-01", *(day for rows in theirs for day, _row in rows)})
            found.setdefault(id, {})[name] = [
                (day, str(derivation.rule(own[id], *([row for each, row in rows if each <= day] for rows in theirs))))
                for day in turns
            ]
    return found


def _dated(source: Any, ids: set[str]) -> dict[str, list[tuple[str, Row]]]:
    """The rows of a source by the record that they name, each with the day from which it is known."""
    model: Any = model_of(source.kind)
    day = f"{model.event_date}_first" if model.event_date and "__" not in model.event_date else "information_date"
    via = model._meta.get_field(source.via).attname
    is_several = source.via in plan_of(source.kind).several
    wanted = {f"{source.via}__isnull": False} if is_several else {f"{source.via}__in": ids}
    found: dict[str, list[tuple[str, Row]]] = {}
    for row in model._default_manager.filter(**wanted).values(*dict.fromkeys(("id", via, day, *source.reads))):
        for id in row[via] if is_several else (row[via],):
            found.setdefault(id, []).append((str(row[day] or ""), row))
    return found
