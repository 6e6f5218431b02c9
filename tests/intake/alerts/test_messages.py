"""Nothing personal and no exact place leaves the house in an alert."""

from __future__ import annotations

import json

from kambila.intake.alerts import wishes
from kambila.intake.alerts.models import Alert
from kambila.registry.alerts import all_alerts
from kambila.registry.kinds import kinds
from kambila.registry.models import stated_fields
from tests.publish.canaries import LATITUDE, LONGITUDE, SPOKEN, Planter
from tests.registry.telling import change, report

PLACE = {"adm1": "ML07", "adm2": "ML0701", "adm3": "ML070101"}
SAID = {"status": "closed", "reported_status": "open"}


def plant(kind: str, number: int) -> set[str]:
    """A report that raises an alert, with a value in every field that is found nowhere else; gives these values."""
    planter, model, id = Planter(), kinds()[kind], f"ca11a27e-0000-4000-8000-{number:012}"
    said = PLACE | ({"status": "requested"} if kind == "spot_task" else SAID)
    names = [name for name in stated_fields(model) if name not in said]
    sealed = {name: f"SECRET-{planter.next()}" for name in names if stated_fields(model)[name].sealed}
    plain = {name: planter.canary(model, name) for name in names if name not in sealed}
    report(
        change(id, {**plain, **{name: value for name, value in said.items() if name in stated_fields(model)}}, kind),
        date="2014-06-20",
        code=f"BKO-R-{number}",
        by="SECRET-reporter",
        names={0: sealed},
        raw="SECRET-raw",
    )
    return {"CANARY", "SECRET", "ca11a27e", id, *SPOKEN, f"{LONGITUDE:.3f}", f"{LATITUDE:.3f}"}


def test_canaries_in_every_field_are_in_no_mail_and_no_webhook(look, mailbox, hook):
    wishes.subscribe("omar")
    wishes.subscribe("fatou", "webhook", url=hook.url)
    alarming = sorted({each.kind for each in all_alerts().values() if each.kind})
    secrets = set().union(*(plant(kind, number) for number, kind in enumerate(alarming, start=1)))
    look()
    assert Alert.objects.count() == len(alarming) == 5
    out = [bytes(mail).decode() + mail.get_content() for _, mail in mailbox.mails]
    out += [json.dumps(headers) + body.decode() for headers, body in hook.calls]
    assert len(out) == 6
    for text in out:
        assert not [secret for secret in secrets if secret in text]
    assert all(f"BKO-R-{number}" in out[0] and f"BKO-R-{number}" in "".join(out[1:]) for number in range(1, 6))


def test_words_where_a_code_of_a_place_should_be_are_left_out(look, mailbox):
    wishes.subscribe("omar")
    report(
        change("ca11a27e", {"adm1": "ML07", "adm3": "behind Awa's"}, "incident"), date="2014-06-20", code="R\n<b>1</b>"
    )
    look()
    assert "Awa" not in mailbox.texts()[0] and "<b>" not in mailbox.texts()[0] and "ML07" in mailbox.texts()[0]
