"""Errors that a person can meet with a spreadsheet or a map file."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

# Files

problem(
    "table-unknown-format",
    _("%(name)s is no kind of table that can be read: %(why)s."),
    _("Save it as CSV, XLSX, ODS, GeoJSON, GeoPackage, zipped Shapefile, KML, KMZ or GPX."),
)
problem(
    "table-unreadable",
    _("%(name)s cannot be read: %(why)s."),
    _("Is the file whole? Open it in the program that made it, save it anew, and try again."),
)
problem(
    "table-too-large",
    _("%(name)s is refused: it has more than %(limit)s %(what)s."),
    _("Split it into smaller files. These limits protect against files made to fill the memory."),
)
problem(
    "table-empty",
    _("%(name)s has no row of column names."),
    _("The first row that is not empty must name the columns."),
)
problem(
    "table-no-such-sheet",
    _("%(name)s has no sheet or layer called %(sheet)s."),
    _("Choose one of: %(sheets)s."),
)

# Profiles

problem(
    "profile-unreadable",
    _("The profile %(name)s cannot be read: %(why)s."),
    _("Mend it; docs/import.md shows what a profile looks like."),
)
problem(
    "no-such-profile",
    _("There is no profile called %(name)s."),
    _("See `kambila profiles list`, or let one be proposed: `kambila import FILE --propose`."),
)
problem(
    "profile-does-not-fit",
    _("The file %(file)s has no column %(columns)s, which the profile %(name)s reads."),
    _("Is it the right file, sheet and profile? Rename the column, or change the profile."),
)

# Batches and files that are written

problem("no-such-batch", _("There is no batch %(name)s."), _("See `kambila batch list`."))
problem(
    "cannot-write",
    _("%(name)s has an ending for which no table can be written."),
    _("Let it end in .csv, .xlsx, .geojson or .gpkg."),
)
problem(
    "cell-too-long",
    _("A cell of %(name)s would hold more than %(limit)s characters, which XLSX does not allow."),
    _("Choose .csv, .geojson or .gpkg: large polygons need it."),
)
problem(
    "nothing-to-export",
    _("%(account)s may see no records of the kind %(kind)s."),
    _("Ask for a role that sees them."),
)
