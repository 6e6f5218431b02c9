"""`kambila init` begins an empty programme that can be worked with at once."""

from __future__ import annotations

import pytest
from django.conf import settings

from kambila.accounts.models import Account
from kambila.accounts.roles import may
from kambila.intake import forms
from kambila.journal import directory, nodes
from tests import terminal
from tests.terminal import data, run

TOML = 'name = "Mines"\nprefix = "BKO"\nzone = "Africa/Bamako"\nlanguages = ["fr", "en"]\nadministrator = "ana"\n'
PASSWORD = ("--password", "baobab river lantern")


@pytest.fixture(autouse=True)
def empty(tmp_path, monkeypatch, programme):
    """Commands find no programme; the database is a new file."""
    terminal.at(programme, monkeypatch)
    monkeypatch.setattr(settings, "DATA", tmp_path / "new")
    monkeypatch.setattr(settings, "DATABASE_URL", "")
    monkeypatch.delenv("KAMBILA_PASSWORD", raising=False)
    (tmp_path / "mines.toml").write_text(TOML)
    return tmp_path


def test_a_programme_begins_from_a_settings_file(empty):
    run("init", empty / "mines.toml", *PASSWORD)
    opened = directory.current()
    assert (opened.node.name, opened.node.prefix, opened.node.example) == ("Mines", "BKO", False)
    assert nodes.known_nodes()[opened.node.id].prefix == "BKO"
    assert {each.form for each in forms.published()} == set(forms.box())
    assert Account.objects.get(username="ana").check_password(PASSWORD[1])
    assert may("ana", "grant")
    run("check")
    run("verify", "--all")


def test_options_come_before_the_file(empty):
    run("init", empty / "mines.toml", "--prefix", "GAO", "--administrator", "omar", *PASSWORD)
    assert directory.current().node.prefix == "GAO"
    assert [each["username"] for each in data("user", "list")] == ["omar"]


def test_without_an_administrator_it_says_how_to_make_one():
    assert "--role administrator" in run("init", "--name", "Mines", "--prefix", "BKO").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--name", "Mines"], "prefix"),
        (["--name", "Mines", "--prefix", "bko"], "prefix"),
        (["--name", "Mines", "--prefix", "BKO", "--zone", "Mars/Base"], "zone"),
        (["--name", "Mines", "--prefix", "BKO", "--administrator", "ana", "--password", "short"], "too easy"),
    ],
)
def test_what_cannot_be_makes_nothing(words, said, empty):
    assert said in run("init", *words, code=1).stderr
    assert not (empty / "new").exists()


def test_a_programme_is_not_begun_twice():
    run("init", "--name", "Mines", "--prefix", "BKO")
    assert "already" in run("init", "--name", "Mines", "--prefix", "BKO", code=1).stderr
