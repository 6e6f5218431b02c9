"""The doors of the walk: forms filled as on a phone and sent, decisions and steps on the command line. For tests only."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kambila.accounts import people
from kambila.intake import forms
from kambila.intake.fill import fill
from kambila.intake.prefilled import prefilled
from kambila.journal import clock
from kambila.registry import history
from kambila.registry.kinds import model_of
from tests.domain.land.grounds import CELL, SOUTH, WEST
from tests.terminal import data, run

WHERE = {"adm1": "ML07", "adm2": "ML0701", "adm3": "ML070101"}
Corners = tuple[int, int, int, int]


@contextmanager
def on(day: str) -> Iterator[str]:
    """It is noon of a day."""
    moment = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    clock.set_clock(lambda: moment)
    yield day
    clock.set_clock(None)


def point(x: float, y: float) -> tuple[float, float]:
    """A corner of the grid of 10 m, as a phone records it: latitude, longitude."""
    return round(SOUTH + y * CELL, 7), round(WEST + x * CELL, 7)


def walked(corners: Corners) -> list[tuple[float, float]]:
    """The turning points of a rectangle, in the order in which one walks around it."""
    x0, y0, x1, y1 = corners
    return [point(*each) for each in ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))]


def send(form: str, answers: dict[str, Any], of: str = "") -> str:
    """Send a form as `team`; `of` is the code of the record that it updates. Gives the code of the report."""
    definition = forms.in_box(form)
    answers = answers | {name.removesuffix("_typed"): said for name, said in answers.items()}  # as a phone computes it
    if of:
        kind, record = history.find(of)[0]
        row: Any = model_of(kind).objects.get(pk=record)
        definition = prefilled(definition, people.find("omar"), kind, record)
        answers = {**answers, "__id": record, "__base_version": row.revision}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "submission.xml"
        file.write_bytes(fill(definition, answers))
        return run("submit", file, "--as", "team").stdout.split()[0]


def accept(report: str, answer: str = "", code: int = 0) -> str:
    """Accept a report as `omar`; gives what the command says."""
    words = ["--answer", answer] if answer else []
    result = run("accept", report, "--reason", "checked", "--as", "omar", *words, code=code)
    return result.output


def told(form: str, answers: dict[str, Any], answer: str = "", of: str = "") -> str:
    """Send a form and accept it; gives the code of the report."""
    report = send(form, answers, of)
    accept(report, answer)
    return report


def step(task: str, status: str, *words: str, code: int = 0) -> str:
    """Take a step of a task as `fatou`; gives what the command says."""
    result = run("task", "step", task, status, "--reason", "as agreed", "--as", "fatou", *words, code=code)
    return result.output


def shown(code: str) -> dict[str, Any]:
    """The values of a record, by the name of their fields."""
    return {each["field"]: each["value"] for each in data("show", code)[0]["values"]}
