"""Keys of machines: shown once, limited, revocable."""

from __future__ import annotations

import datetime

import pytest

from kambila.accounts import granting, keys, people
from kambila.accounts.models import Key
from kambila.accounts.roles import may
from kambila.accounts.scopes import Scope
from kambila.journal.errors import Problem

TODAY = datetime.date(2026, 1, 1)


@pytest.fixture(autouse=True)
def team(programme):
    for name in ("ana", "team", "other"):
        people.add(name)
    granting.grant("ana", "programme-manager", Scope(), "the programme begins", "ana")
    granting.grant("team", "office-officer", Scope(place="ML07"), "its work", "ana")
    return people.find("team")


def issued(use: str = keys.Use.APP, **limits) -> tuple[Key, str]:
    return keys.issue("team", use, "the phone of team 3", "ana", **limits)


def refused(*given, **more) -> str:
    with pytest.raises(Problem) as caught:
        keys.issue(*given, **more)
    assert str(caught.value)
    return caught.value.code


def test_a_key_opens_its_account():
    key, secret = issued()
    account = keys.signed_in(secret, keys.Use.APP)
    assert account is not None and account.username == "team" and account.key == key


def test_the_secret_is_nowhere_in_the_database():
    key, secret = issued(keys.Use.DEVICE)
    assert secret not in str(vars(Key.objects.get(pk=key.pk)))


def test_a_secret_has_at_least_128_bits():
    assert len(issued(keys.Use.DEVICE)[1]) == 26
    assert len(issued(keys.Use.API)[1]) == 43


def test_a_key_of_one_use_opens_nothing_for_another():
    secret = issued(keys.Use.APP)[1]
    assert keys.signed_in(secret, keys.Use.API) is None


def test_a_wrong_secret_opens_nothing():
    issued()
    assert keys.signed_in("guessed", keys.Use.APP) is None


def test_a_revoked_key_opens_nothing():
    key, secret = issued()
    keys.revoke(key.pk, "the phone was lost", "ana")
    assert keys.signed_in(secret, keys.Use.APP) is None


def test_a_key_holds_only_between_its_days():
    today = datetime.datetime.now(datetime.UTC).date()
    day = datetime.timedelta(days=1)
    assert keys.signed_in(issued(valid_until=today)[1], keys.Use.APP)
    assert keys.signed_in(issued(valid_until=today - day)[1], keys.Use.APP) is None
    assert keys.signed_in(issued(valid_from=today + day)[1], keys.Use.APP) is None


def test_a_key_of_a_disabled_account_opens_nothing():
    secret = issued()[1]
    people.disable("team")
    assert keys.signed_in(secret, keys.Use.APP) is None


def test_a_key_does_only_what_it_was_made_for():
    account = keys.signed_in(issued()[1], keys.Use.APP)
    assert may(account, "report") and may(account, "read")
    assert not may(account, "decide")
    assert may(people.find("team"), "decide")


def test_a_key_gives_nothing_that_its_account_has_not():
    account = keys.signed_in(issued(actions=["report", "erase"])[1], keys.Use.APP)
    assert not may(account, "erase")


@pytest.mark.parametrize(
    ("places", "inside", "outside"),
    [(["ML0701"], "ML0701", "ML0702"), (["ML"], "ML0702", "ML08"), (["ML0701", "ML08"], "ML070101", "ML08")],
)
def test_a_key_reaches_only_its_places_within_those_of_its_account(places, inside, outside):
    account = keys.signed_in(issued(places=places)[1], keys.Use.APP)
    assert may(account, "report", place=inside)
    assert not may(account, "report", place=outside)


def test_a_key_may_be_for_some_forms_only():
    account = keys.signed_in(issued(forms=["accident"])[1], keys.Use.APP)
    assert account is not None
    assert keys.allows_form(account, "accident") and not keys.allows_form(account, "village_survey")
    assert keys.allows_form(people.find("team"), "village_survey")


def test_people_make_their_own_keys_and_no_others():
    keys.issue("other", keys.Use.API, "my script", "other")
    assert refused("team", keys.Use.API, "not mine", "other") == "may-not"


def test_people_end_their_own_keys_and_no_others():
    key = issued()[0]
    with pytest.raises(Problem):
        keys.revoke(key.pk, "just so", "other")
    assert keys.revoke(key.pk, "I lost it", "team").revoked_by == "team"


def test_ending_a_key_needs_a_reason():
    with pytest.raises(Problem):
        keys.revoke(issued()[0].pk, " ", "ana")


def test_a_key_for_no_known_action_is_refused():
    assert refused("team", keys.Use.API, "x", "ana", actions=["fly"]) == "unknown-action"


def test_a_key_that_ends_before_it_begins_is_refused():
    later = TODAY + datetime.timedelta(days=1)
    assert refused("team", keys.Use.API, "x", "ana", valid_from=later, valid_until=TODAY) == "key-ends-first"


def test_digest_finds_the_device_passwords_of_an_account():
    key, _ = issued(keys.Use.DEVICE)
    issued(keys.Use.APP)
    assert [each.pk for each in keys.device_keys("team")] == [key.pk]
