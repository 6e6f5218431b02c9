"""Making accounts."""

import datetime
import json

import pytest
from click.testing import CliRunner

from kambila.accounts import commands, people
from kambila.accounts.models import Account, Opening
from kambila.journal.errors import Problem

GOOD = "river-camel-lantern"


def test_a_password_signs_in(programme):
    people.add("ahmed", GOOD)
    assert Account.objects.get().check_password(GOOD)


def test_an_account_without_password_cannot_sign_in(programme):
    assert not people.add("ahmed").has_usable_password()


@pytest.mark.parametrize("password", ["short", "1234567890123", "password1234", "ahmed-ahmed"])
def test_an_easy_password_is_refused(programme, password):
    with pytest.raises(Problem, match="easy to guess"):
        people.add("ahmed-ahmed", password)
    assert not Account.objects.exists()


@pytest.mark.parametrize("username", ["", "A", "a b", "-a", "é", "x" * 61])
def test_a_bad_user_name_is_refused(programme, username):
    with pytest.raises(Problem, match="cannot be a user name"):
        people.add(username, GOOD)


def test_two_people_do_not_share_a_name(programme):
    people.add("ahmed", GOOD)
    with pytest.raises(Problem, match="already"):
        people.add("ahmed", GOOD)


def test_commands_make_list_and_disable(programme):
    run = CliRunner().invoke
    assert run(commands.user, ["add", "fatou", "--name", "Fatou", "--password", GOOD]).exit_code == 0
    granted = run(commands.grant, ["fatou", "--role", "administrator", "--reason", "first", "--as", "setup"])
    assert granted.exit_code == 0, granted.output
    assert run(commands.user, ["disable", "fatou"]).exit_code == 0
    listed = json.loads(run(commands.user, ["list", "--json"]).output)
    assert listed == [
        {
            "username": "fatou",
            "full_name": "Fatou",
            "active": False,
            "roles": [{"role": "administrator", "scope": {}}],
        }
    ]


def test_openings_of_names_can_be_listed(programme):
    moment = datetime.datetime(2014, 7, 1, 10, 30, tzinfo=datetime.UTC)
    Opening.objects.create(
        account="fatou", kind="casualty", record="x", field="full_name", reason="Asked", opened=moment
    )
    listed = json.loads(CliRunner().invoke(commands.openings, ["--json"]).output)
    assert listed[0]["reason"] == "Asked" and listed[0]["opened"] == "2014-07-01T10:30:00Z"
    assert "fatou" in CliRunner().invoke(commands.openings).output
