"""An import that was ordered on a page goes on by itself, whatever happens meanwhile."""

from __future__ import annotations

import signal
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kambila.desk import carrying_out, orders, uploads
from kambila.intake.models import Batch
from kambila.intake.sheets import importing
from kambila.journal import Draft, append, directory
from kambila.registry.models import Report
from tests.desk.test_imports import BAD, GOOD, client, save, text, upload
from tests.intake.sheets.files import HEADER, PROFILE
from tests.serving import serving

__all__ = ["client"]  # a fixture
MORE = [f"N-{n},2014-06-18,mine_erw,uxo,Tabango,1" for n in range(10, 14)]


def ordered(client, *lines: str) -> tuple[str, uploads.Upload]:
    """The page of a file whose import was ordered, and the upload."""
    page = upload(client, *lines)
    save(client, page)
    client.post(page, {"do": "import", "profile": "list"})
    found = uploads.find(page.split("/")[2], "fatou")
    assert found is not None
    return page, found


def test_the_page_of_an_ordered_import_looks_again_by_itself(client):
    page, _found = ordered(client, GOOD)
    said = text(client.get(page))
    assert "waits for its turn" in said and '<noscript><meta http-equiv="refresh"' in said and "hx-get" in said
    assert "liste.csv" in text(client.get("/import/")).split("Files that came in")[0]
    carrying_out.carry_out_due()
    said = text(client.get(page))
    assert "What came in" in said and "refresh" not in said and "hx-get" not in said


def test_how_far_it_has_come_can_be_seen_meanwhile(client, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 1)
    monkeypatch.setattr(carrying_out, "EVERY", 0)
    page, _found = ordered(client, GOOD, BAD, *MORE)
    seen = []
    take = importing._take

    def look(*given):
        seen.append(text(client.get(page)))
        take(*given)

    monkeypatch.setattr(importing, "_take", look)
    carrying_out.carry_out_due()
    assert "is coming in" in seen[3] and "A whole number was expected" in seen[3]
    assert ">3<" in seen[3].split("Rows")[1][:40] and ">2<" in seen[3].split("New")[1][:40]


def test_an_import_that_broke_off_is_begun_again_and_each_row_is_in_once(client, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 1)
    page, found = ordered(client, GOOD, BAD, *MORE)
    take, left = importing._take, [1, 2, 3]

    def break_off(*given):
        left.pop()  # raises when no more are left
        take(*given)

    monkeypatch.setattr(importing, "_take", break_off)
    with pytest.raises(IndexError):
        carrying_out.carry_out_due()
    assert Report.objects.count() == 2 and [each.token for each, _who in orders.due()] == [found.token]
    monkeypatch.setattr(importing, "_take", take)
    carrying_out.carry_out_due()
    assert Report.objects.count() == 5 and Batch.objects.get().closing and orders.due() == []
    assert "A whole number was expected" in text(client.get(page)) and found.rejects()


def test_what_breaks_off_again_and_again_is_given_up_with_a_sentence(client, monkeypatch):
    page, _found = ordered(client, GOOD)
    take = importing._take
    monkeypatch.setattr(importing, "_take", None)
    for _attempt in range(carrying_out.ATTEMPTS):
        with pytest.raises(TypeError):
            carrying_out.carry_out_due()
    carrying_out.carry_out_due()
    assert "broke off 5 times" in text(client.get(page)) and orders.due() == []
    monkeypatch.setattr(importing, "_take", take)
    client.post(page)
    assert "How it is read" in text(client.get(page))


def test_nothing_is_ordered_of_a_replay(client, monkeypatch):
    page = upload(client, GOOD)
    save(client, page)
    directory.mark_view({"as_of": "2014-06-30"})
    assert "made by a replay" in text(client.post(page, {"do": "import", "profile": "list"})) and orders.due() == []


def test_who_lost_the_right_meanwhile_imports_nothing(client):
    page, _found = ordered(client, GOOD)
    grant = next(each for each in granted("fatou"))
    append([Draft("grant", "head", {"verb": "revoke", "account": "fatou", **grant})])
    carrying_out.carry_out_due()
    assert orders.progress_of(_found).state == orders.STOPPED and not Report.objects.exists()


def granted(name: str):
    from kambila.accounts.models import Grant

    for each in Grant.objects.filter(account=name, active=True):
        yield {"role": each.role, "scope": each.scope.body()}


def test_orders_are_carried_out_in_their_order_and_by_one_process(client):
    first, _found = ordered(client, GOOD)
    second, _found = ordered(client, *MORE)
    assert "1 file is before it" in text(client.get(second)) and "before it" not in text(client.get(first))
    with orders.turn() as mine:
        carrying_out.carry_out_due()
        assert mine and not Report.objects.exists()
    carrying_out.carry_out_due()
    assert Report.objects.count() == 5


def test_the_file_itself_is_gone_when_it_is_in(client):
    _page, found = ordered(client, GOOD)
    carrying_out.carry_out_due()
    assert not found.path.exists() and found.folder.exists()


def test_an_upload_that_waits_is_not_swept_away(client, monkeypatch):
    _page, found = ordered(client, GOOD)
    monkeypatch.setattr(uploads, "KEPT", -10)
    upload(client, BAD)
    assert found.path.exists()


def test_only_the_first_rows_of_a_long_file_are_tried(client, monkeypatch):
    monkeypatch.setattr("kambila.desk.pages.imports.TRIED", 2)
    page = upload(client, GOOD, *MORE)
    save(client, page)
    said = text(client.post(page, {"do": "try", "profile": "list"}))
    assert "the first 2 rows" in said and ">2<" in said.split("Rows</dt>")[1][:40]


def test_a_server_that_is_killed_and_started_again_finishes_what_was_ordered(client, world):
    """Killed with everything it started; the rows that were in stay, the others follow, none twice."""
    lines = [HEADER, *(f"N-{n},2014-06-18,mine_erw,uxo,Place {n},1" for n in range(4_000))]
    found = uploads.keep(SimpleUploadedFile("l.csv", "\n".join(lines).encode()), "fatou")
    orders.place(found, orders.Order(PROFILE, "compared", "known", "en"))
    with serving(world) as server:
        until(lambda: orders.progress_of(found).counts.get("new", 0) > 0)
        server.stop(signal.SIGKILL)
        cut = Report.objects.count()
        assert 0 < cut < 4_000 and not orders.progress_of(found).is_over
        server.start()
        until(lambda: orders.progress_of(found).is_over)
    progress = orders.progress_of(found)
    assert (progress.state, progress.counts["known"], progress.counts["new"]) == ("done", cut, 4_000 - cut)
    assert Report.objects.filter(status="accepted").count() == 4_000


def until(holds, seconds: float = 120) -> None:
    for _moment in range(int(seconds * 10)):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come to that")
