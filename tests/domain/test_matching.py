"""What the areas declare about records that may be the same can be compared at all, and names nobody."""

import pytest

from kambila.intake.matching.sides import labels
from kambila.registry.fields import Stated
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.matching import all_matchings, compared_of

DECLARED = sorted(all_matchings().items())
KINDS = ("hazardous_area", "village", "incident", "casualty", "spot_task", "task", "organisation", "storage_site")


def field_of(kind, path):
    link, behind, name = path.partition("__")
    return plan_of(plan_of(kind).links[link]).stated[name] if behind else plan_of(kind).stated[path]


def test_the_kinds_that_are_reported_twice_most_often_are_matched():
    assert set(KINDS) <= set(all_matchings())


@pytest.mark.parametrize(("kind", "matching"), DECLARED)
def test_only_stated_fields_are_compared_and_none_that_is_sealed(kind, matching):
    fields = [field_of(kind, path) for path in matching.paths]
    assert all(isinstance(each, Stated) and not each.sealed for each in fields)


@pytest.mark.parametrize(("kind", "matching"), DECLARED)
def test_every_way_can_contribute_and_one_reaches_the_threshold(kind, matching):
    assert all(0 < way.weight <= 1 for way in matching.ways)
    assert max(way.weight for way in matching.ways) >= matching.threshold


@pytest.mark.parametrize(("kind", "matching"), DECLARED)
def test_every_way_finds_pairs_without_looking_at_all_of_them(kind, matching):
    for way in matching.ways:
        assert way.is_spatial or any(each.keys({}) is not None for each in way.comparers)


@pytest.mark.parametrize(("kind", "matching"), DECLARED)
def test_every_compared_field_has_a_title(kind, matching):
    assert all(labels(kind, matching.paths).values())


@pytest.mark.parametrize("kind", sorted(kind for kind in kinds() if compared_of(kind)))
def test_a_status_that_is_derived_here_is_compared_with_codes_that_there_are(kind):
    plan = plan_of(kind)
    for name, compared in compared_of(kind).items():
        derived = {**plan.own_rules, **plan.rollups}[compared.derived]
        assert set(compared.means) <= set(plan.stated[name].codes.values)
        assert set(compared.means.values()) <= set(derived.codes.values)
        assert compared.closing <= set(compared.means)
