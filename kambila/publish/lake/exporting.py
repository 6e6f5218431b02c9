"""An export: the files of what changed since the last one, and a manifest that names them beside those that stay."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from kambila.accounts.roles import held
from kambila.figures.columns import snapshot
from kambila.figures.lake import FORMAT, LATEST, Lake, lake_at, manifests, read_json
from kambila.journal import clock, directory, heads
from kambila.publish.lake import reading, writing
from kambila.publish.lake.reading import YEAR, Column
from kambila.publish.lake.writing import File
from kambila.registry import access, precision
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import Built, Gone
from kambila.registry.openness import open_all_names

MANY = 8  # files of one year, above which they are written anew as one


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export came to: its manifest, its name, and how many rows and files were written."""

    name: str
    manifest: dict[str, Any]
    rows: int
    files: int


def export(
    address: str,
    account: Any,
    advance: Callable[[str], None] = lambda _kind: None,
    with_names: bool = False,
    reason: str = "",
) -> Exported:
    """Bring a lake up to the registry, as far as an account may see it (None: everyone).

    An export for somebody else, or of a registry that was derived anew, is written whole. With names, where the
    account may open them, each opening is kept with the reason, and the export is always written whole, so that nothing
    stays in it that was erased. Raises Problem for an address that leads nowhere, and for names that may not be opened.
    """
    lake = lake_at(address)
    before = read_json(lake, LATEST) if manifests(lake) else {}
    opened = open_all_names(account, reason) if with_names else None  # kept before anything of it is written
    with snapshot():
        told = {**_header(account), "names": opened is not None}
        same = all(before.get(name) == told[name] for name in ("access", "built", "node"))
        same = same and opened is None and not before.get("names")
        since, known = (before["revision"], before["kinds"]) if same else (-1, {})
        name = f"{told['revision']:012}-{told['hash'][:12]}"
        if same and before["head"] == told["head"] and before["revision"] == told["revision"]:
            return Exported(name, before, 0, 0)
        exports = {}
        for kind in sorted(kinds()):
            advance(kind)
            exports[kind] = _Kind(lake, account, kind, opened).export(known.get(kind), since)
    told["kinds"] = {kind: {"columns": found.columns, "files": found.files} for kind, found in exports.items()}
    writing.write_manifest(lake, name, told)
    return Exported(
        name, told, sum(each.rows for each in exports.values()), sum(each.written for each in exports.values())
    )


def _header(account: Any) -> dict[str, Any]:
    """What a manifest says of itself."""
    node, head = directory.current().node, heads.head()
    return {
        "format": FORMAT,
        "programme": node.name,
        "node": node.id,
        "example": node.example,
        "made": clock.text(clock.now()),
        "for": account.username if account is not None else "everyone",
        "access": _access(account),
        "head": head,
        "hash": hashlib.sha256(json.dumps(head, sort_keys=True).encode()).hexdigest(),
        "built": Built.objects.get(key="built").value,
        "revision": _revision(),
    }


def _access(account: Any) -> str:
    """What decides how far an account sees; where something limits it, disclosures may end from day to day, and places
    are told as the middles of areas, whose outlines may be corrected."""
    roles = sorted(repr((each.role, each.scope)) for each in held(account))
    limited = not all(access.sees_all(account, model) for model in kinds().values())
    day, middles = (clock.now().date().isoformat(), sorted(precision.middles().items())) if limited else ("", [])
    return hashlib.sha256(f"{day} {' '.join(roles)} {middles}".encode()).hexdigest()


def _revision() -> int:
    quote = connection.ops.quote_name
    tables = [quote(model._meta.db_table) for model in kinds().values()] + ["registry_gone"]
    each = " UNION ALL ".join(f"SELECT MAX(revision) AS revision FROM {table}" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(MAX(revision), 0) FROM ({each}) every")
        return int(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class _Done:
    columns: dict[str, str]
    files: list[File]
    rows: int
    written: int


class _Kind:
    """The export of one kind."""

    def __init__(self, lake: Lake, account: Any, kind: str, opened: Mapping[str, frozenset[str]] | None) -> None:
        self.lake, self.account, self.kind = lake, account, kind
        self.model = plan_of(kind).model
        self.opened = frozenset[str]() if opened is None else opened.get(kind, frozenset())
        self.columns: list[Column] = reading.columns_of(account, kind, names=opened is not None)
        self.told = {each.name: str(each.arrow) for each in self.columns}

    def export(self, known: dict[str, Any] | None, since: int) -> _Done:
        if since < 0 or known is None or known["columns"] != self.told:
            return self._done([], self._rows(-1))
        dropped = self._dropped(since)
        stays, opened = self._kept(known["files"], dropped)
        return self._done(stays, pa.concat_tables([*opened, self._rows(since)]))

    def _done(self, stays: list[File], table: pa.Table) -> _Done:
        stays, table = self._gathered(stays, table)
        files = writing.write(self.lake, self.kind, self.columns, table)
        return _Done(self.told, [*stays, *files], table.num_rows, len(files))

    def _rows(self, since: int) -> pa.Table:
        names = [*((each.name, each.arrow) for each in self.columns), (YEAR, pa.string())]
        return pa.concat_tables(
            [pa.schema(names).empty_table(), *reading.read(self.account, self.kind, self.columns, since, self.opened)]
        )

    def _dropped(self, since: int) -> pa.Array:
        """The ids of records that changed, or are gone: what older files say of them holds no longer."""
        ids = reading.changed(self.model, self.model._default_manager.all(), since).values_list("id", flat=True)
        gone = Gone.objects.filter(kind=self.kind, revision__gt=since).values_list("record", flat=True)
        return pa.array([*ids, *gone], pa.string())

    def _kept(self, files: list[File], dropped: pa.Array) -> tuple[list[File], list[pa.Table]]:
        """(files that hold nothing that was dropped, what else the others hold)."""
        stays, opened = [], []
        for file in files:
            found = pa.array([False])
            if len(dropped):
                ids = writing.read(self.lake, file, self.columns, only=["id"]).column("id")
                found = pc.is_in(ids, value_set=dropped)
            if pc.any(found).as_py():
                opened.append(writing.read(self.lake, file, self.columns).filter(pc.invert(found)))
            else:
                stays.append(file)
        return stays, opened

    def _gathered(self, stays: list[File], table: pa.Table) -> tuple[list[File], pa.Table]:
        """Where a year would come to lie in many files they become one again."""
        counts: dict[str, int] = {}
        for file in stays:
            counts[file["year"]] = counts.get(file["year"], 0) + (file["rows"] < writing.MOST)
        many = {year for year, count in counts.items() if count >= MANY}
        again = [each for each in stays if each["year"] in many]
        tables = [writing.read(self.lake, each, self.columns) for each in again]
        return [each for each in stays if each not in again], pa.concat_tables([table, *tables])
