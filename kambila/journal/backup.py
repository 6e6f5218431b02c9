"""Backup and restore: one file for either database, holding the whole journal, its parts and the ordinary tables.

The keys are not in it: a restored directory is a new node that continues the old one.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection

from kambila.journal import directory, exchange, nodes
from kambila.journal.errors import Problem

ORDINARY: list[str] = []  # labels of models that are not derived from the journal and go into a backup


def keep(label: str) -> None:
    """Let the rows of a model go into backups."""
    if label not in ORDINARY:
        ORDINARY.append(label)


def backup(to: Path) -> int:
    """Write everything to a file, also while others write to the journal; gives the number of entries."""
    entries = exchange.export(to, {}, exchange.everything)
    rows = [row for label in ORDINARY for row in apps.get_model(label)._default_manager.all()]
    opened = directory.current()
    with zipfile.ZipFile(to, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("tables.json", serializers.serialize("json", rows))
        file.writestr("node.json", (opened.path / "node.json").read_text())
        if opened.heads_log.exists():
            file.writestr("heads.log", opened.heads_log.read_text())
    return entries


def restore(kept: Path, into: Path, database: str | None = None) -> directory.Directory:
    """Make a directory from a backup: same registry and figures, a new node that continues the old one; it is open."""
    exchange.read_manifest(kept)
    with zipfile.ZipFile(kept) as file:
        if "tables.json" not in file.namelist():
            raise Problem("not-an-export", path=kept)
        old = directory.node_from(file.read("node.json").decode())
        rows = file.read("tables.json").decode()
        signed = file.read("heads.log").decode() if "heads.log" in file.namelist() else ""
    made = directory.create_directory(into, old.name, _next_prefix(old.prefix), old.example, database)
    exchange.bring_in(kept, receipt=False)
    nodes.introduce(continues=old.id)
    for row in serializers.deserialize("json", rows):
        row.save()
    _count_on()
    with made.heads_log.open("a") as log:
        log.write(signed)
    return made


def _count_on() -> None:
    """New rows are numbered after those that were put back (PostgreSQL counts apart from its rows)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [apps.get_model(label) for label in ORDINARY]):
            cursor.execute(statement)


def _next_prefix(prefix: str) -> str:
    """A new node numbers under a prefix of its own: BKO, BKO2, BKO3 …"""
    name = prefix.rstrip("0123456789")
    return f"{name}{int(prefix[len(name) :] or 1) + 1}"
