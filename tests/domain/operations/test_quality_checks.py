"""What a report of a non-conformity must satisfy."""

from tests.domain.conftest import uuid


def test_a_non_conformity_comes_from_a_visit_or_an_accident(found):
    assert found("non-conformity-from-nowhere", "non_conformity", {"severity": "minor"})
    assert not found("non-conformity-from-nowhere", "non_conformity", {"visit": uuid(7)})
    assert not found("non-conformity-from-nowhere", "non_conformity", {"incident": uuid(7)})
    assert not found("non-conformity-from-nowhere", "non_conformity", {"severity": "minor"}, {"visit": uuid(7)})


def test_a_non_conformity_keeps_to_its_path(found):
    code, kind = "non-conformity-off-its-path", "non_conformity"
    assert found(code, kind, {"status": "verified"}, {"status": "open"})
    assert not found(code, kind, {"status": "verified"}, {"status": "corrected"})
    assert not found(code, kind, {"status": "verified"})


def test_what_was_grave_is_not_put_right_without_its_cause(found):
    code, kind, grave = "corrected-without-cause", "non_conformity", {"severity": "major", "status": "open"}
    assert found(code, kind, {"status": "corrected"}, grave)
    assert not found(code, kind, {"status": "corrected", "root_cause": "a" * 64}, grave)
    assert not found(code, kind, {"status": "agreed"}, grave)
    assert not found(code, kind, {"status": "corrected"}, {"severity": "minor", "status": "open"})


def test_a_visit_after_a_complaint_says_which(found):
    assert found("complaint-without-object", "quality_visit", {"visit_type": "complaint"})
    assert not found("complaint-without-object", "quality_visit", {"visit_type": "complaint", "incident": uuid(7)})
    assert not found("complaint-without-object", "quality_visit", {"visit_type": "external"})


def test_the_team_that_was_visited_is_of_the_organisation_inspected(found):
    others = {"team": [{"id": uuid(8), "operator": uuid(2)}]}
    code, kind = "visit-to-another-team", "quality_visit"
    assert found(code, kind, {"operator": uuid(3), "team": uuid(8)}, others=others)
    assert not found(code, kind, {"operator": uuid(2), "team": uuid(8)}, others=others)
    assert not found(code, kind, {"operator": uuid(2)}, others=others)
