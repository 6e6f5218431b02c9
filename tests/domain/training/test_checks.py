"""Checks of courses, certificates and capacity support, and the figures that they feed."""

import pytest

from kambila.domain.training.models import total_of
from kambila.figures.definitions import all_figures
from tests.domain.conftest import uuid

COURSE = {"subject": "eod1", "audience": "mdsf", "end": "2014-06-01", "male_trained": 20, "female_trained": 2}


def test_a_total_adds_what_is_known():
    assert total_of("trained")(COURSE) == 22
    assert total_of("passed")(COURSE) is None


def test_a_course_ends_after_it_starts(found):
    assert found("course-ends-before-start", "course", COURSE | {"start": "2014-06-02"})
    assert not found("course-ends-before-start", "course", COURSE | {"start": "2014-06"})


def test_no_more_pass_than_were_trained_for_each_sex(found):
    assert found("more-passed-than-trained", "course", COURSE | {"female_passed": 3}) == {"passed": 3, "trained": 2}
    assert not found("more-passed-than-trained", "course", COURSE | {"male_passed": 20, "female_passed": 2})


def test_a_course_has_people(found):
    assert found("course-without-people", "course", {"male_trained": 0, "female_trained": 0})
    assert not found("course-without-people", "course", COURSE)


def test_a_qualification_says_how_many_passed(found):
    assert found("examined-without-result", "course", COURSE)
    assert not found("examined-without-result", "course", COURSE | {"male_passed": 0})
    assert not found("examined-without-result", "course", COURSE | {"subject": "ehat"})


def test_a_course_sent_twice_is_noticed(found):
    course = {**COURSE, "provider": uuid(7)}
    assert found("course-perhaps-known", "course", course, others={"course": [{"id": uuid(2), **course}]})


def test_a_certificate_belongs_to_a_course_and_a_valid_one_to_who_passed(found):
    assert found("certificate-without-course", "certificate", {"course": uuid(2)})
    assert not found(
        "certificate-without-course", "certificate", {"course": uuid(2)}, others={"course": [{"id": uuid(2)}]}
    )
    assert found("certificate-after-failure", "certificate", {"result": "failed", "valid_until": "2016"})
    assert found("certificate-expires-before-issue", "certificate", {"issued": "2014-06-01", "valid_until": "2013"})


def test_equipment_has_a_class_and_a_number(found):
    given = {"support": "equipment", "equipment": "detectors", "quantity": 4}
    assert not found("equipment-without-quantity", "capacity_support", given)
    assert found("equipment-without-quantity", "capacity_support", {**given, "quantity": 0})
    assert not found("equipment-without-quantity", "capacity_support", {"support": "advice"})


def test_nobody_supports_itself(found):
    assert found("support-to-itself", "capacity_support", {"provider": uuid(4), "recipient": uuid(4)})


@pytest.mark.parametrize(
    ("id", "headline"),
    [
        ("mdsf-awareness", 3),
        ("mdsf-eod", 4),
        ("mdsf-ammunition", 5),
        ("un-uniformed-awareness", 6),
        ("un-staff-awareness", 7),
        ("awareness-total", 8),
        ("ngo-awareness", 9),
    ],
)
def test_headlines_of_training_count_courses_by_their_end_since_2013(id, headline):
    figure = all_figures()[id]
    assert (figure.headline, figure.since, figure.date, figure.kind) == (headline, "2013-01-01", "end", "course")


def test_a_qualification_counts_who_passed_and_never_as_awareness():
    figures = all_figures()
    assert all(path.endswith("_passed") for path in figures["mdsf-eod"].measure.paths)
    assert "eod1" not in figures["awareness-total"].where["subject__in"]
    assert "audience" not in figures["awareness-total"].where


def test_what_was_derived_is_said():
    assert "348" in str(all_figures()["ngo-awareness"].note)
