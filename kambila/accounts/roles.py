"""The roles: what each may do, and how far each may see.

Actions: read, report, verify (the first of two steps, where a form asks for them), decide, countersign, rules (say which
reports are accepted without a person), erase, disclose, grant, release, settings, open-names.
How far a role sees has two parts: the tier that it sees *everywhere*, and the tier that it sees *within* its scope.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kambila.accounts.models import Account, Grant, Key
from kambila.accounts.scopes import Place, Scope

PUBLIC, PARTNER, RESTRICTED = "public", "partner", "restricted"
ACTIONS = (
    "read", "report", "verify", "decide", "countersign", "rules", "erase", "disclose", "grant", "release", "settings",
    "open-names",
)  # fmt: skip


class Role(TextChoices):
    """The roles of a mine action programme; `public` is everyone, signed in or not."""

    PUBLIC = "public", _("Public")
    REPORTER = "reporter", _("Reporter")
    OPERATOR = "operator", _("Operator")
    OFFICE_OFFICER = "office-officer", _("Office officer")
    QUALITY_OFFICER = "quality-officer", _("Quality officer")
    WEAPONS_ADVISER = "weapons-adviser", _("Weapons and ammunition adviser")
    ASSISTANCE_OFFICER = "assistance-officer", _("Victim assistance officer")
    INFORMATION_OFFICER = "information-officer", _("Information officer")
    PROGRAMME_MANAGER = "programme-manager", _("Programme manager")
    DONOR = "donor", _("Donor")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a role may do; `needs` names what its scope must limit, for without that it gives nothing.

    `links_only`: within its scope it sees what names its organisation (`seen_by`), not what others report for it.
    """

    actions: frozenset[str]
    everywhere: str = PUBLIC
    within: str = PUBLIC
    needs: str = ""
    links_only: bool = False


def _rule(actions: str, **rest: Any) -> Rule:
    return Rule(frozenset(actions.split()), **rest)


_STAFF: dict[str, Any] = {"everywhere": PARTNER, "within": RESTRICTED}

RULES: dict[str, Rule] = {
    Role.PUBLIC: _rule(""),
    Role.REPORTER: _rule("report"),
    Role.OPERATOR: _rule("read report verify", needs="organisation", **_STAFF),
    Role.OFFICE_OFFICER: _rule("read report verify decide countersign open-names", **_STAFF),
    Role.QUALITY_OFFICER: _rule("read report verify decide countersign", **_STAFF),
    Role.WEAPONS_ADVISER: _rule("read report decide countersign", needs="kind", **_STAFF),
    Role.ASSISTANCE_OFFICER: _rule("read report decide open-names", needs="kind", **_STAFF),
    Role.INFORMATION_OFFICER: _rule(
        "read report verify decide countersign rules release open-names", **_STAFF
    ),
    Role.PROGRAMME_MANAGER: _rule(
        "read report verify decide countersign rules erase disclose grant release open-names", **_STAFF
    ),
    Role.DONOR: _rule("read", needs="organisation", links_only=True, **_STAFF),
    Role.AUDITOR: _rule("read open-names", **_STAFF),
    Role.ADMINISTRATOR: _rule("grant settings"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """A role that an account holds, with its rule and its scope."""

    role: str
    rule: Rule
    scope: Scope


def held(account: Any) -> list[Held]:
    """The roles that an account (or a user name) holds now; none for nobody, and for an account that is disabled."""
    known: list[Held] | None = getattr(account, "held_now", None)
    return _read(account) if known is None else known


def remember(account: Any) -> None:
    """Keep what the account holds on the object, for the length of one request."""
    account.held_now = _read(account)


def _read(account: Any) -> list[Held]:
    if isinstance(account, str):
        account = Account.objects.filter(username=account).first()
    if not isinstance(account, Account) or not account.is_active:
        return []
    granted: Iterable[Grant] | None = account.granted
    if granted is None:
        granted = Grant.objects.raw("SELECT * FROM accounts_grant WHERE account = %s AND active", [account.username])
    roles = usable(granted)
    return roles if account.key is None else [each for role in roles for each in _narrowed(role, account.key)]


def _narrowed(role: Held, key: Key) -> list[Held]:
    """A role as far as a key reaches: its actions, its places; without `read` it sees what everyone sees."""
    rule = replace(role.rule, actions=role.rule.actions & frozenset(key.actions))
    if "read" not in key.actions:
        rule = replace(rule, everywhere=PUBLIC, within=PUBLIC)
    own = role.scope.place
    if not key.places:
        return [Held(role.role, rule, role.scope)]
    places = [max(own, each) for each in key.places if each.startswith(own) or own.startswith(each)]
    return [Held(role.role, rule, replace(role.scope, place=each)) for each in places]


def usable(grants: Iterable[Grant]) -> list[Held]:
    """Grants of roles that are known and whose scope limits what it must."""
    known = [Held(each.role, RULES[each.role], each.scope) for each in grants if each.role in RULES]
    return [each for each in known if not each.rule.needs or getattr(each.scope, each.rule.needs)]


def may(
    account: Any,
    action: str,
    kind: str | None = None,
    office: str | None = None,
    organisation: str | None = None,
    place: Place | None = None,
) -> bool:
    """Whether an account (or a user name) may do something to what has this kind, office, organisation and place.

    What is None is not asked about; an empty text means that it is unknown, and lies in no limited scope.
    Raises ValueError for an action that there is not: a misspelt one must not pass for a refusal.
    """
    if action not in ACTIONS:
        raise ValueError(f"there is no action {action!r}")
    return any(
        action in each.rule.actions and each.scope.covers(kind, office, organisation, place) for each in held(account)
    )
