"""What every committed file keeps to."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400  # lines of a source file


def committed() -> list[Path]:
    """Files that git knows; every file of a source distribution, where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    paths = [ROOT / line for line in listed.stdout.split("\0") if line]
    return [path for path in paths or ROOT.rglob("kambila/**/*") if path.is_file()]


SOURCES = [path for path in committed() if path.suffix in {".py", ".html", ".css", ".js", ".md"}]


def test_no_source_file_is_too_long():
    assert [path.name for path in SOURCES if len(path.read_text().splitlines()) > LONGEST] == []


def test_nothing_is_left_to_do_in_the_code():
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b")
    assert [path.name for path in SOURCES if marks.search(path.read_text())] == []


def test_no_file_carries_the_path_of_a_machine():
    paths = re.compile(r"(?<![\w.)])/(work|tmp|home|root|Users)/\w")
    assert [path.name for path in SOURCES if paths.search(path.read_text())] == []


@pytest.mark.parametrize("word", ["utils", "helpers"])
def test_no_module_is_a_drawer(word):
    assert [str(path.relative_to(ROOT)) for path in SOURCES if word in path.parts or path.stem == word] == []
