"""What can be wrong with an installation, as `kambila check` looks for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

LEAST_FREE = 500 * 10**6  # bytes; a day of photographs from a busy office, and the temporary files of a release
PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Finding:
    """Something that needs a person."""

    code: str
    sentence: str
    remedy: str


def findings() -> Iterator[Finding]:
    """Everything that is wrong with the open directory and with the installed package."""
    yield from _package()
    yield from _files()
    yield from _disk()
    if _migrations_wait():
        yield Finding("tables-old", _("The tables are those of an older version."), _("Run `kambila upgrade`."))
        return
    yield from _registry()
    for each in import_module("kambila.journal.verify").verify_since_checkpoint():
        yield Finding("journal", str(each), _("Run `kambila verify --all` and find out what was altered."))


def _registry() -> Iterator[Finding]:
    from kambila.journal import projections
    from kambila.journal.entry import SCHEMA
    from kambila.registry import tables
    from kambila.registry.models import Held

    if not tables.are_current():
        sentence = _("The registry was built by another version of Kambila.")
        yield Finding("registry-old", sentence, _("Run `kambila upgrade`."))
        return
    if projections.is_behind():
        sentence = _("The registry is behind the journal.")
        yield Finding("registry-behind", sentence, _("Run `kambila upgrade`; it derives what is missing."))
    if newer := Held.objects.filter(schema__gt=SCHEMA).count():
        sentence = _("%(number)s entries come from a newer version of Kambila: the registry is incomplete.")
        yield Finding("entries-held", sentence % {"number": newer}, _("Install the newer version."))
    if unsound := Held.objects.filter(schema__lte=SCHEMA).count():
        sentence = _("%(number)s entries are not of the shape that their kind lays down, and were passed over.")
        yield Finding(
            "entries-unsound", sentence % {"number": unsound}, _("Ask the office that wrote them what they are.")
        )
    yield from _forms()
    yield from _ordnance()
    if half := _half_erased():
        sentence = _("%(records)s are the same as records that were erased, and were not erased.")
        yield Finding(
            "half-erased",
            sentence % {"records": ", ".join(half)},
            _("Run `kambila erase` for each if it is one person, or `kambila not-same-as` if not."),
        )


def _ordnance() -> Iterator[Finding]:
    """Lists that do not agree: items and what their calls and areas say, explosives used and drawn from the store."""
    from kambila.domain.operations.ordnance_findings import disagreements
    from kambila.domain.stockpiles.explosives import disagreeing

    remedy = _("Open the records, find out which is right, and correct the report that is not.")
    for each in disagreements():
        yield Finding(each.code, each.sentence, remedy)
    for drawn in disagreeing():
        sentence = _("%(call)s used %(used)s kg of explosives, but %(drawn)s kg were drawn for it.")
        said = {"call": drawn.record, "used": _or_unknown(drawn.used_kg), "drawn": _or_unknown(drawn.drawn_kg)}
        yield Finding("explosives-differ", sentence % said, remedy)


def _or_unknown(kg: Any) -> str:
    return "?" if kg is None else f"{kg:.3f}"


def _half_erased() -> list[str]:
    """Records that another office merged with erased ones: our own door does not let such a merge in."""
    from kambila.journal.erasure import erased_records
    from kambila.registry.models import Alias

    erased = erased_records()
    roots = Alias.objects.filter(record__in=[record for _, record in erased]).values("root")
    members = Alias.objects.filter(root__in=roots).order_by("record").values_list("kind", "record")
    return [f"{kind} {record}" for kind, record in members if (kind, record) not in erased]


def _forms() -> Iterator[Finding]:
    from kambila.intake import forms
    from kambila.journal import directory

    if directory.current().node.view is not None:
        return
    known = {(each.form, each.version) for each in forms.published()}
    boxed = [forms.in_box(name) for name in forms.box()]
    missing = sorted(each.id for each in boxed if (each.id, each.version) not in known)
    if missing:
        sentence = _("Forms are not published yet: %(forms)s.") % {"forms": ", ".join(missing)}
        yield Finding("forms-unpublished", sentence, _("Run `kambila upgrade`, or `kambila forms publish --as USER`."))


def _files() -> Iterator[Finding]:
    """The key, and the signed heads, without which nobody could prove later what was known when."""
    from kambila.journal import directory, heads

    opened = directory.current()
    for name in ("node.key", "secret.key"):
        path = opened.path / name
        if not path.exists():
            remedy: Any = _("Restore the whole directory from a backup: `kambila restore`.")
            yield Finding("key-missing", _("%(name)s is missing.") % {"name": name}, remedy)
        elif path.stat().st_mode & 0o077:
            sentence = _("Others can read %(name)s.") % {"name": name}
            yield Finding("key-readable", sentence, _("Run `chmod 600 %(path)s`.") % {"path": path})
    if opened.node.view is None and opened.node.id not in {each.node for each in heads.signed_heads()}:
        sentence = _("No signed head of this node is in heads.log.")
        yield Finding("head-unsigned", sentence, _("Run `kambila journal head --sign` and keep a copy elsewhere."))


def _disk() -> Iterator[Finding]:
    from kambila.journal import directory

    free = shutil.disk_usage(directory.current().path).free
    if free < LEAST_FREE:
        sentence = _("The disk is nearly full: %(free)s MB are free.") % {"free": free // 10**6}
        yield Finding(
            "disk-full", sentence, _("Make room: what cannot be written is not taken in, and stays with its sender.")
        )


def _package() -> Iterator[Finding]:
    """What the build makes and git does not carry: translations and the browser bundle."""
    missing = [
        path for path in sorted(PACKAGE.rglob("locale/*/LC_MESSAGES/*.po")) if not path.with_suffix(".mo").exists()
    ]
    if missing:
        words = {"number": len(missing)}
        sentence = _("%(number)s translations are not compiled: some words appear in English only.") % words
        yield Finding("words-missing", sentence, _("Install Kambila again: `make install`, or `pip install kambila`."))
    if not (PACKAGE / "desk" / "static" / "bundle").is_dir():
        sentence = _("The part of the pages that runs in the browser was not built.")
        yield Finding("bundle-missing", sentence, _("Install Kambila again: `make install`, or `pip install kambila`."))


def _migrations_wait() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from kambila.journal import directory

    if directory.current().node.view is not None:
        return False  # a replay is made without the history of migrations
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
