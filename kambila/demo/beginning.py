"""An empty programme: its settings, and the forms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.utils.translation import gettext as _

from kambila.accounts import granting, people
from kambila.accounts.scopes import Scope
from kambila.demo import errors  # noqa: F401  the catalogue
from kambila.intake import forms
from kambila.journal import Draft, append, directory, nodes
from kambila.journal.errors import Problem

FIRST = "The first account of the programme."
PREFIX = re.compile(r"[A-Z][A-Z0-9-]{1,19}")
NAMES = ("name", "prefix", "zone", "languages", "administrator")


@dataclass(frozen=True)
class Settings:
    """What has to be known of a programme before its first day."""

    name: str
    prefix: str
    zone: str
    languages: tuple[str, ...]
    administrator: str = ""


def read(file: Path | None, given: Mapping[str, Any]) -> Settings:
    """The settings in a TOML file, options before it. Raises Problem for what is missing or cannot be."""
    found = {"zone": "UTC", "languages": ["en", "fr"], **_in_file(file), **given}
    if isinstance(found["languages"], str):
        found["languages"] = found["languages"].replace(" ", "").split(",")
    offered = [code for code, _words in settings.LANGUAGES]
    expected = {
        "name": (lambda value: isinstance(value, str) and value.strip(), _("a name")),
        "prefix": (lambda value: PREFIX.fullmatch(str(value)), _("2 to 20 capital letters, digits or hyphens")),
        "zone": (lambda value: value in available_timezones(), _("a time zone such as Africa/Bamako")),
        "languages": (lambda value: value and set(value) <= set(offered), _("some of: %s") % ", ".join(offered)),
    }
    for name, (is_good, words) in expected.items():
        if not is_good(found.get(name) or ""):
            raise Problem("bad-setting", name=name, value=found.get(name, ""), expected=words)
    administrator = str(found.get("administrator", ""))
    return Settings(found["name"].strip(), found["prefix"], found["zone"], tuple(found["languages"]), administrator)


def _in_file(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        said = tomllib.loads(file.read_text())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problem("bad-settings-file", path=file, why=error) from None
    if unknown := set(said) - set(NAMES):
        raise Problem("bad-settings-file", path=file, why=_("there is no setting %s") % ", ".join(sorted(unknown)))
    return said


def begin(path: Path, chosen: Settings, password: str | None = None) -> directory.Directory:
    """Make an empty programme: introduce its node, note its settings, publish the forms, make the first account.

    Raises Problem, before anything is made, for a user name or password that cannot be.
    """
    if chosen.administrator:
        people.must_be_good(chosen.administrator, password)
    opened = directory.create_directory(path, chosen.name, chosen.prefix)
    nodes.introduce()
    value = {"zone": chosen.zone, "languages": list(chosen.languages)}
    append([Draft("setting", "", {"name": "programme", "value": value})])
    forms.publish_forms("")
    if chosen.administrator:
        people.add(chosen.administrator, password, language=chosen.languages[0])
        granting.grant(chosen.administrator, "administrator", Scope(), FIRST, chosen.administrator)
    return opened
