"""Whom an alert reaches, when, and how often."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.conf import settings

from kambila.accounts import people as accounts
from kambila.accounts.granting import grant, revoke
from kambila.accounts.scopes import Scope
from kambila.intake import forms
from kambila.intake.alerts import failing, hours, wishes
from kambila.intake.alerts.addressing import address, unheard
from kambila.intake.alerts.models import Alert, Delivery, Sighting
from kambila.intake.alerts.phones import STOLEN_PHONE
from kambila.intake.alerts.raising import raise_alert, read_journal
from kambila.intake.alerts.sending import GIVEN_UP, Sender
from kambila.intake.alerts.turns import Holder
from kambila.intake.alerts.upkeep import cycle
from kambila.journal import clock
from kambila.journal.errors import Problem
from kambila.registry import programme
from tests.intake import door, people
from tests.intake.alerts.conftest import NOW, at, later
from tests.registry.telling import H2, change, decide, report


def states() -> list[tuple[str, str, str]]:
    return sorted(Delivery.objects.values_list("account", "channel", "state"))


def duty(username: str, place: str = "", hours: int = 12) -> None:
    wishes.put_on_duty(username, place, clock.now(), clock.now() + datetime.timedelta(hours=hours))


def test_an_accident_is_in_the_mailbox_after_one_look(look, mailbox):
    forms.publish_forms("ana")
    duty("omar", "ML07")
    receipt = door.send()
    look()
    [(to, mail)] = mailbox.mails
    assert to == ["omar@example.org"]
    assert receipt.code in mail.get_content() and "ML07 › ML0701" in mail.get_content()
    assert f"https://kambila.example/alerts/{Alert.objects.get().pk}/" in mail.get_content()
    assert states() == [("omar", "email", "sent"), ("omar", "page", "sent")]


def test_a_mail_is_written_in_the_language_of_its_receiver(look, mailbox):
    account = accounts.find("omar")
    account.language = "fr"
    account.save()
    duty("omar")
    people.incident()
    look()
    assert "Un accident ou une attaque" in mailbox.texts()[0]


def test_the_time_is_that_of_the_programme(look, mailbox):
    duty("omar")
    people.incident()
    look()
    assert "20 June 2014, 14:05 (Africa/Bamako)" in mailbox.texts()[0]


def test_who_may_not_see_the_place_gets_nothing(look, mailbox, hook):
    for channel in ("email", "webhook"):
        wishes.subscribe("kidal", channel, url=hook.url)
    duty("kidal", "ML08")
    people.incident()
    look()
    assert not mailbox.mails and not hook.calls and not Delivery.objects.exists()


def test_who_may_see_the_place_gets_it(look, mailbox):
    wishes.subscribe("kidal")
    people.incident(adm1="ML08", adm2="ML0801", adm3="ML080101")
    look()
    assert mailbox.receivers() == ["kidal@example.org"]


def test_who_may_not_see_the_kind_gets_nothing(look, mailbox):
    accounts.add("adviser", email="adviser@example.org")
    grant("adviser", "weapons-adviser", Scope(kind="land"), "work", "ana")
    wishes.subscribe("adviser")
    both = [change(H2, people.AREA, "hazardous_area"), change(people.I, people.INCIDENT, "incident")]
    report(*both, date="2014-06-20")
    look()
    assert [each.alert.sort for each in Delivery.objects.filter(channel="email")] == ["hazardous-area"]


def test_a_subscription_is_for_its_sort_and_place_only(look, mailbox):
    wishes.subscribe("omar", sort="hazardous-area", place="ML07")
    wishes.subscribe("viewer", sort="accident", place="ML09")
    wishes.subscribe("fatou", sort="accident", place="ML0701")
    people.incident()
    look()
    assert mailbox.receivers() == ["fatou@example.org"]


def test_a_danger_whose_place_nobody_stated_concerns_everybody_who_may_see_it(look, mailbox):
    duty("omar", "ML09")
    people.incident(adm1=None, adm2=None, adm3=None)
    look()
    assert mailbox.receivers() == ["omar@example.org"]


def test_duty_that_is_over_or_has_not_begun_brings_nothing(look, mailbox):
    tomorrow = clock.now() + datetime.timedelta(days=1)
    wishes.put_on_duty("fatou", "", tomorrow, tomorrow + datetime.timedelta(hours=8))
    duty("omar", hours=1)
    later(hours=1)
    people.incident()
    look()
    assert not mailbox.mails
    assert unheard().count() == 1


def test_somebody_who_looks_at_what_nobody_was_told_of_makes_it_heard(look):
    people.incident()
    look()
    Sighting.objects.create(alert=Alert.objects.get(), account="omar", seen=NOW)
    assert not unheard().exists()


def test_two_wishes_for_one_person_are_one_mail(look, mailbox):
    wishes.subscribe("omar")
    wishes.subscribe("omar", sort="accident", place="ML07")
    duty("omar")
    people.incident()
    look()
    look()
    assert len(mailbox.mails) == 1


def test_what_is_due_for_one_person_goes_into_one_mail(look, mailbox):
    duty("omar")
    for number in range(30):
        report(change(f"00000000-0000-7000-8000-{number:012}", people.AREA, "hazardous_area"), date="2014-06-20")
    look()
    [text] = mailbox.texts()
    assert "30 alerts" in text and text.count("/alerts/") == 22 and "And 10 more" in text


def test_quiet_hours_hold_back_until_they_end(look, mailbox):
    at(2014, 6, 20, 23, 0)
    wishes.subscribe("omar", quiet="22:00-06:00")
    people.area(date="2014-06-20")
    look()
    assert not mailbox.mails and ("omar", "page", "sent") in states()
    at(2014, 6, 21, 5, 59)
    look()
    assert not mailbox.mails
    at(2014, 6, 21, 6, 0)
    look()
    assert len(mailbox.mails) == 1


def test_an_accident_overrides_quiet_hours(look, mailbox):
    at(2014, 6, 20, 23, 0)
    wishes.subscribe("omar", quiet="22:00-06:00")
    people.incident()
    look()
    assert len(mailbox.mails) == 1


def test_whoever_is_on_duty_has_no_quiet_hours(look, mailbox):
    at(2014, 6, 20, 23, 0)
    wishes.subscribe("omar", quiet="22:00-06:00")
    duty("omar")
    people.area()
    look()
    assert len(mailbox.mails) == 1


@pytest.mark.parametrize(
    ("now", "quiet", "end"),
    [
        ((2014, 6, 20, 13, 30), "13:00-15:00", (2014, 6, 20, 15, 0)),
        ((2014, 6, 20, 15, 0), "13:00-15:00", (2014, 6, 20, 15, 0)),
        ((2014, 6, 20, 3, 0), "22:00-06:00", (2014, 6, 20, 6, 0)),
        ((2014, 6, 20, 12, 0), "22:00-06:00", (2014, 6, 20, 12, 0)),
    ],
)
def test_quiet_hours_end_when_they_should(house, now, quiet, end):
    moment, expected = (datetime.datetime(*each, tzinfo=datetime.UTC) for each in (now, end))
    assert hours.end_of_quiet(moment, *hours.read(quiet), programme.zone()) == expected


@pytest.mark.parametrize("text", ["22-6", "25:00-06:00", "06:00-06:00", "always"])
def test_hours_that_cannot_be_are_refused(text):
    with pytest.raises(Problem) as caught:
        hours.read(text)
    assert caught.value.code == "bad-hours"


def test_who_lost_the_right_meanwhile_gets_nothing(look, mailbox):
    mailbox.refuses = True
    wishes.subscribe("kidal")
    people.incident(adm1="ML08", adm2=None, adm3=None)
    look()
    revoke("kidal", "office-officer", Scope(place="ML08"), "left", "ana")
    mailbox.refuses = False
    later(hours=2)
    look()
    assert not mailbox.mails
    assert ("kidal", "email", "dropped") in states()


def test_what_could_not_be_sent_is_tried_again_at_growing_distances_and_then_given_up(look, mailbox):
    mailbox.refuses = True
    duty("omar", hours=24)
    people.incident()
    pauses = []
    for _attempt in range(GIVEN_UP):
        look()
        each = Delivery.objects.get(channel="email")
        pauses.append((each.due - clock.now()).total_seconds())
        clock.set_clock(lambda due=each.due: due)
    assert pauses[:4] == [30, 60, 120, 240] and max(pauses) == 3600 and 22 * 3600 < sum(pauses[:-1]) < 25 * 3600
    assert (each.state, each.error) == ("failed", "refused 451")
    look()
    assert not mailbox.mails


def test_what_was_refused_is_delivered_when_the_server_is_back(look, mailbox):
    mailbox.refuses = True
    duty("omar")
    people.incident()
    look()
    look()
    assert Delivery.objects.get(channel="email").attempts == 1
    mailbox.refuses = False
    later(minutes=1)
    look()
    assert len(mailbox.mails) == 1


def test_without_a_mail_server_the_log_says_so(look, monkeypatch):
    monkeypatch.setattr(settings, "SMTP_URL", "")
    duty("omar")
    people.incident()
    look()
    assert "KAMBILA_SMTP_URL" in failing.why(Delivery.objects.get(channel="email").error)


def test_a_mail_that_is_sent_twice_bears_the_same_id(look, mailbox):
    duty("omar")
    people.incident()
    look()
    Delivery.objects.filter(channel="email").update(state="waiting")  # as if the process had died before it noted it
    look()
    one, two = (mail["Message-ID"] for _, mail in mailbox.mails)
    assert one == two


def test_outbox_rows_of_a_process_that_died_are_sent_by_the_next(house, mailbox):
    duty("omar")
    people.incident()
    read_journal()
    address()
    Delivery.objects.get(channel="email", state="waiting")
    assert not mailbox.mails
    clock.set_clock(lambda: NOW.replace(hour=15))  # the turn of the one that died has run out
    for _process in range(2):
        cycle(Holder(), Sender(), wait=20)
    assert len(mailbox.mails) == 1


def test_only_one_of_several_processes_has_the_turn(house):
    one, two = Holder(), Holder()
    assert one.has_turn() and not two.has_turn()
    later(seconds=20)
    assert one.has_turn()
    later(seconds=20)
    assert not two.has_turn()
    later(seconds=31)
    assert two.has_turn() and not one.has_turn()
    two.give_up()
    assert one.has_turn()


def test_a_stolen_phone_reaches_those_who_answer_for_the_place(look, mailbox):
    accounts.add("operator", email="operator@example.org")
    grant("operator", "operator", Scope(organisation="o"), "work", "ana")
    for each in ("ana", "omar", "kidal", "operator"):
        wishes.subscribe(each)
    raise_alert(STOLEN_PHONE, "ML07")
    look()
    assert mailbox.receivers() == ["ana@example.org", "omar@example.org"]
    assert "stolen" in mailbox.texts()[0]


def test_while_a_mail_is_on_its_way_reports_are_taken_in(house, mailbox):
    mailbox.gate = threading.Event()
    duty("omar")
    people.incident()
    sender = Sender()
    read_journal()
    address()
    assert sender.send_due(wait=0) == 1
    decide("accept", people.area())
    assert not mailbox.mails
    mailbox.gate.set()
    sender.send_due(wait=20)
    assert len(mailbox.mails) == 1
