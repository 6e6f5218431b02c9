"""The accounts room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "kambila.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from kambila.accounts import errors  # noqa: F401  it declares sentences
        from kambila.accounts.projection import Grants
        from kambila.journal.backup import keep
        from kambila.journal.projections import register

        register("accounts", Grants())
        keep("accounts.Account")
        keep("accounts.Opening")
