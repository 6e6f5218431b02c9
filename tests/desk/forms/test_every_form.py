"""Every form of the box in a real browser, in both languages: answered whole without a line, sent when it is back."""

from __future__ import annotations

from pathlib import Path

import pytest

from kambila.intake import forms
from kambila.intake.lookup import entry_of
from kambila.registry.models import Report
from tests.desk.forms.conftest import BROWSER, Person

FILLER = (Path(__file__).parent / "filler.js").read_text()
# Contrast takes most of the time and comes from one stylesheet: two forms that have every control stand for all.
LOOKED_AT_WHOLE = {"accident", "hazardous_area"}
QUICK = {"rules": {"color-contrast": {"enabled": False}}}
# What the browser itself says while there is no line: of a request of the page, and of one that its worker passed on.
NO_LINE = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
# The checklists are made alike: one stands for all.
NEEDS_A_CALL = ("spot_task_outcome",)  # it only speaks of a call that is listed; tests/intake/test_calls.py sends it
FORMS = sorted(
    name
    for name in forms.box()
    if name not in NEEDS_A_CALL and (not name.startswith("checklist_") or name == "checklist_eod")
)
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


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_answered_and_finished_without_a_line_and_sent_when_it_is_back(reader, axe, served, name):
    served.open()
    before = set(Report.objects.filter(form=name).values_list("id", flat=True))
    reader.said.clear()
    reader.open(name)
    reader.context.set_offline(True)
    told = reader.page.evaluate(FILLER)
    assert told["wrong"] == []
    assert told["answered"] > 3
    found = axe.run(reader.page, options=None if name in LOOKED_AT_WHOLE else QUICK).response["violations"]
    assert not found, [(each["id"], each["nodes"][0]["html"]) for each in found]
    reader.send()
    assert reader.page.locator("#queue li").count() == 1
    reader.context.set_offline(False)
    reader.page.locator("#queue li").wait_for(state="detached")
    assert [each for each in reader.said if not any(line in each for line in NO_LINE)] == []
    served.open()
    [report] = Report.objects.filter(form=name).exclude(id__in=before)
    assert sum(len(each["values"]) for each in entry_of(report.id).body["changes"]) >= 3
