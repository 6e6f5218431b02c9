"""docs/journal.md names a test for each worked example, and the test is there."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROW = re.compile(r"^\| (\d+) \|.*\| ([^|]+) \|$", re.MULTILINE)


def test_every_worked_example_has_its_test():
    rows = dict(ROW.findall((TESTS.parent / "docs" / "journal.md").read_text()))
    assert list(rows) == [str(number) for number in range(1, 28)]
    for number, held_by in rows.items():
        named = re.findall(r"([\w/]+) `(test_\w*)…`", held_by)
        assert named, number
        for file, beginning in named:
            assert f"def {beginning}" in (TESTS / f"{file}.py").read_text(), (number, file, beginning)
