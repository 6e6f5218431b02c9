"""Spreadsheets and map files that would do harm: refused by the running server with the limit, before they can fill it."""

from __future__ import annotations

import html
import re
import time
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kambila.domain.incidents.models import Incident
from kambila.intake.sheets import limits
from kambila.registry.models import Report
from tests.faults.browsing import Visitor, may_sign_in
from tests.faults.phone import MB, sent
from tests.intake.door import filled
from tests.intake.sheets.files import HEADER, PROFILE, ods_file, xlsx_file
from tests.serving import Answer, resident

FORMULA = '<c r="B2"><f>HYPERLINK("http://x.invalid","hidden")&amp;cmd</f><v>42</v></c>'
REPEATED = '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'


@pytest.fixture(scope="module")
def visitor(server: Any, base: str) -> Visitor:
    """An officer at a browser."""
    may_sign_in("omar")
    return Visitor(server, "omar")


def looked_at(visitor: Visitor, path: Path, name: str) -> Answer:
    """The page on which an uploaded file is looked at."""
    answer = visitor.post("/import/", {}, {"file": (name, path.read_bytes())})
    assert answer.status == 302, answer.text
    return visitor.get(answer.headers["location"])


def said(answer: Answer) -> str:
    """What the page says is wrong."""
    found = re.search(r'<p class="error" role="alert">(.*?)</p>', answer.text, re.DOTALL)
    return html.unescape(found[1]) if found else ""


def packed(part: str, also: str = "x.txt") -> Callable[[Path], Path]:
    """A zip with a part of 200 MB of blanks."""

    def make(path: Path) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(also, "")
            with file.open(part, "w") as target:
                for _piece in range(200):
                    target.write(b" " * MB)
        return path

    return make


def of_many_parts(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for number in range(limits.PARTS + 1):
            file.writestr(f"{number}.kml", "")
    return path


def of_far_corners(path: Path) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "a", 1
    book.save(path)
    return path


def of_repeated_cells(path: Path) -> Path:
    rows = f'<table:table-row table:number-rows-repeated="1000000">{REPEATED}</table:table-row>'
    return ods_file(path, rows=rows)


def written(text: str) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_text(text)
        return path

    return make


HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "bomb.xlsx": (packed("xl/worksheets/sheet1.xml", "xl/workbook.xml"), "250"),
    "bomb.ods": (packed("content.xml"), "250"),
    "bomb.kmz": (packed("doc.kml"), "250"),
    "bomb.zip": (packed("a.shp"), "250"),
    "parts.zip": (of_many_parts, "2000 parts"),
    "corner.xlsx": (of_far_corners, "30 million cells"),
    "repeated.ods": (of_repeated_cells, "30 million cells"),
    "entities.kml": (written('<!DOCTYPE kml [<!ENTITY a "b">]><kml>&a;</kml>'), "document type"),
    "files.vrt": (
        written("<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTDataSource>"),
        "neither",
    ),
    "old.xls": (written("\0"), "not text"),
    "cut.xlsx": (written("PK\x03\x04"), "cut.xlsx"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_with_a_sentence_while_others_are_served(server, base, visitor, tmp_path, name):
    make, word = HOSTILE[name]
    path, before = make(tmp_path / name), resident(server)
    began = time.monotonic()
    answer = looked_at(visitor, path, name)
    assert answer.status == 200 and word in said(answer) and "Traceback" not in answer.text
    assert time.monotonic() - began < 10  # seconds, on a machine that is busy with other tests
    assert resident(server) - before < 50 * 1024
    assert sent(server, base, filled()).status == 201


def workbook(path: Path, *more: str) -> Path:
    """A workbook whose second row holds a formula with its last value, and other parts."""
    xlsx_file(path, [("code", "killed"), ("A-1", 1)])
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb'<c r="B2"[^>]*>.*?</c>', FORMULA.encode(), parts[sheet])
    assert FORMULA.encode() in parts[sheet]
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
        for name in more:
            file.writestr(name, b"\xd0\xcf\x11\xe0<externalLink>http://x.invalid</externalLink>")
    return path


@pytest.mark.parametrize("more", [(), ("xl/vbaProject.bin",), ("xl/externalLinks/externalLink1.xml",)])
def test_a_formula_is_its_last_value_and_neither_macros_nor_links_are_followed(server, visitor, tmp_path, more):
    before = Report.objects.count()
    answer = looked_at(visitor, workbook(tmp_path / "a.xlsx", *more), "a.xlsm")
    assert answer.status == 200 and said(answer) == ""
    assert ">42<" in answer.text and "x.invalid" not in answer.text and "HYPERLINK" not in answer.text
    assert Report.objects.count() == before


def test_a_file_beyond_the_limit_of_pages_is_refused_with_the_limit(server, visitor, tmp_path):
    before = resident(server)
    answer = visitor.post("/import/", {}, {"file": ("a.csv", b"x" * 201_000_000)})
    assert answer.status == 200 and "too much for a page" in said(answer)
    assert resident(server) - before < 50 * 1024


@pytest.mark.parametrize("name", ["../../evil.csv", "CON", "a\\..\\evil.csv", "x" * 300 + ".csv", "-rf.csv"])
def test_a_name_that_leads_elsewhere_stays_in_its_folder(server, visitor, tmp_path, name):
    answer = looked_at(visitor, written("code,killed\nA-1,1\n")(tmp_path / "a.csv"), name)
    assert answer.status == 200 and "A-1" in answer.text
    programme = server.programme.path
    here = [each for each in programme.parent.rglob("*") if each.is_file() and "evil" in each.name]
    assert all(each.is_relative_to(programme / "uploads") for each in here)


def taken_in(visitor: Visitor, content: str) -> str:
    """Have a file of what was heard taken in and accepted, and wait for the end; the address of its page."""
    page = visitor.post("/import/", {}, {"file": ("heard.csv", content.encode())}).headers["location"]
    assert visitor.post(page, {"do": "save", "text": PROFILE}).status == 302
    order = {"do": "import", "profile": "list", "reason": "compared", "answer": "known"}
    assert visitor.post(page, order).status == 302
    for _moment in range(300):
        if 'http-equiv="refresh"' not in visitor.get(page).text:
            return page
        time.sleep(0.1)
    raise AssertionError("the import did not end")


def test_what_a_spreadsheet_would_run_goes_out_neutralised_and_comes_back_as_it_was(server, visitor):
    places = {f"H-{uuid.uuid4().hex[:6]}": place for place in ("=1+1", "+1+cmd", "-1+1", "@SUM(A1)", "-12.5")}
    rows = [f"{code},2014-06-18,mine_erw,uxo,{place},many" for code, place in places.items()]
    page = taken_in(visitor, "\n".join([HEADER, *rows]))
    back = visitor.get(f"{page}rejects/").text
    sent_back = {row.split(",")[0]: row.split(",")[4] for row in back.splitlines()[1:]}
    assert sent_back == {code: place if place == "-12.5" else f"'{place}" for code, place in places.items()}
    taken_in(visitor, back.replace("many", "3"))
    assert dict(Incident.objects.filter(code__in=places).values_list("code", "locality")) == places
