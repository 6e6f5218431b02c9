"""The disk is full, or the database away: 507 or 503, never a false 201, nothing left half, and it recovers by itself."""

from __future__ import annotations

import errno
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from kambila.accounts import keys
from kambila.intake import instances
from kambila.intake.openrosa import multipart as receiving
from kambila.journal import parts, verify, writer
from kambila.registry.models import Report
from tests.intake.door import filled, open_door
from tests.serving import OPENROSA, Answer, Server, multipart, serving

NEWS = {"date": "2014-06-20", "title_en": "A course", "title_fr": "Un cours", "photo": "a.jpg"}
PHOTO = b"p" * 300_000
XML = "xml_submission_file"


@pytest.fixture
def send(programme: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Posts a submission with a photograph to a door in this process, into which faults can be put."""
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["*"])
    open_door()
    address = f"/key/{keys.issue('team', 'app', 'phone', 'ana')[1]}/submission"

    def post(xml: bytes) -> Any:
        kind, body = multipart({XML: xml, "a.jpg": PHOTO})
        said = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in OPENROSA.items()}
        return Client().generic("POST", address, body, content_type=kind, **said)

    return post


def no_room(*_given: Any, **_named: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def full(*_given: Any, **_named: Any) -> None:
    raise OperationalError("database or disk is full")


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
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.campaign
def test_a_disk_that_fills_up_under_the_running_server(small_disk: Path, new_programme: Any):
    from kambila.journal import directory

    made = directory.create_directory(small_disk / "programme", "Small", "SML", database="")
    open_door()
    base = f"/key/{keys.issue('team', 'app', 'phone', 'ana')[1]}"
    with serving(made) as server:
        acknowledged, answer = _fill_up(server, base)
        assert answer.status == 507
        (small_disk / "filler").unlink(missing_ok=True)
        assert server.post(f"{base}/submission", {XML: filled("news_item", NEWS), "a.jpg": PHOTO}).status == 201
    assert Report.objects.count() == acknowledged + 1
    assert verify.verify_all().findings == []


def _fill_up(server: Server, base: str) -> tuple[int, Answer]:
    (server.programme.path.parent / "filler").write_bytes(b"x" * 4_000_000)
    for number in range(1000):
        answer = server.post(f"{base}/submission", {XML: filled("news_item", NEWS), "a.jpg": PHOTO})
        if answer.status != 201:
            return number, answer
    raise AssertionError("the disk never filled up")
