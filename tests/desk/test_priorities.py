"""The page of priorities: scores of areas that somebody may see, two scenarios beside each other, plans that were kept."""

from __future__ import annotations

from kambila.desk.pages import priorities
from tests.desk.reviewing import known, text
from tests.domain.land.saying import uuid


def test_each_score_opens_into_its_parts_with_links_to_their_records(sign_in):
    known(blockages=["water"])
    page = text(sign_in("fatou"), "/priorities/?scenario=livelihood&against=people")
    assert page.count(f'href="/record/hazardous_area/{uuid(1)}/"') == 2  # the area, and the part that rests on it
    assert "Water is blocked: 25.0 / 25.0" in page and "(no. 1)" in page


def test_areas_of_another_office_are_neither_scored_nor_told_of_a_plan(sign_in):
    known("KID")
    fatou = sign_in("fatou")
    answer = fatou.post("/priorities/", {"scenario": "people", "title": "2014", "reason": "agreed"})
    assert answer.status_code == 302 and uuid(1) in text(fatou, answer["Location"])
    gao = sign_in("gao")
    assert uuid(1) not in text(gao, "/priorities/") and uuid(1) not in text(gao, answer["Location"])


def test_a_plan_without_a_title_gets_a_sentence_and_nothing_is_kept(sign_in):
    page = sign_in("fatou").post("/priorities/", {"title": " ", "reason": "agreed"}).content.decode()
    assert "needs a title" in page and "No ranking was kept" in page


def test_a_scenario_that_is_not_there_is_not_found(sign_in):
    text(sign_in("fatou"), "/priorities/?scenario=luck", 404)


def test_the_table_has_every_area_with_its_points_by_criterion(sign_in):
    known(blockages=["water"], title="=1+1")
    lines = text(sign_in("fatou"), "/priorities/?scenario=livelihood&f=csv").splitlines()
    assert lines[0].startswith("No.,Area,Name,") and "Water is blocked" in lines[0]
    assert "'=1+1" in lines[1] and "25.0" in lines[1].split(",")


def test_areas_beyond_the_first_page_are_a_link_away(sign_in, monkeypatch):
    monkeypatch.setattr(priorities, "MOST", 1)
    known(number=1, blockages=["water"])
    known(number=2, blockages=[])
    fatou = sign_in("fatou")
    first = text(fatou, "/priorities/?scenario=livelihood")
    assert 'href="?scenario=livelihood&amp;from=2"' in first and uuid(2) not in first
    second = text(fatou, "/priorities/?scenario=livelihood&from=2")
    assert uuid(2) in second and 'href="?scenario=livelihood&amp;from=1"' in second
