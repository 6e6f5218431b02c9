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
