"""Intake takes its place among the projections."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "kambila.intake"
    verbose_name = _("Doors in")

    def ready(self) -> None:
        from kambila.intake import checks, errors  # noqa: F401  they declare
        from kambila.intake.projection import Intake
        from kambila.journal.projections import register

        register("intake", Intake())
