"""Whoever copies the nearest area and changes it has an eleventh: nothing else needs to be told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from hatch_build import compile_catalogues
from house.messages import catalogue_path, read_catalogue, template_of, untranslated
from kambila.journal.directory import Directory

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CLI = ["-c", "from kambila.cli import main; main()"]
Run = Any


@pytest.fixture
def run(programme: Directory) -> Run:
    """Runs Python, with the area named, on a programme that was made without it."""
    compile_catalogues(HERE / "wells")
    connection.close()
    environment = {
        **os.environ,
        "KAMBILA_AREAS": "tests.eleventh.wells",
        "KAMBILA_DATA": str(programme.path),
        "KAMBILA_DATABASE": programme.database,
        "KAMBILA_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "kambila.settings",
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }

    def run(*arguments: str, fails: bool = False) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], env=environment, cwd=programme.path, capture_output=True, text=True
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout

    return run


def test_an_area_that_was_copied_goes_from_the_form_to_the_figure_and_the_desk(run: Run) -> None:
    assert "kambila upgrade" in run(*CLI, "check", fails=True)
    run(*CLI, "upgrade")
    seen = json.loads(run("-m", "tests.eleventh.story"))
    assert (seen["before"], seen["after"], seen["unconfirmed"]) == (0, 1, True)
    assert seen["complaints"] == [["well-very-deep", "warning", "A well of 140 metres is very deep."]]
    assert seen["complaint in French"] == "Un puits de 140 mètres est très profond."
    assert seen["unanswered"] == "warnings-unanswered"
    assert seen["code"] == "BKO-WEL-00001"
    for language, words in {"en": ("Wells", "What the visit found"), "fr": ("Puits", "Constat")}.items():
        page = seen["pages"][language]
        assert all(word in page for word in (*words, "BKO-WEL-00001", "Tin Fadimata")), language
        assert "Zzyzx" not in page

    shown = run(*CLI, "show", "BKO-WEL-00001")
    assert 'state = "confirmed"' in shown and "keeper = sealed" in shown
    assert json.loads(run(*CLI, "figure", "wells-looked-at", "--by", "region", "--json"))["cells"] == {"ML07": 1}
    assert json.loads(run(*CLI, "verify", "--all", "--json"))["ok"] is True


def test_the_words_of_the_area_are_there_in_french() -> None:
    area = HERE / "wells"
    assert untranslated(template_of(area, [area]), read_catalogue(catalogue_path(area, "fr"), "fr")) == []
