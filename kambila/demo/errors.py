"""What can go wrong when a programme is begun."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "not-the-example",
    _("%(path)s holds a real programme, not the example."),
    _("Give the example a directory of its own: kambila --data DIRECTORY demo"),
)
problem(
    "example-elsewhere",
    _("The building of the example was interrupted, and its database (%(database)s) cannot be emptied from here."),
    _("Make an empty database, remove the directory %(path)s, and begin again."),
)
problem(
    "bad-setting",
    _("“%(value)s” cannot be the setting “%(name)s”."),
    _("Expected: %(expected)s."),
)
problem(
    "bad-settings-file",
    _("The settings in %(path)s cannot be read: %(why)s."),
    _('Write lines such as: name = "Mali", prefix = "BKO", zone = "Africa/Bamako", languages = ["fr", "en"].'),
)
