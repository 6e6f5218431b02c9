"""The doors in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "kambila.intake"
    verbose_name = _("Intake")

    def ready(self) -> None:
        from kambila.intake import errors  # noqa: F401  the catalogue
        from kambila.intake.projection import Intake
        from kambila.journal.backup import keep
        from kambila.journal.projections import register

        register("intake", Intake())
        keep("intake.Quarantined")
        keep("intake.QuarantinedFile")
