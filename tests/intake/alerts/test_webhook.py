"""An alert that goes to another system."""

from __future__ import annotations

import json

from kambila.intake.alerts import wishes
from kambila.intake.alerts.models import Delivery
from tests.intake import people
from tests.intake.alerts.conftest import NOW, later
from tests.registry.telling import change, report


def test_a_webhook_is_signed_and_says_where_it_happened(look, hook):
    made = wishes.subscribe("omar", "webhook", url=hook.url)
    report(change(people.I, people.INCIDENT, "incident"), date="2014-06-20", code="BKO-R-7")
    look()
    [(headers, body)] = hook.calls
    assert hook.is_signed(made.secret)
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert headers["webhook-id"] == Delivery.objects.get(channel="webhook").pk
    said = json.loads(body)
    assert (said["type"], said["timestamp"]) == ("alert.accident", "2014-06-20T14:05:00.000000Z")
    assert said["data"]["report"] == "BKO-R-7" and said["data"]["place"] == ["ML07", "ML0701", "ML070101"]
    assert said["data"]["link"].startswith("https://kambila.example/alerts/")


def test_a_webhook_that_fails_is_tried_again_under_the_same_id(look, hook):
    made = wishes.subscribe("omar", "webhook", url=hook.url)
    hook.status = 500
    people.incident()
    look()
    assert Delivery.objects.get(channel="webhook").error == "answered 500"
    hook.status = 200
    later(minutes=1)
    look()
    first, second = (headers for headers, _ in hook.calls)
    assert first["webhook-id"] == second["webhook-id"] and hook.is_signed(made.secret)
    assert first["webhook-timestamp"] != second["webhook-timestamp"]
    assert Delivery.objects.get(channel="webhook").state == "sent"


def test_a_redirect_is_not_followed(look, hook):
    wishes.subscribe("omar", "webhook", url=hook.url)
    hook.status, hook.location = 307, hook.url
    people.incident()
    look()
    assert len(hook.calls) == 1
    assert Delivery.objects.get(channel="webhook").error == "answered 307"


def test_a_dead_webhook_keeps_no_mail_waiting(look, hook, mailbox):
    wishes.subscribe("omar", "webhook", url="http://127.0.0.1:1/")
    wishes.subscribe("omar")
    people.incident()
    look()
    assert len(mailbox.mails) == 1
    assert Delivery.objects.get(channel="webhook").error == "unreachable ConnectionRefusedError"


def test_an_ended_subscription_brings_nothing_more(look, hook):
    made = wishes.subscribe("omar", "webhook", url=hook.url)
    hook.status = 500
    people.incident()
    look()
    wishes.unsubscribe(made.pk, "omar")
    later(minutes=2)
    look()
    assert len(hook.calls) == 1
    assert Delivery.objects.get(channel="webhook").state == "dropped"
