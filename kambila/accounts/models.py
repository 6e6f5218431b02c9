"""People who sign in, the keys of their machines, what they were granted, and which names they opened.

Accounts, keys and openings are kept; grants are derived from the `grant` entries of the journal and can be derived
again.
"""

from __future__ import annotations

import datetime
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
    key: Key | None = None  # the key that it came with, which limits what it holds
    granted: list[Grant] | None = None  # what was read together with that key

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.username


class Key(models.Model):
    """What a machine signs in with; see `kambila.accounts.keys`. Empty `forms` and `places` limit nothing."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="keys")
    use = models.CharField(_("use"), max_length=10)
    title = models.CharField(_("title"), max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    digest_a1 = models.CharField(max_length=32, blank=True)
    actions = models.JSONField(_("actions"), default=list)
    forms = models.JSONField(_("forms"), default=list, blank=True)
    places = models.JSONField(_("places"), default=list, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    created = models.DateTimeField(_("created"))
    created_by = models.CharField(_("created by"), max_length=60)
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.CharField(_("revoked by"), max_length=60, blank=True)
    revoked_because = models.TextField(_("reason"), blank=True)
    last_used = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")

    def holds_on(self, day: datetime.date) -> bool:
        """Whether it opens anything on a day."""
        begun, over = self.valid_from is None or self.valid_from <= day, self.valid_until and self.valid_until < day
        return self.revoked is None and begun and not over

    def __str__(self) -> str:
        return f"{self.account}: {self.title}"


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
