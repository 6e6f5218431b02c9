"""The figures room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "kambila.figures"
    verbose_name = _("Figures")

    def ready(self) -> None:
        from kambila.figures import errors  # noqa: F401  it declares sentences
        from kambila.figures.projection import Releases
        from kambila.journal.projections import register

        register("figures", Releases())
