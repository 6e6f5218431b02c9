"""Every form in the box, sent with something in every answer, becomes a report that its fields can read."""

from __future__ import annotations

from kambila.intake import forms
from kambila.intake.fill import fill
from kambila.intake.lookup import entry_of
from kambila.intake.receive import Incoming, Receipt, receive_all
from kambila.registry.kinds import plan_of
from tests.intake.door import open_door
from tests.intake.test_shipped_forms import answers
from tests.registry.telling import accept


def unreadable(change) -> list[str]:
    """The fields of a change that cannot be read; links to what nobody knows stay as they were written."""
    plan, found = plan_of(change["kind"]), []
    for name, value in change["values"].items():
        try:
            if name not in plan.links and value is not None:
                plan.stated[name].read(value)
        except ValueError as error:
            found.append(f"{change['kind']}.{name}: {error}")
    return found


def test_every_form_becomes_a_report_and_then_records(programme):
    open_door()
    sent = [fill(form, answers(form)) for form in map(forms.in_box, sorted(forms.box()))]
    receipts = receive_all([Incoming(xml, {"photo.jpg": b"picture"}, "omar") for xml in sent])
    assert [each for each in receipts if not isinstance(each, Receipt)] == []
    entries = [entry_of(receipt.report_id) for receipt in receipts]
    assert [wrong for entry in entries for change in entry.body["changes"] for wrong in unreadable(change)] == []
    for entry in entries:
        accept(entry, by="omar")
        for change in entry.body["changes"]:
            record = plan_of(change["kind"]).model.objects.get(pk=change["id"])
            assert record.code == change["values"].get("code")  # an update of what is not known has none
