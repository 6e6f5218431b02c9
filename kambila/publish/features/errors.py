"""What can go wrong with the OGC API."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "not-signed-in",
    _("The credentials that came with the request open nothing."),
    _("Use a token for the API, a device password, or no credentials at all for what is public."),
)
problem(
    "unknown-parameter",
    _("There is no parameter “%(name)s” here."),
    _("See the parameters at /ogc/api, and the fields at the queryables of the collection."),
)
problem(
    "bad-parameter",
    _("The parameter %(name)s is not understood: %(why)s."),
    _("See what it takes at /ogc/api and in docs/ogc-api.md."),
)
problem(
    "unknown-property",
    _("There is no field “%(name)s” here that can be used for this."),
    _("See the queryables and the schema of the collection."),
)
problem(
    "bad-filter",
    _("The filter is not understood: %(why)s."),
    _("Write it in CQL2 text, for example: status = 'open' AND information_date >= DATE('2014-01-01')"),
)
