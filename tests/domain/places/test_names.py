"""Names are compared as people type them."""

import pytest

from kambila.domain.places.names import search_key, spellings
from kambila.registry.names import folded


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Ségou", "segou"), ("GOURMA-RHAROUS", "gourma rharous"), ("Ti-N-Essako", "ti n essako"), ("Kɔrɔ", "koro")],
)
def test_accents_case_and_punctuation_do_not_matter(typed, name):
    assert folded(typed) == name


def test_an_english_name_leads_to_the_official_one_and_back():
    assert "tombouctou" in spellings("Timbuktu")
    assert "timbuktu" in spellings("Tombouctou")


def test_a_name_without_other_spellings_stands_for_itself():
    assert spellings("Sévaré") == ("sevare",)


def test_all_names_of_a_place_are_in_its_key_once():
    assert search_key({"title": "Ségou", "reference_title": "Segou", "alternative_names": "Segu; Sékoro"}) == (
        "|segou|segu|sekoro|"
    )


def test_a_place_without_a_name_has_an_empty_key():
    assert search_key({"title": None}) == ""
