"""The room that publishes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishConfig(AppConfig):
    name = "kambila.publish"
    verbose_name = _("Publication")

    def ready(self) -> None:
        from kambila.journal.backup import keep
        from kambila.publish import errors  # noqa: F401  it declares sentences

        keep("publish.CertificateKey")
        keep("publish.Download")
