"""What is counted of operations, and what is danger or restricted."""

import pytest

from kambila.domain.operations import models as operations
from kambila.figures.definitions import all_figures
from kambila.registry.kinds import kinds

KINDS = {kind: model for kind, model in kinds().items() if model.__module__ == operations.__name__}


def test_small_arms_ammunition_never_counts_as_unexploded_ordnance():
    uxo, saa = all_figures()["uxo-destroyed"], all_figures()["saa-destroyed"]
    assert (uxo.where["category"], saa.where["category"]) == ("uxo", "saa")
    assert uxo.where["disposition__in"] == saa.where["disposition__in"] == ("destroyed_in_place", "removed_destroyed")


@pytest.mark.parametrize("id", ["spot-task-response-days", "quality-visits", "non-conformities-open"])
def test_response_times_and_quality_stay_restricted(id):
    assert all_figures()[id].tier == "restricted"


def test_calls_and_found_items_are_danger_from_receipt():
    assert operations.SpotTask.is_danger
    assert operations.OrdnanceItem.is_danger


def test_every_breakdown_and_filter_names_a_field():
    for figure in all_figures().values():
        if figure.kind in KINDS:
            fields = {field.name for field in KINDS[figure.kind]._meta.get_fields()}
            paths = [*figure.by.values(), *figure.where, figure.date or "id"]
            assert [path for path in paths if path.split("__")[0] not in fields] == []
