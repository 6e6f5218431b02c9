"""What roles may do, and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kambila.accounts import granting, people
from kambila.accounts.models import Account, Grant
from kambila.accounts.projection import Grants
from kambila.accounts.roles import ACTIONS, RULES, Role, may
from kambila.accounts.scopes import Scope
from kambila.journal import Draft, append
from kambila.journal.errors import Problem
from kambila.journal.projections import rebuild

WRITES = set(ACTIONS) - {"read", "open-names"}


def grant(username: str, role: str, verb: str = "grant", **scope: str) -> None:
    append([Draft("grant", "head", {"verb": verb, "account": username, "role": role, "scope": scope})])


@pytest.fixture
def ahmed(programme):
    return people.add("ahmed", full_name="Ahmed")


def test_an_account_without_a_role_may_do_nothing(ahmed):
    assert not any(may(ahmed, action) for action in ACTIONS)


def test_nobody_may_do_anything(programme):
    assert not any(may(None, action) or may("unknown", action) for action in ACTIONS)


def test_a_role_gives_what_its_rule_says(ahmed):
    grant("ahmed", Role.INFORMATION_OFFICER)
    assert may(ahmed, "decide") and may("ahmed", "open-names")
    assert not may(ahmed, "erase") and not may(ahmed, "settings")


def test_an_auditor_writes_nothing(ahmed):
    grant("ahmed", Role.AUDITOR)
    assert may(ahmed, "read")
    assert not any(may(ahmed, action) for action in WRITES)


def test_an_administrator_reads_no_data(ahmed):
    grant("ahmed", Role.ADMINISTRATOR)
    assert may(ahmed, "settings")
    assert not may(ahmed, "read") and not may(ahmed, "open-names")


def test_a_role_holds_only_in_its_office(ahmed):
    grant("ahmed", Role.OFFICE_OFFICER, office="GAO")
    assert may(ahmed, "decide", office="GAO")
    assert not may(ahmed, "decide", office="KID")
    assert not may(ahmed, "decide", office="")


def test_a_role_holds_in_what_lies_in_its_place(ahmed):
    grant("ahmed", Role.OFFICE_OFFICER, place="ML07")
    assert may(ahmed, "decide", place="ML0701")
    assert may(ahmed, "decide", place=("ML07", "ML0701", None))
    assert not may(ahmed, "decide", place="ML0801")
    assert not may(ahmed, "decide", place=())


def test_a_kind_in_a_scope_may_be_an_area_of_work(ahmed):
    grant("ahmed", Role.ASSISTANCE_OFFICER, kind="incidents")
    assert may(ahmed, "read", kind="casualty")
    assert not may(ahmed, "read", kind="site")


def test_limits_of_one_grant_hold_together(ahmed):
    grant("ahmed", Role.OFFICE_OFFICER, office="GAO", place="ML07")
    assert not may(ahmed, "decide", office="GAO", place="ML08")


@pytest.mark.parametrize("role", [role for role, rule in RULES.items() if rule.needs])
def test_a_role_that_needs_a_limit_gives_nothing_without_it(ahmed, role):
    grant("ahmed", role)
    assert not any(may(ahmed, action) for action in ACTIONS)


def test_a_revoked_role_is_gone(ahmed):
    grant("ahmed", Role.AUDITOR)
    grant("ahmed", Role.AUDITOR, verb="revoke")
    assert not may(ahmed, "read")


def test_a_disabled_account_may_do_nothing(ahmed):
    grant("ahmed", Role.PROGRAMME_MANAGER)
    people.disable("ahmed")
    assert not may("ahmed", "read") and not may(Account.objects.get(), "read")


def test_an_action_that_there_is_not_is_a_mistake(ahmed):
    with pytest.raises(ValueError, match="no action"):
        may(ahmed, "raed")


def test_an_unknown_role_in_an_entry_gives_nothing(ahmed):
    grant("ahmed", "emperor")
    assert not any(may(ahmed, action) for action in ACTIONS)


def test_grants_follow_from_the_journal_alone(ahmed):
    grant("ahmed", Role.AUDITOR)
    grant("ahmed", Role.DONOR, organisation="a" * 36)
    before = sorted(map(str, Grant.objects.all()))
    Grant.objects.all().delete()
    rebuild()
    assert sorted(map(str, Grant.objects.all())) == before


@given(order=st.permutations(range(4)), split=st.integers(0, 4))
def test_grants_are_the_same_in_whatever_order_entries_come(order, split):
    entries = [_entry(tick, verb) for tick, verb in enumerate(["grant", "revoke", "grant", "revoke"])]
    table: dict = {}

    class InMemory(Grants):
        def _take(self, word, entry):
            if word not in table or table[word].order < entry.order:
                table[word] = entry

    shuffled = [entries[each] for each in order]
    InMemory().apply(shuffled[:split])
    InMemory().apply(shuffled[split:])
    assert [entry.body["verb"] for entry in table.values()] == ["revoke"]


def _entry(tick, verb):
    from kambila.journal.entry import Entry, canonical

    body = canonical({"verb": verb, "account": "a", "role": "auditor", "scope": {}})
    return Entry(str(tick), "n", tick, tick, "grant", 1, "2014", "head", body, "[]", "", "")


def test_scopes_contain_narrower_scopes():
    assert Scope().contains(Scope(office="GAO"))
    assert Scope(place="ML07").contains(Scope(place="ML0701"))
    assert not Scope(place="ML07").contains(Scope())
    assert not Scope(office="GAO").contains(Scope(office="KID"))


class TestAtTheDoor:
    @pytest.fixture
    def manager(self, ahmed):
        people.add("fatou")
        granting.grant("fatou", "programme-manager", Scope(), "first", "setup")
        return "fatou"

    def test_the_first_grant_needs_nobody(self, manager):
        assert may("fatou", "grant")

    def test_whoever_may_not_grant_is_refused(self, manager):
        with pytest.raises(Problem, match="right to grant"):
            granting.grant("fatou", "auditor", Scope(), "because", "ahmed")

    def test_nobody_grants_to_himself(self, manager):
        with pytest.raises(Problem, match="himself"):
            granting.grant("fatou", "administrator", Scope(), "because", "fatou")

    def test_nobody_grants_beyond_his_own_scope(self, manager):
        people.add("moussa")
        granting.grant("ahmed", "programme-manager", Scope(office="GAO"), "because", manager)
        granting.grant("moussa", "reporter", Scope(office="GAO"), "because", "ahmed")
        with pytest.raises(Problem, match="right to grant"):
            granting.grant("moussa", "reporter", Scope(office="KID"), "because", "ahmed")

    def test_a_grant_says_why(self, manager):
        with pytest.raises(Problem, match="reason"):
            granting.grant("ahmed", "auditor", Scope(), " ", manager)

    def test_a_role_that_needs_a_limit_is_refused_without_it(self, manager):
        with pytest.raises(Problem, match="--organisation"):
            granting.grant("ahmed", "operator", Scope(), "because", manager)

    def test_an_unknown_kind_is_refused(self, manager):
        with pytest.raises(Problem, match="casuality"):
            granting.grant("ahmed", "assistance-officer", Scope(kind="casuality"), "because", manager)

    def test_only_what_is_held_is_revoked(self, manager):
        with pytest.raises(Problem, match="does not hold"):
            granting.revoke("ahmed", "auditor", Scope(), "because", manager)
        granting.grant("ahmed", "auditor", Scope(), "because", manager)
        granting.revoke("ahmed", "auditor", Scope(), "because", manager)
        assert not may("ahmed", "read")
