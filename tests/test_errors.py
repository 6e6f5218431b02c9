"""One catalogue of errors: all are declared, used, documented, translated, and known where they are raised."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.utils import translation

from house import reference
from kambila.journal.errors import CATALOGUE, Problem

ROOT = Path(__file__).resolve().parents[1]
PLACES = re.compile(r"%\((\w+)\)")

for _file in sorted((ROOT / "kambila").rglob("errors.py")):
    import_module(".".join(_file.relative_to(ROOT).with_suffix("").parts))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def raised() -> Iterator[tuple[Path, ast.Call]]:
    """Every `Problem(…)` of the source."""
    for path in sorted((ROOT / "kambila").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Problem":
                yield path, node


RAISED = list(raised())
UNFORESEEN = {"unexpected", "database-failed"}  # cli.py chooses between the two


def code_of(call: ast.Call) -> str:
    return call.args[0].value if isinstance(call.args[0], ast.Constant) else ""


def test_every_error_that_is_raised_is_declared():
    assert {code_of(call) for _path, call in RAISED} - set(CATALOGUE) == {""}  # "" is that of cli.py


def test_every_error_that_is_declared_is_raised():
    assert set(CATALOGUE) - {code_of(call) for _path, call in RAISED} == UNFORESEEN


def test_only_the_command_line_chooses_a_code_while_it_runs():
    assert [path.name for path, call in RAISED if not code_of(call)] == ["cli.py"]


def test_whoever_raises_an_error_fills_the_places_of_its_sentence():
    for path, call in RAISED:
        given = {each.arg for each in call.keywords}
        if code_of(call) and None not in given:
            needed = set(PLACES.findall("".join(map(str, CATALOGUE[code_of(call)]))))
            assert needed <= given, (path.name, call.lineno, code_of(call))


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_an_error_has_a_sentence_and_a_remedy_in_both_languages(code):
    texts = {}
    for language in ("en", "fr"):
        with translation.override(language):
            texts[language] = [str(each) for each in CATALOGUE[code]]
    for english, french in zip(texts["en"], texts["fr"], strict=True):
        assert english and french and english != french
        assert set(PLACES.findall(french)) == set(PLACES.findall(english))


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_an_error_can_be_printed(code):
    values = {name: "x" for text in CATALOGUE[code] for name in PLACES.findall(str(text))}
    assert "%(" not in str(Problem(code, **values))


def test_all_errors_are_documented():
    """`python -m house.reference` writes docs/errors.md."""
    assert reference.ERRORS.read_text() == reference.error_table()


def test_an_error_is_declared_wherever_it_can_be_raised():
    """Nobody meets a code without a sentence: Django's start, or the module that raises, brings the declaration."""
    pairs = sorted({(module_of(path), code_of(call)) for path, call in RAISED if code_of(call)})
    program = (
        "import django; django.setup()\n"
        "from importlib import import_module\n"
        "from kambila.journal.errors import CATALOGUE\n"
        f"for module, code in {pairs!r}:\n"
        "    if code not in CATALOGUE and not module.endswith(('.commands', 'kambila.cli')):\n"
        "        import_module(module)\n"
        "        assert code in CATALOGUE, (module, code)\n"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "kambila.settings", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
