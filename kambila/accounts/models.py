"""People who sign in, what they were granted, and which names they opened.

Accounts and openings are kept; grants are derived from the `grant` entries of the journal and can be derived again.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from kambila.accounts.scopes import Scope


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts with a password; without one nobody can sign in."""

    def create(self, username: str = "", password: str | None = None, **extra: Any) -> Account:
        account = self.model(username=username, **extra)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A person with a password. What the person may do is not here: it follows from grants."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    full_name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=5, default="en")
    is_active = models.BooleanField(_("active"), default=True)
    created = models.DateTimeField(_("created"), auto_now_add=True)

    USERNAME_FIELD = "username"
    objects = AccountManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.username


class Grant(models.Model):
    """The latest word on one role, for one account, within one scope: granted, or (not `active`) revoked.

    The account is a user name, not a row: a grant may arrive from another office before the account exists here.
    """

    account = models.CharField(max_length=60, db_index=True)
    role = models.CharField(max_length=40)
    organisation = models.CharField(max_length=36, default="", blank=True)
    office = models.CharField(max_length=36, default="", blank=True)
    place = models.CharField(max_length=20, default="", blank=True)
    kind = models.CharField(max_length=60, default="", blank=True)
    active = models.BooleanField()
    entry = models.CharField(max_length=36)
    tick = models.BigIntegerField()
    recorded = models.CharField(max_length=32)
    author = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "organisation", "office", "place", "kind"], name="one_word_on_each_grant"
            )
        ]

    @property
    def scope(self) -> Scope:
        return Scope(self.organisation, self.office, self.place, self.kind)

    @property
    def order(self) -> tuple[int, str, str]:
        """Where its entry stands in the order of the journal."""
        return self.tick, self.recorded, self.entry

    def __str__(self) -> str:
        return f"{self.account}: {self.role} {self.scope}".strip()


class Opening(models.Model):
    """Somebody opened a name, or another value that identifies a person: who, what, why and when."""

    account = models.CharField(_("account"), max_length=60, db_index=True)
    kind = models.CharField(_("kind"), max_length=60)
    record = models.CharField(_("record"), max_length=36, db_index=True)
    field = models.CharField(_("field"), max_length=100)
    reason = models.TextField(_("reason"))
    opened = models.DateTimeField(_("opened"))

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.account}: {self.kind} {self.record} {self.field}"
