"""Every form of the box in a real browser, in both languages: opened, answered whole, sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from kambila.intake import forms
from kambila.registry.models import Report
from tests.desk.forms.conftest import BROWSER, Person

FILLER = (Path(__file__).parent / "filler.js").read_text()
# Contrast takes most of the time and comes from one stylesheet: two forms that have every control stand for all.
LOOKED_AT_WHOLE = {"accident", "hazardous_area"}
QUICK = {"rules": {"color-contrast": {"enabled": False}}}
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")


@pytest.fixture(scope="module", params=["en", "fr"])
def reader(request, browser, served):
    """Somebody who reads a language."""
    made = Person(browser, served, "fatou", request.param)
    yield made
    made.context.close()


@pytest.fixture(scope="module")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.mark.parametrize("name", sorted(forms.box()))
def test_a_form_is_answered_and_sent_without_a_complaint(reader, axe, served, name):
    reader.said.clear()
    reader.open(name)
    told = reader.page.evaluate(FILLER)
    assert told["wrong"] == []
    assert told["answered"] > 3
    found = axe.run(reader.page, options=None if name in LOOKED_AT_WHOLE else QUICK).response["violations"]
    assert not found, [(each["id"], each["nodes"][0]["html"]) for each in found]
    code = reader.send().split()[-1]
    assert reader.said == []
    served.open()
    assert Report.objects.get(code=code).form == name
