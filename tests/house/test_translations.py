"""French is complete: every word that a user can see has its translation."""

from pathlib import Path

import pytest

from house.messages import app_folders, catalogue_path, read_catalogue, template_of, untranslated

PACKAGE = Path(__file__).resolve().parents[2] / "kambila"
APPS = app_folders(PACKAGE)


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_every_word_has_its_french(app):
    template = template_of(app, APPS)
    assert untranslated(template, read_catalogue(catalogue_path(app, "fr"), "fr")) == []


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_a_translation_keeps_the_places_that_are_filled_in(app):
    """`%(code)s` in the English is `%(code)s` in the French: otherwise the sentence fails when it is needed."""
    catalogue = read_catalogue(catalogue_path(app, "fr"), "fr")
    broken = [message.id for message in catalogue if message.id and message.string and list(message.check())]
    assert broken == []


def test_one_english_text_has_one_french():
    """All catalogues become one dictionary: where two disagree, one of them is never seen."""
    said = {}
    for app in APPS:
        for message in read_catalogue(catalogue_path(app, "fr"), "fr"):
            if message.id and message.string:
                said.setdefault((message.context, str(message.id)), set()).add(str(message.string))
    assert {text: french for text, french in said.items() if len(french) > 1} == {}
