"""Too many wrong passwords: who guesses is shut out for a while, and nobody else."""

from __future__ import annotations

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client

from kambila.accounts import people

PASSWORD = "river-camel-lantern"
GUESSER, OFFICE = "198.51.100.7", "203.0.113.5"


@pytest.fixture(autouse=True)
def aicha(world):
    people.add("aicha", PASSWORD)
    people.add("moussa", PASSWORD)


def enter(password, username="aicha", address=GUESSER, language="en"):
    client = Client(REMOTE_ADDR=address)
    client.cookies["django_language"] = language
    return client.post("/login/", {"username": username, "password": password, "next": "/journal/"})


def guess(times=settings.AXES_FAILURE_LIMIT, **more):
    for _ in range(times):
        answer = enter("wrong", **more)
    return answer


def test_after_too_many_wrong_passwords_the_right_one_does_not_open_either():
    assert guess().status_code == 429
    assert enter(PASSWORD).status_code == 429


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Wait 15 minutes, then try again."), ("fr", "Attendez 15 minutes, puis réessayez.")],
)
def test_the_page_says_what_happened_and_when_to_try_again(language, sentence):
    page = guess(language=language).content.decode()
    assert sentence in page
    assert 'value="aicha"' in page and 'value="/journal/"' in page


def test_one_wrong_password_less_shuts_nobody_out():
    assert guess(settings.AXES_FAILURE_LIMIT - 1).status_code == 200
    assert enter(PASSWORD).status_code == 302


def test_a_right_password_begins_the_count_anew():
    guess(settings.AXES_FAILURE_LIMIT - 1)
    enter(PASSWORD)
    assert guess(settings.AXES_FAILURE_LIMIT - 1).status_code == 200


def test_who_guesses_does_not_shut_out_the_person_elsewhere():
    guess()
    assert enter(PASSWORD, address=OFFICE).status_code == 302


def test_who_guesses_does_not_shut_out_others_at_the_same_address():
    guess()
    assert enter(PASSWORD, username="moussa").status_code == 302


def test_the_wait_ends_and_going_on_guessing_does_not_make_it_longer():
    guess()
    attempt = AccessAttempt.objects.get()
    guess(3)
    assert AccessAttempt.objects.get().attempt_time == attempt.attempt_time
    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - settings.AXES_COOLOFF_TIME)
    assert enter(PASSWORD).status_code == 302


def test_a_new_password_opens_the_account_at_once():
    guess()
    people.change_password("aicha", "lantern-of-the-river")
    assert enter("lantern-of-the-river").status_code == 302


def test_no_password_is_kept_of_an_attempt():
    enter("my-other-password")
    kept = [str(value) for row in AccessAttempt.objects.values() for value in row.values()]
    assert kept and not any("my-other-password" in value for value in kept)
