"""Checks of incidents and casualties."""

import pytest

from tests.domain.conftest import uuid

ATTACK = {"category": "ied", "device": "ied_victim", "event_class": "explosion", "target": "civilian"}


def test_a_casualty_of_an_incident_in_the_same_report_is_no_orphan(found, change):
    incident = change("incident", {"category": "mine_erw"}, id=uuid(2))
    assert not found("casualty-without-incident", "casualty", {"incident": uuid(2)}, together=[incident])
    assert found("casualty-without-incident", "casualty", {"incident": uuid(3)}, together=[incident])


@pytest.mark.parametrize(("age", "wrong"), [(-1, True), (0, False), (115, False), (116, True)])
def test_ages_are_between_0_and_115(found, age, wrong):
    assert bool(found("age-out-of-range", "casualty", {"age": age})) is wrong


def test_an_age_must_fit_the_group(found):
    assert found("age-and-group-differ", "casualty", {"age": 17, "age_group_stated": "adult"}) == {"age": 17}
    assert not found("age-and-group-differ", "casualty", {"age": 18, "age_group_stated": "adult"})


def test_who_was_injured_has_no_place_of_death(found):
    assert found("death-of-an-injured-person", "casualty", {"outcome": "injured", "place_of_death": "spot"})
    assert not found("death-of-an-injured-person", "casualty", {"outcome": "killed", "place_of_death": "spot"})


def test_nobody_dies_before_the_incident(found):
    others = {"incident": [{"id": uuid(2), "date": "2014-06"}]}
    early = {"incident": uuid(2), "date_of_death": "2014-05-31"}
    assert found("death-before-the-incident", "casualty", early, others=others) == {
        "death": "2014-05-31",
        "incident": "2014-06",
    }
    assert not found("death-before-the-incident", "casualty", early | {"date_of_death": "2014"}, others=others)


def test_totals_are_compared_with_the_casualties_of_report_and_registry(found, change):
    here = change("casualty", {"incident": uuid(1), "outcome": "killed"}, id=uuid(2))
    known = {"casualty": [{"id": uuid(3), "incident": uuid(1), "outcome": "injured"}, {"id": uuid(2)}]}
    stated = {"killed_stated": 1, "injured_stated": 2}
    assert found("casualties-differ-from-total", "incident", stated, together=[here], others=known) == {
        "stated": 3,
        "rows": 2,
    }
    stated["injured_stated"] = 1
    assert not found("casualties-differ-from-total", "incident", stated, together=[here], others=known)


def test_an_unknown_total_is_no_contradiction(found, change):
    here = change("casualty", {"incident": uuid(1), "outcome": "killed"}, id=uuid(2))
    assert not found("casualties-differ-from-total", "incident", {"category": "mine_erw"}, together=[here])


def test_an_unknown_outcome_may_be_among_the_killed(found, change):
    rows = [
        change("casualty", {"incident": uuid(1), "outcome": outcome}, id=uuid(number))
        for number, outcome in ((2, "killed"), (3, "unknown"))
    ]
    assert not found("killed-differ-from-total", "incident", {"killed_stated": 2}, together=rows)
    assert found("killed-differ-from-total", "incident", {"killed_stated": 3}, together=rows)


def test_a_report_cannot_come_before_the_event(found):
    assert found("report-before-the-event", "incident", {"date": "2014-06-21"})
    assert not found("report-before-the-event", "incident", {"date": "2014-06"})


def test_attacks_do_not_hide_among_accidents(found):
    assert found("attack-among-accidents", "incident", {"category": "mine_erw", "device": "ied_command"})
    assert not found("attack-among-accidents", "incident", {"category": "mine_erw", "device": "api"})
    assert found("remnant-among-attacks", "incident", {"category": "ied", "device": "uxo"})


def test_an_attack_names_its_target(found):
    assert not found("attack-without-target", "incident", ATTACK)
    assert found("attack-without-target", "incident", {"category": "ied"})


def test_an_incident_has_a_place(found):
    assert found("incident-without-place", "incident", {"category": "ied"})
    assert not found("incident-without-place", "incident", {"adm2": "ML0701"})


def test_the_same_accident_reported_twice_is_noticed(found):
    known = {"incident": [{"id": uuid(2), "category": "ied", "date": "2014-06-01", "adm3": "ML070101"}]}
    again = {"category": "ied", "date": "2014-06-01", "adm3": "ML070101"}
    assert found("incident-perhaps-known", "incident", again, others=known)
    assert not found("incident-perhaps-known", "incident", again | {"date": "2014-06"}, others=known)


def test_the_same_casualty_reported_twice_is_noticed(found):
    person = {"incident": uuid(9), "sex": "female", "age": 9, "outcome": "injured"}
    known = {"casualty": [{"id": uuid(2), **person}]}
    assert found("casualty-perhaps-known", "casualty", person, others=known)
    assert not found(
        "casualty-perhaps-known",
        "casualty",
        {name: person[name] for name in ("incident", "sex", "outcome")},
        others=known,
    )
