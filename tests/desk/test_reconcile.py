"""The page on which an operator's register is laid beside ours."""

from __future__ import annotations

import io
import uuid

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kambila.intake.sheets.profiles import save
from tests.desk.conftest import accepted, said
from tests.intake.matching.test_files import COLUMNS, ORG, PROFILE, row


@pytest.fixture
def register(world):
    """An organisation, two areas of it, and its file: one area is larger there, one is new."""
    organisation = {"code": "CLEAR", "title": "Clear (invented)", "organisation_type": "ngo", "roles": ["operator"]}
    accepted(said([{"kind": "organisation", "id": ORG, "values": organisation}]))
    for number in (0, 1):
        values = {"code": f"A-{number}", "classification": "cha", "devices": ["uxo"], "area_m2": "47000"}
        change = {"kind": "hazardous_area", "id": str(uuid.uuid4()), "values": {**values, "adm1": "ML07"}}
        accepted(said([change], organisation=ORG, code=f"EX-R-{number}"))
    save(PROFILE, "fatou")
    rows = [row(0, size="60000", shape=""), row(2)]
    lines = [",".join(COLUMNS), *(",".join(f'"{line[column]}"' for column in COLUMNS) for line in rows)]
    return SimpleUploadedFile("register.csv", "\n".join(lines).encode())


def sent(client, file, **more):
    return client.post("/reconcile/", {"file": file, "organisation": ORG, "profile": "clear-areas", **more})


def test_a_file_leads_to_what_differs(sign_in, register):
    client = sign_in("fatou")
    page = client.get(sent(client, register)["Location"]).content.decode()
    assert "Clear (invented)" in page
    assert "60,000" in page and "47,000" in page
    assert "We have no report of it: send one." in page
    assert "A-1" in page and "say why it is not in your register" in page


def test_differences_are_filtered_by_sort_and_by_who_acts(sign_in, register):
    client = sign_in("fatou")
    address = sent(client, register)["Location"]
    only = client.get(f"{address}&sort=only-theirs").content.decode()
    assert "A-2" in only and "47,000" not in only
    programme = client.get(f"{address}&who=programme").content.decode()
    assert "A-2" not in programme and "47,000" in programme


def test_the_list_is_downloaded_as_a_workbook(sign_in, register):
    client = sign_in("fatou", "fr")
    address, _mark, query = sent(client, register)["Location"].partition("?")
    answer = client.get(f"{address}list/?{query}")
    assert "attachment" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames[0] == "Résumé" and "Seulement chez l’opérateur" in book.sheetnames


def test_the_profile_is_found_by_the_columns(sign_in, register):
    client = sign_in("fatou")
    assert sent(client, register, profile="").status_code == 302


def test_a_file_that_cannot_be_read_gets_a_sentence(sign_in, register):
    client = sign_in("fatou")
    page = sent(client, SimpleUploadedFile("x.csv", b"a,b\n1,2\n")).content.decode()
    assert 'role="alert"' in page and "clear-areas" in page


def test_who_sees_a_part_of_the_records_only_cannot_compare(sign_in, register):
    page = sent(sign_in("gao"), register).content.decode()
    assert "does not see all records" in page


def test_an_uploaded_register_is_for_the_person_who_sent_it(sign_in, register):
    address = sent(sign_in("fatou"), register)["Location"]
    assert sign_in("auditor").get(address).status_code == 404


def test_who_may_not_read_does_not_find_the_page(sign_in, register):
    assert sign_in("admin").get("/reconcile/").status_code == 404


def test_a_long_register_is_for_the_command_line(sign_in, register, monkeypatch):
    monkeypatch.setattr("kambila.desk.pages.reconcile.MOST", 1)
    assert "kambila reconcile" in sent(sign_in("fatou"), register).content.decode()
