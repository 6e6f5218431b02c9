"""Files that come with a submission: hostile names, wrong types, and what a browser is given of them."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import pytest

from kambila.accounts import keys
from kambila.intake.lookup import entry_of
from kambila.journal import read_part
from kambila.journal.parts import file_of, named
from kambila.registry.models import Report
from tests.faults.browsing import Visitor, may_sign_in
from tests.faults.phone import NEWS, XML, sent, told
from tests.intake.door import filled
from tests.serving import resident


def pixel_flood() -> bytes:
    """A picture of 900 million points that weighs about a hundred kilobytes."""
    side, packer = 30_000, zlib.compressobj(9)
    line = b"\0" * (1 + side // 8)
    pixels = b"".join(packer.compress(line) for _line in range(side)) + packer.flush()
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)), (b"IDAT", pixels), (b"IEND", b""))
    out = [
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(out)


HOSTILE = [
    "../a.jpg",
    "..",
    "a/b.jpg",
    "c:\\a.jpg",
    "CON",
    "x" * 300,
    "a\tb",
    "é\u202e.jpg",
    "%00",
    "a\0.jpg",
    "-rf",
    "b.jpg",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_the_form_does_not_name_is_refused_by_name_and_the_report_stands(server, base, name):
    xml = filled("news_item", NEWS)
    answer = server.post(f"{base}/submission", {XML: xml, "a.jpg": b"picture", name: b"hostile"})
    assert answer.status == 201 and "Not kept" in told(answer)
    entry = entry_of(Report.objects.latest("tick").id)
    assert [each["name"] for each in entry.sealed if each["name"].startswith("file/")] == ["file/a.jpg"]
    assert not list(server.programme.path.parent.rglob("*hostile*"))


def test_a_name_of_four_kilobytes_is_refused_with_a_sentence(server, base):
    answer = server.post(f"{base}/submission", {XML: filled("news_item", NEWS), "x" * 4096: b"hostile"})
    assert answer.status == 400 and told(answer)


SCRIPT = b"<html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
WRONG = {
    "a.jpg": SCRIPT,
    "a.svg": SVG,
    "a.html": SCRIPT,
    "a.xhtml": SCRIPT,
    "a.xml": SVG,
    "a.js": b"alert(1)",
    "a.png": pixel_flood(),
    "a.txt": SCRIPT,
}  # fmt: skip


@pytest.fixture(scope="module")
def visitor(server: Any, base: str) -> Visitor:
    """An officer at a browser."""
    may_sign_in("omar")
    return Visitor(server, "omar")


def received(server: Any, base: str, name: str, content: bytes) -> Any:
    """The entry of a report that came with a file."""
    assert sent(server, base, filled("news_item", NEWS | {"photo": name}), **{name: content}).status == 201
    return entry_of(Report.objects.latest("tick").id)


@pytest.mark.parametrize("name", WRONG)
def test_a_file_that_is_not_what_it_says_is_kept_as_it_came_and_never_opened(server, base, name):
    before = resident(server)
    entry = received(server, base, name, WRONG[name])
    assert read_part(named(entry.sealed, f"file/{name}") or "") == WRONG[name]
    assert resident(server) - before < 50 * 1024


def test_a_large_file_lies_under_its_hash_whatever_it_is_called(server, base):
    name, content = "../../x.jpg".replace("../", ""), b"x" * 100_000
    entry = received(server, base, name, content)
    commitment = named(entry.sealed, f"file/{name}") or ""
    assert file_of(commitment).read_bytes() == content
    assert not list(server.programme.path.parent.rglob("x.jpg"))


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("asked", ["", "?picture"])
def test_a_browser_is_never_given_a_file_with_a_type_that_it_would_run(server, base, visitor, name, asked):
    entry = received(server, base, name, WRONG[name])
    answer = visitor.get(f"/journal/{entry.id}/part/file/{name}{asked}")
    assert answer.status == 200
    kind = answer.headers["content-type"].partition(";")[0]
    if kind == "text/html":  # a page of ours that shows a text
        assert b"<script>alert" not in answer.body and "script-src 'self'" in answer.headers["content-security-policy"]
        return
    assert kind == ("image/png" if asked and name == "a.png" else "application/octet-stream")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert kind == "image/png" or answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("name", WRONG)
def test_nor_is_another_system_or_whoever_corrects_a_report(server, base, visitor, name):
    entry = received(server, base, name, WRONG[name])
    token = keys.issue("omar", keys.Use.API, "a test", "omar", actions=("read",))[1]
    said = {"Authorization": f"Bearer {token}"}
    for answer in (
        server.ask("GET", f"/api/v1/reports/{entry.id}/files/{name}", headers=said),
        visitor.get(f"/reports/{entry.id}/file/{name}"),
    ):
        assert answer.status == 200 and answer.body == WRONG[name]
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-disposition"].startswith("attachment")
