"""A file is one event: one message of each sort and place, when it is in; accidents do not wait for it."""

from __future__ import annotations

import uuid

from kambila.intake.alerts import wishes
from kambila.journal import Draft, append
from tests.intake import people
from tests.intake.alerts.conftest import later
from tests.registry.telling import change, report


def rows(number: int, batch: str = "00000000-0000-7000-8000-0000000000b1", kind: str = "hazardous_area") -> None:
    """Rows of a file that is coming in."""
    values = people.AREA if kind == "hazardous_area" else people.INCIDENT
    for row in range(number):
        said = change(str(uuid.uuid4()), values, kind)
        report(said, date="2014-06-20", code=f"BKO-R-{row}", batch=batch, row=row)


def test_a_file_is_one_message_with_the_number_of_its_reports_as_soon_as_it_is_wholly_in(look, mailbox):
    wishes.subscribe("omar")
    rows(30)
    look()
    assert mailbox.mails == []
    value = {"batch": "00000000-0000-7000-8000-0000000000b1", "profile": "register", "version": "1", "counts": {}}
    append([Draft("setting", "ana", {"name": "import-batch", "value": value})])
    look()
    [text] = mailbox.texts()
    assert "30 reports in one file" in text and text.count("/alerts/") == 2 and "BKO-R-0" not in text


def test_a_file_that_stopped_coming_is_told_after_half_a_minute(look, mailbox):
    wishes.subscribe("omar")
    rows(2)
    look()
    later(seconds=30)
    look()
    assert "2 reports in one file" in mailbox.texts()[0]


def test_an_accident_does_not_wait_for_its_file_and_comes_first(look, mailbox):
    wishes.subscribe("omar")
    rows(2)
    rows(1, kind="incident")
    look()
    assert "Accident or attack" in mailbox.texts()[0] and "BKO-R-0" in mailbox.texts()[0]
