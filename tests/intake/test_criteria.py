"""National criteria: two people settle them, and every area follows."""

from __future__ import annotations

import pytest

from kambila.accounts import people
from kambila.domain.land import criteria
from kambila.domain.land.balance.book import book
from kambila.domain.land.models import HazardousArea
from kambila.intake import settling
from kambila.journal import Draft, append
from kambila.journal.errors import Problem
from kambila.registry import rederive, settled
from tests.domain.land.saying import accepted, area, product, uuid


@pytest.fixture(autouse=True)
def _people(programme):
    for name in ("fatou", "moussa"):
        people.add(name, full_name=name)
        body = {"verb": "grant", "account": name, "role": "programme-manager", "scope": {}}
        append([Draft("grant", "head", body)])
    people.add("admin", full_name="Admin")
    append([Draft("grant", "head", {"verb": "grant", "account": "admin", "role": "administrator", "scope": {}})])


@pytest.fixture
def file(tmp_path):
    """A file of criteria: ``file(tolerance=0.01)``."""
    import tomli_w

    def make(**changed):
        path = tmp_path / "criteria.toml"
        path.write_text(tomli_w.dumps(criteria.written(criteria.example()) | {"version": "ML-2014"} | changed))
        return path

    return make


def version():
    with settled.in_force():
        return criteria.current().version


def closed():
    return HazardousArea.objects.get(pk=uuid(1)).status == "closed"


def test_criteria_are_in_force_when_a_second_person_has_signed_and_areas_follow(file):
    accepted(area(1, (0, 0, 100, 1)), product(11, 1, (0, 0, 97, 1), "2014-06-20", whole_area="yes"))
    assert closed()
    entry = settling.propose(settling.CRITERIA, file(tolerance=0.01), "fatou", "the authority decided")
    assert (version(), closed(), book().version) == ("example-1", True, "example-1")
    settling.sign(settling.CRITERIA, entry.id, "moussa", "so it did")
    assert (version(), closed(), book().version) == ("ML-2014", False, "ML-2014")
    assert rederive.compare() == []


def test_nobody_signs_criteria_of_their_own(file):
    entry = settling.propose(settling.CRITERIA, file(), "fatou", "the authority decided")
    with pytest.raises(Problem) as problem:
        settling.sign(settling.CRITERIA, entry.id, "fatou", "so it did")
    assert problem.value.code == "own-countersign"


@pytest.mark.parametrize(
    "changed", [{"tolerance": 0.5}, {"residual_m2": 5000}, {"weights": {"verbal": -1}}, {"version": " "}]
)
def test_criteria_beyond_all_measure_are_refused(file, changed):
    with pytest.raises(Problem) as problem:
        settling.propose(settling.CRITERIA, file(**changed), "fatou", "the authority decided")
    assert problem.value.code == "bad-criteria"


def test_who_may_not_settle_them_is_told_so(file):
    with pytest.raises(Problem) as problem:
        settling.propose(settling.CRITERIA, file(), "admin", "because")
    assert problem.value.code == "may-not"


def test_criteria_that_another_office_wrote_amiss_are_passed_over():
    entry = append([Draft("setting", "fatou", {"name": criteria.SETTING, "value": {"version": 7}})])[0]
    append([Draft("countersign", "moussa", {"decision": entry.id})])
    assert version() == "example-1"
