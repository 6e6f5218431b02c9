"""What can go wrong with tiles."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "no-such-tile",
    _("There is no tile %(place)s."),
    _("Tiles are those of WebMercatorQuad: zoom 0 to 22, then row, then column. See /ogc/tiles."),
)
problem(
    "no-such-archive",
    _("Tiles cannot be written to %(path)s."),
    _("Let the name of the file end in .pmtiles or .mbtiles."),
)
