"""The published totals come out of counting invented records."""

from __future__ import annotations

import datetime
import random
from typing import Any

import pytest

from kambila.demo import cast
from kambila.demo.plan import Plan
from kambila.figures.diff import CORRECTION, LATE, NEW, WITHDRAWAL, diff
from kambila.figures.evaluate import evaluate, figure_of, records
from kambila.figures.evidence import reports_behind
from kambila.figures.models import Release
from kambila.figures.releases import content_of, create_release
from kambila.intake import decisions, forms
from kambila.intake.fill import fill
from kambila.intake.lookup import entry_of
from kambila.intake.receive import receive
from kambila.journal import read_part
from kambila.journal.parts import named

AS_OF = "2014-07-31"
TABLE = {
    "erw-civilian-casualties": 111,
    "ied-casualties": 261,
    "mdsf-awareness": 1_894,
    "mdsf-eod": 83,
    "mdsf-ammunition": 60,
    "un-uniformed-awareness": 5_064,
    "un-staff-awareness": 1_776,
    "ngo-awareness": 348,
    "awareness-total": 9_082,
    "villages-surveyed": 953,
    "uxo-destroyed": 1_331,
    "saa-destroyed": 46_360,
    "missiles-destroyed": 85,
}
REACHED = "education-reached"


def value(id: str, as_of: str = AS_OF) -> Any:
    return evaluate(figure_of(id), as_of).value


@pytest.mark.parametrize(("id", "published"), TABLE.items(), ids=list(TABLE))
def test_the_published_total_comes_out(example, id, published):
    assert value(id) == published


def test_more_than_31000_people_were_reached_and_more_than_half_of_the_casualties_are_children(example):
    assert 31_001 <= value(REACHED) <= 31_999
    assert value("erw-civilian-casualties-children") > 111 / 2


def test_the_attacks_hurt_all_five_groups_that_the_page_names(example):
    cells = evaluate(figure_of("ied-casualties"), AS_OF, "category").cells
    assert sum(cells.values()) == 261
    assert len([each for each in cells.values() if each]) == 5


