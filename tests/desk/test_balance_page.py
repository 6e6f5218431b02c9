"""The page of the balance: the same numbers as the command, over the areas that somebody may see, and no others."""

from __future__ import annotations

import time

from tests.desk.conftest import accepted, said
from tests.domain.land.saying import area, product, uuid

SQUARE = (0, 0, 10, 10)


def known(office="GAO", number=1, **more):
    accepted(said([area(number, SQUARE, adm1="ML07", **more)], office=office, code=f"EX-R-{number}"))


def test_it_shows_what_is_left_with_links_to_areas_and_products(sign_in):
    known()
    accepted(said([product(11, 1, (5, 0, 15, 10), "2014-06-20")], code="EX-R-9"))
    page = sign_in("fatou").get("/balance/?by=area").content.decode()
    assert f'href="/record/hazardous_area/{uuid(1)}/"' in page
    assert f'href="/record/land_release_product/{uuid(11)}/"' in page
    assert "outside its area" in page


def test_while_many_areas_are_added_up_the_page_says_so_and_comes_back(sign_in, monkeypatch):
    known()
    monkeypatch.setattr("kambila.domain.land.balance.book.MANY", 1)
    monkeypatch.setattr("kambila.domain.land.balance.book._kept", {})
    client, deadline = sign_in("fatou"), time.monotonic() + 30
    first = client.get("/balance/?by=area").content.decode()
    assert "being added up" in first and 'http-equiv="refresh"' in first
    while "being added up" in (page := client.get("/balance/?by=area").content.decode()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert f'href="/record/hazardous_area/{uuid(1)}/"' in page


def test_a_period_that_is_none_gets_a_sentence(sign_in):
    answer = sign_in("fatou").get("/balance/?from=2014-06-30&to=2014-01-01")
    assert answer.status_code == 400
    assert "before it begins" in answer.content.decode()


def test_areas_of_another_office_are_not_in_the_sums(sign_in):
    known()
    known("KID", 2)
    assert "1 areas" not in sign_in("kidal").get("/balance/?by=area").content.decode()
    pages = {name: sign_in(name).get("/balance/?by=area").content.decode() for name in ("fatou", "kidal", "gao")}
    assert uuid(1) in pages["fatou"] and uuid(2) in pages["fatou"]
    assert uuid(1) not in pages["kidal"] and uuid(2) in pages["kidal"]
    assert uuid(2) not in pages["gao"]


def test_who_may_read_nothing_is_not_told_that_there_is_such_a_page(sign_in):
    assert sign_in("reporter").get("/balance/").status_code == 404
