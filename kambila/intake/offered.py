"""The forms that a person may fill in: published, not retired, and only of kinds that the person may report."""

from __future__ import annotations

from typing import Any

from kambila.accounts import roles
from kambila.intake import forms
from kambila.intake.definition import Definition
from kambila.intake.plain import errors  # noqa: F401  the catalogue
from kambila.journal.errors import Problem


def offered(account: Any) -> list[Definition]:
    """The newest version of each form that the account may report with, by id."""
    newest = {each.form: each for each in forms.published() if not each.retired}
    found = [forms.definition_of(each.form, each.version) for each in newest.values()]
    return [each for each in found if may_fill(account, each)]


def offered_form(account: Any, form: str, version: str = "") -> Definition:
    """The newest version of one of these, or the one in which it was begun.

    Raises Problem when there is none, or the account may not report with it.
    """
    newest = [each for each in forms.published() if each.form == form and not each.retired]
    if not newest:
        raise Problem("form-not-offered", form=form)
    definition = forms.definition_of(form, version or newest[-1].version)
    if not may_fill(account, definition):
        raise Problem("may-not", account=account.username, action="report")
    return definition


def updating(account: Any, kind: str) -> list[Definition]:
    """The forms with which the account may update a record of a kind: those that write one as a whole."""
    found = []
    for each in offered(account):
        paths = [entity.path for entity in each.entities.values() if entity.kind == kind]
        if paths and not any(f"{path}/".startswith(f"{row}/") for path in paths for row in each.repeats):
            found.append(each)
    return found


def may_fill(account: Any, definition: Definition) -> bool:
    """Whether an account may report every kind that a form writes."""
    return all(roles.may(account, "report", each.kind) for each in definition.entities.values())
