"""The texts of the programme page are public, in two languages, and dated."""

import pytest

from kambila.domain.programme import models
from kambila.domain.programme.models import Mandate, NewsItem, Objective, ProgrammeText
from kambila.registry.fields import Sealed
from kambila.registry.models import stated_fields


@pytest.mark.parametrize("model", [Mandate, Objective, NewsItem, ProgrammeText])
def test_every_text_is_public_and_asked_in_both_languages(model):
    fields = stated_fields(model)
    english = {name.removesuffix("_en") for name in fields if name.endswith("_en")}
    french = {name.removesuffix("_fr") for name in fields if name.endswith("_fr")}
    assert model.default_tier == "public"
    assert english == french and english
    assert all(fields[f"{name}_{language}"].required for name in english for language in ("en", "fr"))
    assert [name for name, field in fields.items() if isinstance(field, Sealed)] in ([], ["photo"])


def test_a_text_of_a_page_may_be_as_long_as_a_page():
    text = "é" * models.LONG
    assert stated_fields(NewsItem)["text_fr"].read(text) == text
    with pytest.raises(ValueError, match="5000"):
        stated_fields(NewsItem)["text_fr"].read(text + "é")


@pytest.mark.parametrize(
    ("code", "kind", "good", "bad"),
    [
        ("mandate-in-another-year", "mandate",
         {"year": 2014, "adopted_on": "2014-06-25"}, {"year": 2013, "adopted_on": "2014-06-25"}),
        ("news-of-the-future", "news_item", {"date": "2014-06-06"}, {"date": "2014-07-06"}),
        ("news-item-not-translated", "news_item",
         {"text_en": "a" * 50, "text_fr": "b" * 50}, {"text_en": "a" * 50, "text_fr": "a" * 50}),
    ],
)  # fmt: skip
def test_a_check_complains_of_what_is_wrong_and_of_nothing_else(found, code, kind, good, bad):
    assert not found(code, kind, good)
    assert found(code, kind, bad)
