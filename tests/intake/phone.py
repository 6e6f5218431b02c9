"""A form, compiled, for the tests that need no database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyxform.xls2xform import convert

from kambila.intake import submissions
from kambila.intake.definition import Definition, read
from kambila.intake.fill import fill
from kambila.intake.submissions import Submission
from kambila.intake.xml import parse

FORMS = Path(__file__).parent / "forms"


def compiled(name: str = "accident") -> bytes:
    """The XForm of a form of the tests."""
    return convert(xlsform=(FORMS / f"{name}.md").read_text(), file_type=".md", validate=False).xform.encode()


ACCIDENT: Definition = read(compiled())


def sent(answers: dict[str, Any], codes: dict[tuple[str, str], str] | None = None, **more: Any) -> Submission:
    """What the accident form says when it was answered like this; `codes` are the records that are known."""
    xml = fill(ACCIDENT, answers, **more)
    return submissions.read(ACCIDENT, parse(xml), lambda kind, code: (codes or {}).get((kind, code)))
