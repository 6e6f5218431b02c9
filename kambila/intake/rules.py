"""How the reports of a form are decided: rules for what is accepted without a person, and two steps where wanted.

Both are `setting` entries, made and ended by somebody who holds the right, each with its reason; off unless somebody
said so. What a rule then does is in `accepting`; the two steps are in `verifying`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from kambila.accounts.roles import may
from kambila.intake import errors, forms  # noqa: F401  the catalogue
from kambila.intake.authority import known_account
from kambila.intake.models import FormSetting
from kambila.journal import Draft, Part, append
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem

RULE, STEPS = "acceptance-rule", "two-steps"


@dataclass(frozen=True)
class Rule:
    """A rule in force. Always: nothing is doubtful, the form has not two steps, somebody else sent the report.

    `reporters` and `organisations` are empty where anybody's will do. `dangers` and `existing` say explicitly that
    reports of danger, and changes to what is known already, are accepted too.
    """

    id: str
    form: str
    author: str
    recorded: str
    tick: int
    reporters: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    dangers: bool = False
    existing: bool = False


def rules(form: str = "") -> list[Rule]:
    """The rules in force, of a form or of all, the oldest first."""
    return [_rule(each) for each in _in_force(RULE) if not form or each.form == form]


def two_step_forms() -> frozenset[str]:
    """The forms whose reports one person verifies and another accepts."""
    return frozenset(each.form for each in _in_force(STEPS))


def settings() -> list[FormSetting]:
    """Everything in force, the oldest first."""
    return [*_in_force(RULE), *_in_force(STEPS)]


def set_rule(
    form: str,
    author: str,
    reason: str,
    reporters: Sequence[str] = (),
    organisations: Sequence[str] = (),
    dangers: bool = False,
    existing: bool = False,
) -> Entry:
    """Let reports of a form be accepted without a person. Raises Problem without the right, the form or a reason."""
    body: dict[str, Any] = {
        "name": RULE,
        "form": _known_form(form),
        "dangers": bool(dangers),
        "existing": bool(existing),
    }
    for reporter in reporters:
        known_account(reporter)
    said = {"reporters": sorted(set(reporters)), "organisations": sorted(set(organisations))}
    return _write(body | {name: values for name, values in said.items() if values}, author, reason)


def set_two_steps(form: str, author: str, reason: str) -> Entry:
    """Ask for two steps: from now on reports of a form are accepted only after somebody else has verified them."""
    if form in two_step_forms():
        raise Problem("rule-in-force", form=form)
    return _write({"name": STEPS, "form": _known_form(form)}, author, reason)


def end(rule: str, author: str, reason: str) -> Entry:
    """End a rule, or the two steps of a form (both by the id of the entry that set them)."""
    found = next((each for each in settings() if each.entry == rule), None)
    if found is None:
        raise Problem("no-such-rule", rule=rule)
    return _write({"name": found.name, "form": found.form, "ends": rule}, author, reason)


def _write(body: Mapping[str, Any], author: str, reason: str) -> Entry:
    if not may(known_account(author), "rules"):
        raise Problem("may-not", account=author, action="rules")
    if not reason.strip():
        raise Problem("no-reason")
    return append([Draft("setting", author, body, {"reason": Part("text/plain", reason.strip().encode())})])[0]


def _known_form(form: str) -> str:
    if not any(each.form == form for each in forms.published()):
        raise Problem("unknown-form", form=form, version="")
    return form


def _in_force(name: str) -> list[FormSetting]:
    """What was set and not ended since; an end that names something later than itself is void."""
    said = list(FormSetting.objects.filter(name=name).order_by("tick", "recorded", "entry"))
    ended: dict[str, tuple[int, str, str]] = {}
    for each in said:
        if each.ends:
            ended[each.ends] = (each.tick, each.recorded, each.entry)
    return [
        each
        for each in said
        if not each.ends and ended.get(each.entry, (-1, "", "")) < (each.tick, each.recorded, each.entry)
    ]


def _rule(setting: FormSetting) -> Rule:
    """A rule as it was set; what another office said amiss makes it narrower, never wider."""
    body = orjson.loads(setting.body)
    return Rule(
        id=setting.entry,
        form=setting.form,
        author=setting.author,
        recorded=setting.recorded,
        tick=setting.tick,
        reporters=_names(body.get("reporters")),
        organisations=_names(body.get("organisations")),
        dangers=body.get("dangers") is True,
        existing=body.get("existing") is True,
    )


def _names(stated: Any) -> tuple[str, ...]:
    return () if stated is None else tuple(map(str, stated)) if isinstance(stated, list) else (str(stated),)
