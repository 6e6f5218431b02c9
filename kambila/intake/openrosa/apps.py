"""The door for phones, by the OpenRosa API."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpenRosaConfig(AppConfig):
    name = "kambila.intake.openrosa"
    label = "openrosa"
    verbose_name = _("Phones")

    def ready(self) -> None:
        from kambila.intake.openrosa import errors  # noqa: F401  the catalogue
        from kambila.intake.openrosa.chains import Chains
        from kambila.journal.backup import keep
        from kambila.journal.projections import register

        register("openrosa", Chains())
        keep("openrosa.FormDraft")
        keep("openrosa.TestSubmission")
