"""Which files a report still lacks: those that its form names and that are not sealed beside it."""

from __future__ import annotations

from kambila.intake import forms, submissions
from kambila.intake.instances import FILE
from kambila.intake.xml import parse
from kambila.journal import read_part
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem
from kambila.journal.parts import named


def missing(entry: Entry) -> list[str]:
    """The names, in the order of the form. None are known where the submission is not held here or was erased."""
    commitment = named(entry.sealed, "submission")
    xml = read_part(commitment) if commitment else None
    if xml is None:
        return []
    try:
        root = parse(xml)
        wanted = submissions.file_names(forms.definition_of(*submissions.form_of(root)), root)
    except Problem:
        return []
    held = {each["name"].removeprefix(FILE) for each in entry.sealed}
    return [name for name in wanted if name not in held]
