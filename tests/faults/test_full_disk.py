"""The disk is full, or the database away: 507 or 503, never a false 201, nothing left half, and it recovers by itself."""

from __future__ import annotations

import errno
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from kambila.intake import instances
from kambila.intake.models import Quarantined
from kambila.intake.openrosa import multipart as receiving
from kambila.journal import directory, parts, projections, verify, writer
from kambila.registry.models import Report
from tests.conftest import _alone
from tests.faults.phone import NEWS, XML, phone_of, told
from tests.faults.postgres import Postgres
from tests.intake.door import filled, open_door
from tests.serving import OPENROSA, Server, multipart, serving

PHOTO = b"p" * 300_000
FAULTS = Path(__file__).parent / "full"


@pytest.fixture
def send(programme: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Posts a submission with a photograph to a door in this process, into which faults can be put."""
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["*"])
    open_door()
    address = f"{phone_of('team')}/submission"

    def post(xml: bytes) -> Any:
        kind, body = multipart({XML: xml, "a.jpg": PHOTO})
        said = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in OPENROSA.items()}
        return Client().generic("POST", address, body, content_type=kind, **said)

    return post


def no_room(*_given: Any, **_named: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def full(*_given: Any, **_named: Any) -> None:
    raise OperationalError("database or disk is full")


def lost(*_given: Any, **_named: Any) -> None:
    """While the registry follows: SQLite then gives the whole transaction up, and so does a PostgreSQL that ended."""
    with connection.cursor() as cursor:
        cursor.execute("ROLLBACK")
    full()


def away(*_given: Any, **_named: Any) -> None:
    raise OperationalError("server closed the connection unexpectedly")


@pytest.mark.parametrize(
    ("place", "name", "fault", "status"),
    [
        (parts, "_write_file", no_room, 507),
        (receiving, "_folder", no_room, 507),
        (writer, "_write", full, 507),
        (writer, "_write", away, 503),
        (parts, "insert", full, 507),
        (projections, "_apply", lost, 507),
    ],
)
def test_a_fault_of_the_machine_is_never_a_false_success(send, monkeypatch, place, name, fault, status):
    xml = filled("news_item", NEWS)
    with monkeypatch.context() as broken:
        broken.setattr(place, name, fault)
        answer = send(xml)
    assert answer.status_code == status and b"Keep it" in answer.content
    assert Report.objects.count() == 0 and not instances._pending
    assert send(xml).status_code == 201  # it recovers by itself
    assert Report.objects.count() == 1 and verify.verify_all().findings == []


def test_a_file_that_could_not_be_written_leaves_nothing_behind(send, programme, monkeypatch):
    def cut(handle: int) -> None:
        no_room()

    with monkeypatch.context() as broken:
        broken.setattr(parts.os, "fsync", cut)
        assert send(filled("news_item", NEWS)).status_code == 507
    assert [each for each in programme.path.rglob("*") if each.is_file() and "tmp" in each.name] == []


@pytest.fixture
def disk(programme: Any, tmp_path: Path) -> Iterator[tuple[Server, Path]]:
    """A server, and the file as long as which is there the disk is full."""
    open_door()
    full = tmp_path / "full"
    with serving(programme, PYTHONPATH=str(FAULTS), KAMBILA_TEST_FULL=str(full)) as server:
        yield server, full


def test_a_running_server_whose_disk_is_full_says_so_and_goes_on_when_there_is_room(disk):
    server, full = disk
    base = phone_of("team")
    xml, before = filled("news_item", NEWS), Report.objects.count()
    full.touch()
    answers = [server.post(f"{base}/submission", {XML: xml, "a.jpg": PHOTO}) for _again in range(3)]
    assert [each.status for each in answers] == [507] * 3 and "no room left" in told(answers[0])
    assert Report.objects.count() == before and not Quarantined.objects.exists()
    full.unlink()
    assert server.post(f"{base}/submission", {XML: xml, "a.jpg": PHOTO}).status == 201
    assert Report.objects.count() == before + 1 and verify.verify_all().findings == []


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A disk of so many MB. Not below pytest's own folder, which PostgreSQL's user may not enter."""
    with tempfile.TemporaryDirectory(prefix="kambila-small-") as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.campaign
def test_a_disk_that_fills_up_under_the_running_server():
    with small_disk(24) as disk:
        must_fill_up_and_go_on(directory.create_directory(disk / "programme", "Small", "SML", database=""), disk)


@pytest.mark.campaign
def test_a_disk_of_files_that_fills_up_beside_postgresql(postgres: Postgres):
    with small_disk(24) as disk:
        made = directory.create_directory(disk / "programme", "Small", "SML", database=postgres.address)
        must_fill_up_and_go_on(made, disk)


@pytest.mark.campaign
def test_the_disk_of_postgresql_fills_up(tmp_path: Path):
    """It ends when it cannot write its log, and comes back by itself only if there is room by then."""
    with small_disk(160) as disk:
        (disk / "data").mkdir()
        with _alone():
            postgres = Postgres(disk / "data")
        try:
            made = directory.create_directory(tmp_path / "programme", "Small", "SML", database=postgres.address)
            must_fill_up_and_go_on(made, disk, postgres)
        finally:
            postgres.stop()


def must_fill_up_and_go_on(made: directory.Directory, disk: Path, postgres: Postgres | None = None) -> None:
    """Send until it is refused, make room, send again: what was acknowledged is there, and nothing else."""
    open_door()
    base = phone_of("team")
    with serving(made) as server:
        acknowledged, refused = _fill_up(server, base, disk, b"" if postgres else PHOTO)
        assert refused == 507 or (postgres and refused == 503)
        (disk / "filler").unlink()
        xml, end, status = filled("news_item", NEWS), time.monotonic() + 60, 0
        while status != 201 and time.monotonic() < end:
            if postgres:
                postgres.start()
            status = server.post(f"{base}/submission", {XML: xml, "a.jpg": PHOTO}).status
        assert status == 201
    connection.close()
    present = set(Report.objects.values_list("instance", flat=True))
    assert acknowledged - present == set() and Report.objects.count() == len(present)
    assert verify.verify_all().findings == []


def _fill_up(server: Server, base: str, disk: Path, photo: bytes) -> tuple[set[str], int]:
    (disk / "filler").write_bytes(b"x" * max(4_000_000, shutil.disk_usage(disk).free - 12_000_000))
    acknowledged: set[str] = set()
    for number in range(5000):
        xml = filled("news_item", NEWS | {"text_en": "Long. " * 5_000}, instance=f"uuid:{number}")
        status = server.post(f"{base}/submission", {XML: xml, **({"a.jpg": photo} if photo else {})}).status
        if status != 201:
            return acknowledged, status
        acknowledged.add(f"uuid:{number}")
    raise AssertionError("the disk never filled up")