@pytest.mark.parametrize("id", [*TABLE, REACHED])
def test_contributions_add_up_and_each_leads_to_a_report_and_to_the_bytes_that_were_sent(example, id):
    figure = figure_of(id)
    found = records(figure, AS_OF)
    assert sum(each.amount for each in found) == value(id)
    behind = reports_behind(figure.kind, [each.id for each in found])
    for each in found[:: max(1, len(found) // 25)]:
        entry = entry_of(behind[each.id][0])
        assert read_part(named(entry.sealed, "submission")).startswith(b"<?xml")


@pytest.mark.parametrize("id", [*TABLE, REACHED])
def test_no_record_gives_more_than_a_fiftieth_of_a_total_above_1000(example, id):
    total = value(id)
    assert total <= 1_000 or max(each.amount for each in records(figure_of(id), AS_OF)) <= total / 50


def test_the_releases_froze_the_values_of_their_days(example):
    june, july = Release.objects.all()
    assert (june.as_of, june.known_at[:10], july.as_of) == ("2014-06-30", "2014-06-30", AS_OF)
    assert {id: july.values[id] for id in TABLE} == TABLE
    assert all(june.values[id] <= july.values[id] for id in TABLE if id != "un-uniformed-awareness")


def test_a_replay_to_the_evening_of_30_june_gives_the_first_release(example):
    from kambila.figures.definitions import all_figures
    from kambila.figures.evaluate import evaluate_all
    from kambila.figures.freezing import stated
    from kambila.figures.views import at

    june = Release.objects.first()
    with at(list(all_figures().values()), "2014-06-30", "2014-06-30T23:59:59Z"):
        again = {each.figure.id: stated(each.value) for each in evaluate_all("2014-06-30")}
    assert again == june.values


def test_what_changed_between_the_releases_has_its_reasons(example):
    found = {each.id: each for each in diff(*Release.objects.all())}
    assert found["un-uniformed-awareness"].revisions[CORRECTION].amount == -9
    assert found[REACHED].revisions[WITHDRAWAL].amount == -118
    assert {NEW, LATE} <= set(found["villages-surveyed"].revisions)
    # Gao had written it before 30 June, but Bamako learned of it on 8 July: late, and no correction.
    assert set(found["assistance-given"].revisions) == {NEW, LATE}


def test_one_more_casualty_makes_112_and_withdrawn_it_is_111_again(a_copy):
    june, july = (content_of(each) for each in Release.objects.all())
    answers = {
        "category": "mine_erw", "date": "2014-07-20", "device": "uxo", "adm1": "ML07", "locality": "Gao",
        "anyone_hurt": "yes", "killed_stated": 0, "injured_stated": 1, "source": "witness", "verification": "verified",
        "casualties": [{"outcome": "injured", "sex": "male", "age": 8, "status": "civilian"}],
    }  # fmt: skip
    xml = fill(forms.in_box("accident"), answers, day="2014-08-01")
    report = receive(xml, {}, "sts-gao", cast.GAO).report_id
    assert value("erw-civilian-casualties") == 111
    decisions.accept(report, cast.INFORMATION, "checked", "seen")
    assert value("erw-civilian-casualties") == 112
    result = decisions.withdraw(report, cast.INFORMATION, "It was a rumour.")
    if result.waits:
        decisions.countersign(result.id, cast.MANAGER, "asked again")
    assert value("erw-civilian-casualties") == 111
    assert [content_of(each) for each in Release.objects.all()] == [june, july]


def test_a_next_release_says_112(a_copy):
    test = {"outcome": "killed", "sex": "female", "age": 40, "status": "civilian"}
    answers = {
        "category": "mine_erw", "date": "2014-07-21", "device": "uxo", "adm1": "ML06", "locality": "Goundam",
        "anyone_hurt": "yes", "source": "witness", "verification": "verified", "casualties": [test],
    }  # fmt: skip
    xml = fill(forms.in_box("accident"), answers, day="2014-08-01")
    report = receive(xml, {}, "sts-timbuktu", cast.TIMBUKTU).report_id
    decisions.accept(report, cast.INFORMATION, "checked", "seen")
    create_release("August", cast.MANAGER, "One more casualty is known.", AS_OF)
    assert [each.values["erw-civilian-casualties"] for each in Release.objects.all()][1:] == [111, 112]


def test_a_third_survey_of_a_village_does_not_count(a_copy):
    from kambila.domain.land.models import VillageSurvey

    known = VillageSurvey.objects.exclude(village=None).filter(adm1="ML07").first()
    answers = {
        "date": "2014-07-29", "village": known.village_id, "adm1": known.adm1, "adm2": known.adm2, "contaminated": "no",
        "safe_to_record": "no",
    }  # fmt: skip
    xml = fill(forms.in_box("village_survey"), answers, day="2014-08-01")
    decisions.accept(receive(xml, {}, "sts-gao", cast.GAO).report_id, cast.INFORMATION, "checked", "seen")
    assert value("villages-surveyed") == 953


def test_numbers_are_split_without_rest_and_within_limits():
    plan = Plan(random.Random(7))
    for total, parts, least, most in ((1_331, 176, 1, 26), (60, 5, 4, 14), (10, 10, 1, 1)):
        found = plan.split(total, parts, least, most)
        assert sum(found) == total and len(found) == parts
        assert least <= min(found) and max(found) <= most
    with pytest.raises(ValueError, match="cannot be split"):
        plan.split(100, 3, 1, 20)


def test_the_plan_is_the_same_every_time(told):
    from kambila.demo import story

    again = story.tell()
    seen = [(each.plan.in_order(), each.gao.in_order()) for each in (told, again)]
    one, two = (
        [(step.moment, getattr(step.act, "answers", None)) for steps in each for step in steps] for each in seen
    )
    assert one == two
    assert max(moment for moment, _ in one) < datetime.datetime(2014, 8, 1, tzinfo=datetime.UTC)
