"""What of land is public, and how surveys are counted."""

import pytest

from kambila.domain.land import models as land
from kambila.figures.definitions import all_figures
from kambila.registry.kinds import kinds
from kambila.registry.models import stated_fields

KINDS = {kind: model for kind, model in kinds().items() if model.__module__ == land.__name__}


def test_a_village_that_is_surveyed_twice_counts_once():
    figure = all_figures()["villages-surveyed"]
    assert (figure.measure.distinct, figure.since, figure.tier) == ("village", "2013-01-01", "public")


@pytest.mark.parametrize("id", ["hazardous-areas", "hazardous-areas-open", "hazardous-m2-remaining"])
def test_numbers_of_hazardous_areas_do_not_leave_the_house(id):
    assert all_figures()[id].tier != "public"


def test_only_land_that_was_released_is_public():
    public = [kind for kind, model in KINDS.items() if model.default_tier == "public"]
    assert public == ["land_release_product"]
    assert stated_fields(land.LandReleaseProduct)["area"].tier == "restricted"
