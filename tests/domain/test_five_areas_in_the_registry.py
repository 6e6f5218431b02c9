"""What reports of five areas become in the registry, on both databases."""

import pytest

from kambila.figures.evaluate import evaluate, figure_of
from tests.domain.conftest import uuid
from tests.registry.telling import accept, at, change, known, report

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture(autouse=True)
def _in_summer():
    at("2014-07-01")


def tell(*changes, date="2014-06-20"):
    """An accepted report."""
    accept(report(*changes, date=date))


def test_an_incident_counts_its_casualties():
    tell(
        change(uuid(1), {"category": "mine_erw", "date": "2014-06", "device": "uxo", "killed_stated": 1}, "incident"),
        change(uuid(2), {"incident": uuid(1), "sex": "male", "age": 9, "outcome": "killed", "status": "civilian"}),
        change(uuid(3), {"incident": uuid(1), "sex": "female", "outcome": "injured", "status": "minusma"}),
    )
    incident, child, peacekeeper = known(uuid(1), "incident"), known(uuid(2)), known(uuid(3))
    assert (incident.accident_type, incident.killed_recorded, incident.injured_recorded) == ("uxo_axo", 1, 1)
    assert (child.age_group, child.person_category) == ("child", "civilians")
    assert (peacekeeper.age_group, peacekeeper.person_category) == ("unknown", "peacekeepers")


def test_a_session_adds_its_participants():
    values = {"date": "2014-05-02", "direct_boys": 12, "direct_women": 8, "audience": ["children", "farmers"]}
    tell(change(uuid(1), values, "education_session"))
    session = known(uuid(1), "education_session")
    assert (session.direct_total, session.indirect_total, session.record_tier) == (20, None, "partner")
    assert session.audience == ("children", "farmers")


def test_assistance_tells_disability_by_difficulty():
    tell(change(uuid(1), {"service": "medical", "start": "2014-05", "age": 30, "walking": "cannot"}, "assistance"))
    assistance = known(uuid(1), "assistance")
    assert (assistance.disability, assistance.age_group, str(assistance.start_last)) == ("yes", "adult", "2014-05-31")


def test_a_course_adds_men_and_women():
    values = {"end": "2014-06-01", "male_trained": 20, "female_trained": 2, "male_passed": 19}
    tell(change(uuid(1), values, "course"))
    course = known(uuid(1), "course")
    assert (course.trained_total, course.passed_total) == (22, 19)


def test_a_lot_has_on_hand_what_its_movements_leave():
    lot = {"lot_number": "EX-7", "condition": "a", "restriction": "none", "neq_each_kg": "0.0525"}
    tell(
        change(uuid(1), lot, "lot"),
        change(uuid(2), {"lot": uuid(1), "movement": "opening", "quantity": 100, "date": "2014-05"}, "movement"),
    )
    tell(change(uuid(3), {"lot": uuid(1), "movement": "issue", "quantity": 30, "date": "2014-06"}, "movement"))
    stored = known(uuid(1), "lot")
    assert (stored.on_hand, stored.serviceable, str(stored.neq_each_kg)) == (70, "unknown", "0.052500")


def test_a_level_from_an_unverified_checklist_is_not_repeated():
    tell(change(uuid(1), {"date": "2014-06-01", "reported_level": "3"}, "site_assessment"))
    assert known(uuid(1), "site_assessment").risk_level == "unverified"


def test_a_disposal_keeps_its_witnesses_and_its_weight():
    values = {"order_number": "EX-1", "status": "done", "witnesses": [uuid(8), uuid(9)], "gross_tonnes": "81.6"}
    tell(change(uuid(1), values, "disposal_order"))
    order = known(uuid(1), "disposal_order")
    assert (order.witnesses, str(order.gross_tonnes)) == ((uuid(8), uuid(9)), "81.600")


def value(id, as_of="2014-06-30"):
    return int(evaluate(figure_of(id), as_of).value)


