"""Backups: the whole programme in one file, for either database, while people work."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.db import connection

from kambila.accounts.models import Account
from kambila.journal import Draft, Part, append, backup, heads, nodes, projections, read_part, verify
from kambila.journal.directory import Directory
from kambila.journal.errors import Problem


def test_a_backup_brings_back_entries_parts_and_accounts(programme: Directory, tmp_path: Path) -> None:
    nodes.introduce()
    Account.objects.create("fanta", "secret")
    large = Part("image/jpeg", b"x" * 100_000)
    kept = append([Draft("setting", "fanta", {"number": 1}, {"small": Part("text/plain", b"hello"), "large": large})])[
        0
    ]
    before = heads.head()
    backup.backup(tmp_path / "kept")
    restored = backup.restore(tmp_path / "kept", tmp_path / "restored", database="")
    assert restored.node.prefix == "BKO2"
    assert verify.verify_against(before) == []
    assert verify.verify_all().findings == []
    assert [len(read_part(part["commitment"]) or b"") for part in kept.sealed] == [5, 100_000]
    assert Account.objects.get(username="fanta").check_password("secret")


def test_a_backup_under_load_is_a_beginning_of_the_journal(programme: Directory, tmp_path: Path) -> None:
    nodes.introduce()
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            append([Draft("setting", "somebody", {"number": 1})])
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(5):
            kept = backup.backup(tmp_path / "kept")
    finally:
        stop.set()
        writer.join()
    total = sum(len(batch) for batch in projections.read_since(0))
    backup.restore(tmp_path / "kept", tmp_path / "restored", database="")
    assert 0 < kept <= total
    assert verify.verify_all().findings == []


def test_a_file_that_is_no_backup_is_refused(programme: Directory, tmp_path: Path) -> None:
    (tmp_path / "other").write_text("hello")
    with pytest.raises(Problem) as caught:
        backup.restore(tmp_path / "other", tmp_path / "restored", database="")
    assert caught.value.code == "not-an-export"
