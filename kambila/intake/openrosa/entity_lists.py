"""Records as lists that phones look things up in (entities specification): CSV with `name`, `label`, `__version`.

A list has only the columns that the form uses, of the records that the account may see, and never what identifies a
person. It is put together once for each state of the registry and each sight, and its hash is that of its content:
what did not change is not fetched again.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

import shapely

from kambila.accounts.roles import held
from kambila.intake.openrosa.offers import md5
from kambila.intake.openrosa.references import RETURNED
from kambila.intake.returned import returned_to
from kambila.journal import clock
from kambila.registry import access, sql
from kambila.registry.fields import Codes, Link, PartialDate, Several, Shape, Stated
from kambila.registry.kinds import model_of, plan_of
from kambila.registry.models import Change, Report

FIRST = ("name", "label", "__version")
GEOMETRY = "geometry"
KEPT = 64  # lists in memory
Cell = tuple[int, Callable[[Any], str]]  # where a value stands in a row, and how it is written
PENDING = (Report.Status.WAITING, Report.Status.RETURNED)


@dataclass(frozen=True)
class Listed:
    """A list as a phone gets it."""

    content: bytes
    hash: str
    rows: int


_made: OrderedDict[tuple[Any, ...], Listed] = OrderedDict()
_lock = Lock()


def listed(account: Any, kind: str, words: Collection[str]) -> Listed:
    """The records of a kind that an account may see, with the columns among `words`."""
    if kind == RETURNED:
        return _returned(account, words)
    columns = _columns(kind, words)
    key = (kind, tuple(columns), _sight(account), _state(kind), clock.now().date())
    with _lock:
        if key in _made:
            _made.move_to_end(key)
            return _made[key]
    rows = list(_rows(account, kind, columns))
    content = _csv([[*FIRST, *columns], *rows])
    found = Listed(content, md5(content), len(rows))
    with _lock:
        _made[key] = found
        while len(_made) > KEPT:
            _made.popitem(last=False)
    return found


def gone(account: Any, kind: str, ids: Sequence[str]) -> dict[str, bool]:
    """For each record whether a phone should drop it: it came from this account and is in the registry no more.

    Of what came from others, or is not known, nothing is said: a phone drops by itself what left its list.
    """
    if kind == RETURNED:
        waiting = {each.report for each in returned_to(account)}
        return {id: id not in waiting for id in ids}
    model = model_of(kind)
    here = set(access.visible(account, model).filter(pk__in=ids).values_list("id", flat=True))
    reported = Change.objects.filter(kind=kind, record__in=ids).values_list("record", "entry")
    own = dict(
        Report.objects.filter(pk__in=[entry for _, entry in reported], author=account.username).values_list(
            "pk", "status"
        )
    )
    sent = {record for record, entry in reported if entry in own}
    waits = {record for record, entry in reported if own.get(entry) in PENDING}
    return {id: id in sent and id not in here and id not in waits for id in ids}


def _returned(account: Any, words: Collection[str]) -> Listed:
    """The reports of the account that were returned, with what must be mended in words that identify nobody."""
    columns = [name for name in ("code", "form", "version", "instance", "mend", "date") if name in words]
    rows = [
        [each.report, f"{each.code}: {each.mend}", "1", *(getattr(each, name) for name in columns)]
        for each in returned_to(account)
    ]
    content = _csv([[*FIRST, *columns], *rows])
    return Listed(content, md5(content), len(rows))


def _columns(kind: str, words: Collection[str]) -> list[str]:
    """The fields that the form uses, in the order of their declaration; nothing sealed and nothing personal."""
    found = [name for name, field in _fields(kind).items() if name in words and not (field.sealed or field.personal)]
    return [*found, GEOMETRY] if GEOMETRY in words and plan_of(kind).shapes and GEOMETRY not in found else found


@cache
def _fields(kind: str) -> dict[str, Stated]:
    """What is stated of a record, and what is computed: the status of an area is never stated."""
    plan = plan_of(kind)
    return {**plan.stated, **plan.own_rules, **plan.rollups}


def _sight(account: Any) -> tuple[Any, ...]:
    """What the sight of an account depends on, so that phones of one team share a list."""
    roles = (
        (each.rule.everywhere, each.rule.within, each.rule.links_only, "report" in each.rule.actions, str(each.scope))
        for each in held(account)
    )
    return tuple(sorted(roles))


def _state(kind: str) -> tuple[Any, ...]:
    """What changes whenever a record of the kind does; the records by which an event is found may move it too."""
    tables = {plan_of(each).table for each in (kind, *plan_of(kind).links.values())}
    written = [sql.run(f"SELECT MAX(revision) FROM {table}")[0][0] for table in sorted(tables)]
    removed = sql.run("SELECT MAX(revision) FROM registry_gone WHERE kind = %s", [kind])[0][0]
    return (*written, removed)


def _rows(account: Any, kind: str, columns: Sequence[str]) -> Iterable[list[str]]:
    model, fields = model_of(kind), _fields(kind)
    title = model.title_field if model.title_field in fields else ""
    sources = [plan_of(kind).shapes if name not in fields else (name,) for name in columns]
    wanted = list(dict.fromkeys([name for each in sources for name in each] + ([title] if title else [])))
    heads = ("id", "code", "revision", "shown_tier", "shown_place", "record_tier", "tier_until")
    attributes = [str(fields[name].attname) for name in wanted]
    found = access.handed_out(account, model).order_by("code", "id").values_list(*heads, *attributes)
    today = clock.now().date()

    @cache
    def cells_of(shown: str, tier: str, place: str) -> tuple[list[Cell], list[list[Cell]]]:
        """What may be shown of a record of a tier: (its title, its columns), each as places in the row."""
        may = access.open_fields(model, shown, tier, place)
        cells = {name: (len(heads) + index, _writer(fields[name])) for index, name in enumerate(wanted) if name in may}
        named = [cells[title]] if title in cells else []
        return named, [[cells[name] for name in each if name in cells] for each in sources]

    for row in found.iterator(chunk_size=5_000):
        ended = row[6] is not None and row[6] < today
        named, cells = cells_of(row[3], model.default_tier if ended else row[5], row[4])
        label = f"{row[1] or ''} {_written(row, named)}".strip() or row[0]
        yield [row[0], label, str(row[2]), *(_written(row, each) for each in cells)]


def _written(row: Sequence[Any], cells: Sequence[Cell]) -> str:
    """The first of some cells that has a value."""
    for index, write in cells:
        if row[index] is not None:
            return write(row[index])
    return ""


def _writer(field: Stated) -> Callable[[Any], str]:
    """How a value of a field is written, so that a form that saves it again states the same."""
    if isinstance(field, Shape):
        return _points
    if isinstance(field, Several | Codes):
        return lambda value: " ".join(value.split() if isinstance(value, str) else value)
    if isinstance(field, Link | PartialDate):
        return str
    return lambda value: value.isoformat() if isinstance(value, datetime.date) else str(value)


def _points(value: Any) -> str:
    """A geometry as a phone has it: ``lat lon alt accuracy; …``; of an area its outer ring."""
    shape = shapely.from_wkb(bytes(value))
    while hasattr(shape, "geoms"):
        shape = shape.geoms[0]
    line = shape.exterior if shape.geom_type == "Polygon" else shape
    return ";".join(f"{point[1]:.7g} {point[0]:.7g} 0 0" for point in line.coords)


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
