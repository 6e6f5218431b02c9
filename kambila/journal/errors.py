"""Errors that a person can meet: each has a code, a sentence and a remedy, both translated.

Every room declares its own in `errors.py`; together they are the catalogue.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

CATALOGUE: dict[str, tuple[Any, Any]] = {}


class Problem(Exception):  # noqa: N818  it is what the person sees, not a fault of the program
    """Something that a person can understand and mend. `values` fill the places in the sentence."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code, self.values = code, values
        super().__init__(code)

    @property
    def sentence(self) -> str:
        return str(CATALOGUE[self.code][0]) % self.values

    @property
    def remedy(self) -> str:
        return str(CATALOGUE[self.code][1]) % self.values

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}".strip()


def problem(code: str, sentence: Any, remedy: Any = "") -> None:
    """Declare an entry of the catalogue."""
    if code in CATALOGUE:
        raise ValueError(f"two errors are called {code}")
    CATALOGUE[code] = (sentence, remedy)


problem(
    "no-programme",
    _("There is no programme in %(path)s."),
    _("Create one with `kambila init`, or name its directory with --data."),
)
problem("programme-exists", _("There is a programme in %(path)s already."), _("Choose an empty directory."))
problem(
    "read-only",
    _("This directory was made by a replay and cannot be written to."),
    _("Work in the programme's own directory."),
)
problem(
    "foreign-entry",
    _("The file holds an entry that does not follow the chain that is known: %(what)s."),
    _("Ask the other office for its signed head, and run `kambila verify --against` with it on both sides."),
)
problem(
    "gap",
    _("The file begins after entry %(seq)s of node %(node)s, which is not known here."),
    _("Ask the other office for a file that begins at your head: `kambila journal export --since`."),
)
problem(
    "not-an-export",
    _("%(path)s is not a file made by `kambila journal export` or `kambila backup`."),
    _("Check the name of the file."),
)
problem("unknown-kind", _("The journal knows no entry of the kind %(kind)s."), _("Choose one of: %(kinds)s."))
problem("bad-head", _("The head cannot be read."), _("Give it as JSON: {node: [number, hash]}, or as a file of it."))
