"""What can go wrong with figures and releases."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem("no-figure", _("There is no figure called %(id)s."), _("See `kambila figures`."))
problem(
    "no-dimension",
    _("The figure %(id)s cannot be broken down by %(by)s."),
    _("Choose one of: %(choices)s."),
)
problem(
    "figure-needs-replay",
    _("The figure %(id)s describes a state; its value on %(as_of)s is not in the present registry."),
    _("Ask with `kambila figures --as-of`, which replays the journal as of that day."),
)
problem(
    "columns-busy",
    _("The columns of the figures are in use by another process."),
    _("Try again in a moment; the file columns.duckdb may be deleted when nothing runs."),
)
problem(
    "release-refused",
    _("No release was made: the journal does not hold what was signed (%(findings)s)."),
    _("Run `kambila verify` and find out what was altered before anything is published."),
)
problem("no-release", _("There is no release called %(id)s."), _("See `kambila release list`."))
problem(
    "release-lost",
    _("The content of the release %(id)s is not held here or does not fit its hash."),
    _("Ask the office that made the release for an export of its journal."),
)
problem(
    "no-lake-there",
    _("There is no lake at %(address)s that can be read: %(why)s."),
    _("Make one with `kambila lake export --to %(address)s`."),
)
problem(
    "lake-not-written",
    _("Nothing can be written to the lake at %(address)s: %(why)s."),
    _("Look whether the folder or bucket is there, and may be written to; what was there before is as it was."),
)
problem(
    "no-such-head",
    _("The lake holds no export “%(head)s”."),
    _("Choose one of: %(choices)s."),
)
problem(
    "not-in-lake",
    _("The lake holds no %(kind)s with %(fields)s: it was exported for %(whose)s."),
    _("Ask somebody who may see these fields for an export."),
)
problem(
    "lakes-overlap",
    _("The lakes of %(one)s and %(other)s hold %(number)s same records of %(kind)s, which would count twice."),
    _("Give one lake for each programme; offices that exchange their journals are one programme."),
)
problem(
    "head-of-one",
    _("An earlier export is asked of one lake, not of several."),
    _("Leave out --head, or give one lake."),
)
problem(
    "no-spark",
    _("Spark does not start: %(why)s."),
    _("Install it with `pip install kambila[spark]`, and Java 17 or newer; or leave out KAMBILA_ENGINE."),
)
problem(
    "no-engine",
    _("There is no engine called %(engine)s."),
    _("KAMBILA_ENGINE is duckdb or spark; without it DuckDB counts."),
)
problem(
    "engine-of-one",
    _("Spark reads one lake, not several."),
    _("Leave out KAMBILA_ENGINE, or give one lake."),
)
