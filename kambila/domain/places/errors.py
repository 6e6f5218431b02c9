"""Errors of places that a person can meet."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "not-a-gazetteer",
    _("%(path)s cannot be read as a list of places: %(what)s."),
    _("Give a GeoPackage with the layers adm0 to adm3, or a CSV file with pcode, name, longitude and latitude."),
)