def test_casualties_feed_two_series():
    tell(
        change(uuid(1), {"category": "mine_erw", "date": "2012-03", "device": "uxo"}, "incident"),
        change(uuid(2), {"incident": uuid(1), "sex": "male", "age": 9, "outcome": "killed", "status": "civilian"}),
        change(uuid(3), {"incident": uuid(1), "sex": "male", "age": 30, "outcome": "injured", "status": "mdsf"}),
        change(uuid(4), {"category": "ied", "date": "2014-03-02", "device": "ied_command"}, "incident"),
        change(uuid(5), {"incident": uuid(4), "sex": "male", "outcome": "injured", "status": "minusma"}),
    )
    erw = ("erw-civilian-casualties", "erw-civilian-casualties-children", "erw-civilian-casualties-killed")
    assert [value(id) for id in (*erw, "ied-casualties", "ied-casualties-killed")] == [1, 1, 1, 1, 0]
    assert (value("erw-accidents"), value("ied-attacks")) == (1, 1)


def test_courses_count_when_they_have_ended():
    awareness = {"subject": "ehat", "audience": "mdsf", "end": "2014-06-01", "male_trained": 20, "female_trained": 2}
    tell(
        change(uuid(1), awareness, "course"),
        change(uuid(2), awareness | {"subject": "ssafe", "audience": "un_staff", "unknown_trained": 3}, "course"),
        change(uuid(3), awareness | {"subject": "eod1", "male_passed": 19}, "course"),
        change(uuid(4), awareness | {"subject": "asm"}, "course"),
        change(uuid(5), awareness | {"end": "2012-12-31"}, "course"),
        date="2014-06-02",
    )
    aware = ("mdsf-awareness", "un-staff-awareness", "awareness-total", "ngo-awareness")
    assert [value(id) for id in (*aware, "mdsf-eod", "mdsf-ammunition")] == [22, 25, 47, 0, 19, 22]
    assert value("awareness-total", as_of="2014-05-31") == 0


def test_missiles_count_when_their_order_is_done():
    order = {"order_number": "EX-1", "status": "ongoing", "source_of_stock": "obsolete"}
    tell(
        change(uuid(1), order, "disposal_order"),
        change(uuid(2), {"disposal_order": uuid(1), "family": "missile", "quantity": 85}, "disposal_item"),
        change(uuid(3), {"disposal_order": uuid(1), "family": "saa", "quantity": 900}, "disposal_item"),
        date="2014-06-01",
    )
    assert value("missiles-destroyed") == 0
    done = {"status": "done", "destroyed_on": "2014-06-06", "gross_tonnes": "81.6"}
    tell(change(uuid(1), done, "disposal_order"), date="2014-06-07")
    counted = ("missiles-destroyed", "stock-items-destroyed", "stock-saa-destroyed")
    assert [value(id) for id in counted] == [85, 85, 900]
    assert str(evaluate(figure_of("tonnes-destroyed"), "2014-06-30").value) in ("81.6", "81.600")


def test_sites_sessions_and_survivors_are_counted_as_their_figures_say():
    tell(
        change(uuid(1), {"title": "EX-Depot"}, "storage_site"),
        change(uuid(2), {"site": uuid(1), "date": "2014-03-01"}, "site_assessment"),
        change(uuid(3), {"site": uuid(1), "date": "2014-05-01"}, "site_assessment"),
        change(uuid(4), {"date": "2014-05-02", "direct_boys": 12, "indirect_men": 50}, "education_session"),
        change(
            uuid(5),
            {"beneficiary": "survivor", "casualty": uuid(9), "status": "completed", "start": "2014-04"},
            "assistance",
        ),
        change(
            uuid(6),
            {"beneficiary": "survivor", "casualty": uuid(9), "status": "ongoing", "start": "2014-05"},
            "assistance",
        ),
    )
    assert [value(id) for id in ("sites-assessed", "education-reached", "education-reached-indirectly")] == [1, 12, 50]
    assert [value(id) for id in ("survivors-assisted", "assistance-given")] == [1, 2]
