"""The pages on which a file is looked at, tried, taken in and decided about as one."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kambila.desk import carrying_out, uploads
from kambila.intake.models import Batch
from kambila.intake.sheets import profiles
from kambila.journal import directory
from kambila.registry.models import Report
from tests.intake.sheets.files import HEADER, PROFILE
from tests.registry.telling import at

GOOD = "N-1,2014-06-18,mine_erw,uxo,Tabango,1"
BAD = "N-2,2014-06-18,mine_erw,uxo,Tabango,many"


@pytest.fixture
def client(world, sign_in):
    at("2014-07-01")
    return sign_in("fatou")


def upload(client, *lines: str, name: str = "liste.csv") -> str:
    """The address of the page of an uploaded file."""
    sent = SimpleUploadedFile(name, "\n".join([HEADER, *lines]).encode())
    answer = client.post("/import/", {"file": sent})
    assert answer.status_code == 302, answer.content
    return answer["Location"]


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def save(client, page: str) -> None:
    client.post(page, {"do": "save", "text": PROFILE})


def bring(client, page: str) -> str:
    """Order the import of a file, let it be carried out, and look what the page says then."""
    answer = client.post(page, {"do": "import", "profile": "list"})
    assert (answer.status_code, answer["Location"]) == (302, page)
    carrying_out.carry_out_due()
    return text(client.get(page))


def test_a_file_that_nobody_described_gets_a_proposal(client):
    page = upload(client, GOOD)
    said = text(client.get(page))
    assert "What is proposed" in said and "killed_stated" in said and 'kind = "incident"' in said.replace("&quot;", '"')


def test_a_trial_keeps_nothing_and_an_import_keeps_reports(client):
    page = upload(client, GOOD)
    save(client, page)
    said = text(client.post(page, {"do": "try", "profile": "list"}))
    assert "nothing was kept" in said and "Tabango" in said and not Report.objects.exists()
    said = bring(client, page)
    assert "Look at the batch" in said and Report.objects.get().status == "waiting"


def test_a_profile_is_tried_as_it_stands_on_the_page_before_it_is_saved(client):
    page = upload(client, GOOD, BAD)
    said = text(client.post(page, {"do": "try", "text": PROFILE}))
    assert "nothing was kept" in said and "Tabango" in said and "killed_stated" in said
    assert not Report.objects.exists() and "list" not in {each.profile.name for each in profiles.listed()}
    assert 'value="import"' not in said  # what is imported is a profile that was saved
    save(client, page)
    assert 'value="import"' in text(client.post(page, {"do": "try", "profile": "list"}))


@pytest.mark.parametrize("do", ["try", "save"])
def test_a_profile_that_is_wrong_stays_on_the_page_as_it_was_typed(client, do):
    said = text(client.post(upload(client, GOOD), {"do": do, "text": 'name = "half'}))
    assert "cannot be read" in said and "name = &quot;half" in said


def test_a_trial_without_a_profile_says_what_to_do(client):
    assert "No profile is chosen." in text(client.post(upload(client, GOOD), {"do": "try", "profile": ""}))


def test_bad_rows_are_shown_and_come_back_as_a_file(client):
    page = upload(client, GOOD, BAD)
    save(client, page)
    said = bring(client, page)
    assert "Row 3" in said and "A whole number was expected" in said
    back = client.get(f"{page}rejects/")
    content = b"".join(back.streaming_content).decode()
    assert "N-2" in content and "N-1" not in content and "attachment" in back["Content-Disposition"]


def test_rows_are_accepted_on_the_page_of_their_batch(client):
    page = upload(client, GOOD)
    save(client, page)
    bring(client, page)
    batch = Batch.objects.get()
    said = text(client.post(f"/import/batch/{batch.id}/", {"verb": "accept", "reason": "compared", "answer": "known"}))
    assert "1 done" in said and Report.objects.get().status == "accepted"


def test_a_decision_needs_a_reason(client):
    page = upload(client, GOOD)
    save(client, page)
    bring(client, page)
    batch = Batch.objects.get()
    assert "needs a reason" in text(client.post(f"/import/batch/{batch.id}/", {"verb": "accept", "reason": " "}))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"<html>", b"\x00\x01"])
def test_what_cannot_be_read_gets_a_sentence(client, content):
    sent = SimpleUploadedFile("x.csv", content or b" ")
    page = client.post("/import/", {"file": sent})["Location"]
    assert 'class="error"' in text(client.get(page))


def test_a_profile_that_cannot_be_read_gets_a_sentence(client):
    page = upload(client, GOOD)
    assert "cannot be read" in text(client.post(page, {"do": "save", "text": "name = "}))


def test_an_upload_is_for_who_sent_it(client, sign_in):
    page = upload(client, GOOD)
    assert sign_in("reporter").get(page).status_code == 404
    assert sign_in("reporter").get(f"{page}rejects/").status_code == 404
    assert client.get("/import/..%2F..%2Fkambila/").status_code == 404


def test_those_who_may_not_report_have_no_such_page(client, sign_in):
    assert sign_in("auditor").get("/import/").status_code == 404
    assert 'href="/import/"' not in text(sign_in("auditor").get("/"))


def test_a_batch_is_hidden_from_those_who_see_none_of_its_reports(client, sign_in):
    page = upload(client, GOOD)
    save(client, page)
    bring(client, page)
    batch = Batch.objects.get()
    assert sign_in("kidal").get(f"/import/batch/{batch.id}/").status_code == 404
    assert "liste.csv" not in text(sign_in("kidal").get("/import/"))


def test_a_name_with_folders_in_it_stays_in_its_folder(client):
    sent = SimpleUploadedFile("../../evil.csv", HEADER.encode() + b"\n" + GOOD.encode())
    token = client.post("/import/", {"file": sent})["Location"].split("/")[2]
    (kept,) = Path(directory.current().path).parent.rglob("*evil*")
    assert token in kept.parts


def test_too_large_is_said_before_it_is_read(client, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 10)
    sent = SimpleUploadedFile("x.csv", b"a" * 100)
    assert "too much for a page" in text(client.post("/import/", {"file": sent}))


def test_an_upload_is_gone_after_a_day(client, monkeypatch):
    page = upload(client, GOOD)
    monkeypatch.setattr(uploads, "KEPT", -10)
    upload(client, BAD)
    assert client.get(page).status_code == 404
