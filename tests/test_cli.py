"""The command line as a whole: how it answers, in which language, what it imports, and that all of it is documented."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from django.conf import settings
from django.db import DatabaseError

from house import reference
from kambila.cli import LANGUAGES, main, spoken
from kambila.registry import portrait
from tests import terminal
from tests.terminal import data, run

ROOT = Path(__file__).resolve().parents[1]
HEAVY = {"shapely", "pyproj", "ibis", "duckdb", "pyxform", "numpy"}
ALL = dict(reference.commands(main, click.Context(main)))


@pytest.fixture
def at_work(programme, monkeypatch):
    """Commands find this programme."""
    terminal.at(programme, monkeypatch)
    return programme


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """Commands find no programme."""
    monkeypatch.setattr(settings, "DATA", tmp_path / "nothing")
    monkeypatch.setenv("LANG", "C")


def process(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("KAMBILA", "LC_", "LANG"))}
    program = "from kambila.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=ROOT, env=known | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


# What there is, and that it is written down


def test_every_command_of_the_issue_is_there():
    wanted = (
        "demo init serve check upgrade grant revoke figures figure show conflicts unresolved submit reports report accept "
        "return reject withdraw correct same-as retire restore resolve countersign erase disclose verify replay backup "
        "publish"
    )
    groups = (
        "user add,user list,journal export,journal import,release create,release list,release show,release diff,"
        "forms list,forms show,forms xml,places import,places find"
    )
    assert {*wanted.split(), *groups.split(",")} <= set(ALL)


def test_every_command_and_option_is_documented():
    """`python -m house.reference` writes the table into docs/command-line.md."""
    text = reference.COMMANDS.read_text()
    assert text == reference.with_commands(text)
    for name, command in ALL.items():
        assert f"    {reference.synopsis(name, command)}\n" in text


def test_every_option_of_the_whole_is_documented():
    opening = reference.COMMANDS.read_text().partition(reference.BEGIN)[0]
    assert all(each.opts[0] in opening for each in main.params if each.name != "version")


@pytest.mark.parametrize("name", sorted(name for name, c in ALL.items() if any(o.name == "as_json" for o in c.params)))
def test_the_shape_of_every_json_is_documented(name):
    said = reference.COMMANDS.with_name("commands.md").read_text()
    assert f"kambila {name} " in said or f"kambila {name}`" in said or f"`{name} --json`" in said


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_command_teaches(name, nowhere):
    """Also where there is no programme; every option says what it is for, unless its name does."""
    assert "Usage: " in run(*name.split(), "--help").output
    assert len(ALL[name].help or "") > 20


# Answers


@pytest.mark.parametrize("words", [("shown",), ("show",), ("figures", "--nothing"), ("--language", "bm", "check")])
def test_wrong_use_answers_2(words, at_work):
    assert "Usage: " in run(*words, code=2).output


def test_a_no_answers_1_with_sentence_and_remedy_and_no_trace(at_work):
    result = run("show", "GAO-99", code=1)
    assert result.stdout == ""
    assert result.stderr.splitlines()[0] == "Nothing is known under GAO-99."
    assert len(result.stderr.splitlines()) == 2


def test_what_nobody_foresaw_is_a_sentence_and_the_trace_comes_with_debug(at_work, monkeypatch):
    monkeypatch.setattr(portrait, "of", lambda name: {}["age"])
    result = run("show", "GAO-1", code=1)
    assert result.stderr.startswith("Something went wrong that should not have: 'age' (KeyError)\n")
    assert "kambila --debug" in result.stderr and "Traceback" not in result.stderr
    assert "Traceback" in run("--debug", "show", "GAO-1", code=1).stderr


def test_a_database_that_fails_is_said_to_have_failed(at_work, monkeypatch):
    def full(name: str) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(portrait, "of", full)
    assert "database or disk is full" in run("show", "GAO-1", code=1).stderr


def test_ctrl_c_answers_130_quietly(at_work, monkeypatch):
    def stop(name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(portrait, "of", stop)
    assert run("show", "GAO-1", code=130).output == ""


def test_a_reader_that_went_away_is_no_error(at_work):
    reader, writer = os.pipe()
    os.close(reader)
    known = os.environ | {"KAMBILA_DATABASE": at_work.database, "KAMBILA_DATA": str(at_work.path)}
    done = subprocess.run(
        [sys.executable, "-c", "from kambila.cli import main; main()", "journal", "head"],
        cwd=ROOT, env=known, stdout=writer, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


# Where there is no programme


@pytest.mark.parametrize(
    "words", [("reports",), ("show", "GAO-1"), ("verify",), ("check",), ("figures",), ("user", "list")]
)
def test_what_needs_a_programme_says_so(words, nowhere):
    result = run(*words, code=1)
    assert result.stderr.startswith("There is no programme in ")
    assert "kambila init" in result.stderr


def test_bringing_a_record_back_needs_a_programme_too(nowhere):
    said = run("restore", "casualty", "GAO-1", "--reason", "seen", "--as", "omar", code=1).stderr
    assert said.startswith("There is no programme")


@pytest.mark.parametrize("words", [("x",), ("a", "b"), ("a", "--into", "b", "--as", "omar"), ("a", "b", "c")])
def test_restore_is_told_apart_by_what_it_is_given(words, nowhere):
    assert "FILE --into DIR, or KIND RECORD" in run("restore", *words, code=2).output


def test_data_names_the_programme_before_the_environment(programme, tmp_path, monkeypatch):
    terminal.at(programme, monkeypatch)
    monkeypatch.setenv("KAMBILA_DATA", str(tmp_path / "nothing"))
    run("reports", code=1)
    monkeypatch.setattr(settings, "DATA", tmp_path / "neither")
    assert data("--data", programme.path, "reports") == []
    assert tmp_path / "neither" == settings.DATA


# Languages


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "fr_ML.UTF-8"}, "fr"),
        ({"LANG": "fr_FR", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_FR"}, "fr"),
        ({"LANG": "bm_ML.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_the_terminal(variables, language, monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert spoken() == language


def test_an_option_chooses_the_language(at_work):
    assert set(LANGUAGES) == {code for code, _name in settings.LANGUAGES}
    assert "On ne sait rien" in (french := run("--language", "fr", "show", "GAO-1", code=1).stderr) or "Rien" in french
    assert "Nothing is known" in run("show", "GAO-1", code=1).stderr


# What it costs to start


@pytest.mark.parametrize(
    ("words", "environment"), [(["--language", "fr", "--help"], {}), (["--help"], {"LANG": "fr_FR.UTF-8"})]
)
def test_the_list_of_commands_is_in_the_language_that_is_asked_for(words, environment, tmp_path):
    said = process(*words, KAMBILA_DATA=str(tmp_path), PYTHONUTF8="1", **environment)
    assert said.returncode == 0, said.stderr
    assert "Rejeter un rapport." in said.stdout and "Reject a report." not in said.stdout


def test_help_needs_no_django():
    program = (
        "import sys; from kambila.cli import main; main(['--help'], standalone_mode=False); print(sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "'kambila.registry.models'" not in done.stdout
    assert "'django.db.models'" not in done.stdout


@pytest.mark.parametrize("words", [["show", "GAO-1"], ["verify"], ["reports"], ["unresolved"], ["user", "list"]])
def test_what_is_heavy_is_imported_only_when_needed(words, at_work):
    program = (
        "import sys, json; from kambila.cli import main\n"
        f"try: main({words!r})\n"
        "except SystemExit: pass\n"
        "print('\\n' + json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    known = os.environ | {"KAMBILA_DATABASE": at_work.database, "KAMBILA_DATA": str(at_work.path)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=known, capture_output=True, text=True, check=True
    )
    assert set(json.loads(done.stdout.splitlines()[-1])) & HEAVY == set()


def test_the_version_is_printed():
    assert process("--version").stdout.startswith("kambila, version ")
