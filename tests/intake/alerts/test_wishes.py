"""Subscriptions and duty, at the door and on the command line."""

from __future__ import annotations

import datetime

import pytest

from kambila.accounts import people as accounts
from kambila.accounts.granting import grant
from kambila.accounts.scopes import Scope
from kambila.intake.alerts import wishes
from kambila.intake.alerts.models import Alert, Delivery, Duty, Subscription
from kambila.intake.alerts.raising import read_journal
from kambila.journal import backup, clock
from kambila.journal.errors import Problem
from tests import terminal
from tests.intake import people
from tests.intake.alerts.conftest import NOW, later
from tests.terminal import data, run


@pytest.fixture(autouse=True)
def _house(house, monkeypatch):
    terminal.at(house, monkeypatch)


def refused(*given, **more) -> str:
    with pytest.raises(Problem) as caught:
        wishes.subscribe(*given, **more)
    return caught.value.code


def test_nobody_subscribes_to_what_he_may_not_see():
    assert refused("kidal", place="ML07") == "alert-not-open"
    assert refused("team") == "alert-not-open"
    assert wishes.subscribe("kidal", place="ML0803").place == "ML0803"


def test_who_sees_one_kind_only_subscribes_to_no_other():
    accounts.add("adviser", email="adviser@example.org")
    grant("adviser", "weapons-adviser", Scope(kind="stockpiles"), "work", "ana")
    assert refused("adviser", sort="accident") == refused("adviser") == "alert-not-open"


def test_what_cannot_be_sent_is_refused():
    accounts.change_email("omar", "")
    assert refused("omar") == "no-email"
    assert refused("omar", "page", sort="fire") == "no-such-alert"
    assert refused("omar", "webhook", url="http://127.0.0.1/") == "url-refused"
    assert refused("omar", "page", quiet="at night") == "bad-hours"
    assert not Subscription.objects.exists()


def test_the_same_wish_again_is_the_same_subscription():
    assert wishes.subscribe("omar").pk == wishes.subscribe("omar").pk


def test_nobody_ends_the_subscription_of_another():
    made = wishes.subscribe("omar")
    with pytest.raises(Problem):
        wishes.unsubscribe(made.pk, "fatou")
    assert Subscription.objects.exists()


@pytest.mark.parametrize(("starts", "ends"), [(0, 0), (2, 1), (-5, -1), (0, 24 * 32)])
def test_duty_that_cannot_be_is_refused(starts, ends):
    first, last = (NOW + datetime.timedelta(hours=each) for each in (starts, ends))
    with pytest.raises(Problem) as caught:
        wishes.put_on_duty("omar", "", first, last)
    assert caught.value.code == "bad-duty"


def test_only_who_decides_in_a_place_puts_people_on_duty_there():
    until = NOW + datetime.timedelta(hours=8)
    with pytest.raises(Problem) as caught:
        wishes.put_on_duty("omar", "ML07", NOW, until, author="kidal")
    assert caught.value.code == "may-not"
    made = wishes.put_on_duty("kidal", "ML08", NOW, until, author="omar")
    with pytest.raises(Problem):
        wishes.end_duty(made.pk, "viewer")
    wishes.end_duty(made.pk, "kidal")
    assert not Duty.objects.exists()


def test_the_commands_tell_what_was_raised_and_sent(hook):
    said = run(
        "alerts", "subscribe", "omar", "--channel", "webhook", "--url", hook.url, "--quiet", "22:00-06:00"
    ).output
    assert "whsec_" in said
    again = run(
        "alerts", "subscribe", "omar", "--channel", "webhook", "--url", hook.url, "--quiet", "22:00-06:00"
    ).output
    assert "whsec_" not in again
    [row] = data("alerts", "subscriptions")
    assert (row["account"], row["channel"], row["quiet"]) == ("omar", "webhook", "22:00-06:00")
    run("alerts", "test", row["id"])
    assert b"alert.test" in hook.calls[0][1] and hook.is_signed(Subscription.objects.get().secret)
    run("alerts", "duty", "fatou", "--place", "ML07", "--until", "2014-06-21T08:00")
    [row] = data("alerts", "duties")
    assert (row["account"], row["starts"], row["ends"]) == ("fatou", "2014-06-20T14:05:00Z", "2014-06-21T08:00:00Z")
    run("alerts", "off-duty", row["id"])
    people.incident()
    read_journal()
    [alert] = data("alerts", "list")
    assert (alert["sort"], alert["place"], alert["urgent"]) == ("accident", ["ML07", "ML0701", "ML070101"], True)
    assert "accident" in run("alerts", "list").output
    run("alerts", "unsubscribe", Subscription.objects.get().pk)
    run("alerts", "unsubscribe", 1, code=1)


def test_a_test_that_does_not_go_out_answers_1(hook):
    made = wishes.subscribe("omar", "webhook", url=hook.url)
    hook.status = 500
    assert "answered 500" in run("alerts", "test", made.pk, code=1).output


def test_an_address_that_is_none_is_refused():
    assert "no e-mail address" in run("user", "email", "omar", "nowhere", code=1).output
    run("user", "email", "omar", "omar@mali.example")
    assert accounts.find("omar").email == "omar@mali.example"


def test_a_restored_programme_keeps_wishes_and_sends_nothing_again(look, mailbox, tmp_path, new_programme, reopen):
    wishes.subscribe("omar")
    people.incident()
    look()
    backup.backup(tmp_path / "kept.zip")
    fresh = new_programme("Restored", "RES")  # an empty database of the same sort
    later(minutes=5)
    (fresh.path / "node.json").unlink()
    for name in ("node.key", "secret.key"):
        (fresh.path / name).unlink()
    backup.restore(tmp_path / "kept.zip", fresh.path, fresh.database)
    assert Subscription.objects.get().account == "omar"
    look()
    assert len(mailbox.mails) == 1 and Alert.objects.count() == 1
    people.area()
    look()
    assert len(mailbox.mails) == 2 and Delivery.objects.count() == 4
    assert clock.now() > NOW
