"""What is derived of incidents and casualties, and what is never asked."""

import re

import pytest

from kambila.domain.incidents.derivations import accident_type, how_many, person_category
from kambila.domain.incidents.models import Casualty, Incident
from kambila.figures.definitions import all_figures
from kambila.registry.models import stated_fields
from kambila.registry.people import age_group


@pytest.mark.parametrize(
    ("values", "group"),
    [
        ({"age": 17}, "child"),
        ({"age": 18}, "adult"),
        ({}, "unknown"),
        ({"age_group_stated": "child"}, "child"),
        ({"age": 40, "age_group_stated": "child"}, "adult"),
    ],
)
def test_the_age_decides_the_group_and_words_do_when_it_is_unknown(values, group):
    assert age_group(values) == group


@pytest.mark.parametrize(
    ("category", "device", "kind"),
    [
        ("mine_erw", "av", "mine"),
        ("mine_erw", "submunition", "cluster"),
        ("mine_erw", "unknown", "other"),
        ("ied", "ied_victim", "ied"),
        ("demining", "uxo", "demining"),
    ],
)
def test_the_type_of_accident_follows_category_and_device(category, device, kind):
    assert accident_type({"category": category, "device": device}) == kind


def test_everybody_falls_into_one_of_the_five_published_categories():
    stated = ["civilian", "mdsf", "minusma", "french_forces", "other_military", "un_staff", None]
    derived = [person_category({"status": status}) for status in stated]
    assert derived == ["civilians", "mdsf", "peacekeepers", "french_forces", "others", "others", "others"]


def test_killed_and_injured_are_counted_apart():
    rows = [{"outcome": "killed"}, {"outcome": "injured"}, {"outcome": "injured"}, {"outcome": None}]
    assert (how_many("killed")({}, rows), how_many("injured")({}, rows)) == (1, 2)


def test_nothing_asks_how_a_device_was_made():
    forbidden = re.compile(
        r"charge|switch|trigger|component|circuit|explosive_type|container|detonator|construct|weight"
    )
    assert not [name for name in stated_fields(Incident) if forbidden.search(name)]


def test_what_identifies_a_person_is_sealed():
    personal = {name for name, field in stated_fields(Casualty).items() if field.sealed}
    assert personal == {"full_name", "date_of_birth", "identification", "address", "contact"}


def test_the_two_series_never_meet():
    figures = all_figures()
    erw, ied = figures["erw-civilian-casualties"], figures["ied-casualties"]
    assert erw.where["incident__category"] == "mine_erw"
    assert ied.where["incident__category"] == "ied"
    assert (erw.since, erw.headline, ied.since, ied.headline) == ("2012-01-01", 1, "2013-01-01", 2)


def test_public_figures_of_attacks_are_national_only():
    attacks = [figure for id, figure in all_figures().items() if id.startswith("ied-")]
    assert attacks
    assert not [figure.id for figure in attacks if "region" in figure.public_by]
