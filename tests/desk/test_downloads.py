"""Lists and figures as files, from the pages of the desk."""

from __future__ import annotations

import csv
import os
import time
from dataclasses import replace

import pytest

from kambila.accounts import people
from kambila.desk import carrying_out
from kambila.journal import Draft, append
from kambila.publish.downloads import formats, orders
from kambila.publish.models import Download
from tests.registry.telling import accept, at, change, countersign, report

pytestmark = pytest.mark.parametrize("new_programme", ["sqlite"], indirect=True)  # both databases read lists elsewhere
IDS = {"ML07": "00000000-0000-7000-8000-00000000a001", "ML08": "00000000-0000-7000-8000-00000000a002"}


@pytest.fixture
def told(world):
    """Two accidents, one in each région."""
    at("2014-07-01")
    for place, id in IDS.items():
        countersign(
            accept(
                report(
                    change(id, {"code": f"I-{place}", "adm1": place, "date": "2014-06-18"}, "incident"),
                    date="2014-06-18",
                )
            )
        )


@pytest.fixture
def large(monkeypatch):
    """Every list is so long that it is made meanwhile."""
    for name, each in formats.FORMATS.items():
        monkeypatch.setitem(formats.FORMATS, name, replace(each, at_once=0))


def given(who, role, verb="grant", **scope):
    append([Draft("grant", "head", {"verb": verb, "account": who, "role": role, "scope": scope})])


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def ids(content):
    return {each["id"] for each in csv.DictReader(content.decode("utf-8-sig").splitlines())}


def ordered(client):
    """The address of the page of a file that is made meanwhile, when it is made."""
    answer = client.post("/download/list/incident/", {"format": "csv"})
    assert answer.status_code == 302
    carrying_out.carry_out_due()
    return answer["Location"]


def test_a_list_is_taken_away_as_a_file_and_it_is_kept_who_took_it(told, sign_in):
    client = sign_in("auditor")
    assert 'action="/download/list/incident/"' in client.get("/area/incidents/incident/").content.decode()
    answer = client.post("/download/list/incident/", {"format": "csv", "filter": "adm1 = 'ML07'"})
    assert ids(body(answer)) == {IDS["ML07"]}
    assert answer["Content-Disposition"] == 'attachment; filename="incident.csv"'
    kept = Download.objects.get()
    assert (kept.account, kept.what, kept.format, kept.filter) == ("auditor", "incident", "csv", "adm1 = 'ML07'")
    answer = client.post("/download/list/incident/", {"format": "gpkg"})
    assert body(answer).startswith(b"SQLite format 3")


def test_who_answers_for_the_data_is_shown_who_took_what(told, sign_in):
    body(sign_in("auditor").post("/download/list/incident/", {"format": "csv", "filter": "adm1 = 'ML07'"}))
    assert sign_in("gao").get("/map/print.pdf?bbox=0,16,1,17&kind=incident&title=N\x00ord").status_code == 200
    page = sign_in("fatou").get("/taken/").content.decode()
    assert all(each in page for each in ("auditor", "Incidents", "adm1 = &#x27;ML07&#x27;", "CSV"))
    assert "gao" in page and "Map on paper" in page and "bbox=0,16,1,17 kind=incident" in page
    assert '"/taken/"' in sign_in("fatou").get("/").content.decode()
    for name in ("gao", "reporter", "admin"):
        assert sign_in(name).get("/taken/").status_code == 404
        assert '"/taken/"' not in sign_in(name).get("/").content.decode()


def test_what_cannot_be_done_is_told_in_a_sentence(told, sign_in):
    for said in (
        {"format": "csv", "filter": "nonsense ="},
        {"format": "csv", "filter": "adm1='\x00'"},
        {"format": "doc"},
    ):
        answer = sign_in("auditor").post("/download/list/incident/", said)
        assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()
    assert not Download.objects.exists()


def test_a_figure_is_taken_away_with_its_breakdowns(told, sign_in):
    client = sign_in("auditor")
    assert 'action="/download/figure/incidents/"' not in client.get("/figures/").content.decode()
    page = client.get("/figures/erw-civilian-casualties/").content.decode()
    assert 'action="/download/figure/erw-civilian-casualties/"' in page
    answer = client.post("/download/figure/erw-civilian-casualties/", {"format": "csv"})
    assert "erw-civilian-casualties" in body(answer).decode()
    assert Download.objects.get().what == "erw-civilian-casualties"


def test_a_long_list_is_made_meanwhile_and_its_link_is_for_one_person_and_a_day(told, large, sign_in):
    client = sign_in("auditor")
    answer = client.post("/download/list/incident/", {"format": "csv"})
    page = answer["Location"]
    said = client.get(page).content.decode()
    assert "waits for its turn" in said and "hx-get" in said and '<noscript><meta http-equiv="refresh"' in said
    carrying_out.carry_out_due()
    assert f'href="{page}file"' in client.get(page).content.decode()
    assert ids(body(client.get(f"{page}file"))) == set(IDS.values())
    assert Download.objects.get().account == "auditor"
    for address in (page, f"{page}file"):
        assert sign_in("fatou").get(address).status_code == 404
    order = orders.find(page.split("/")[2], "auditor")
    os.utime(order.folder / orders.ORDER, (time.time() - orders.KEPT - 1,) * 2)
    assert client.get(f"{page}file").status_code == 404
    orders.sweep()
    assert not order.folder.exists()


def test_a_file_is_refused_and_made_anew_when_its_reader_may_see_less(told, large, sign_in):
    people.add("moves")
    given("moves", "auditor")
    client = sign_in("moves")
    page = ordered(client)
    order = orders.find(page.split("/")[2], "moves")
    given("moves", "auditor", verb="revoke")
    given("moves", "office-officer", place="ML07")
    answer = client.get(f"{page}file")
    assert answer.status_code == 403 and "deleted" in answer.content.decode() and not order.file.exists()
    assert not Download.objects.exists()
    carrying_out.carry_out_due()
    assert ids(body(client.get(f"{page}file"))) == {IDS["ML07"]}


def test_who_does_not_see_all_gets_no_file_from_before_a_change(told, large, sign_in):
    people.add("near")
    given("near", "office-officer", place="ML07")
    client = sign_in("near")
    page = ordered(client)
    countersign(accept(report(change(IDS["ML07"], {"adm1": "ML08"}, "incident"), date="2014-06-20")))
    assert client.get(f"{page}file").status_code == 403
    carrying_out.carry_out_due()
    assert ids(body(client.get(f"{page}file"))) == set()


def test_a_file_that_cannot_be_made_is_given_up_and_says_so(told, large, sign_in, monkeypatch):
    monkeypatch.setattr(formats, "write", lambda *given: 1 / 0)
    client = sign_in("auditor")
    page = ordered(client)
    assert "broke off 3 times" in client.get(page).content.decode()
