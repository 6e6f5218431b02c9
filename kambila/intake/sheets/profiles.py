"""The profiles that there are: saved in the journal, brought by the areas, in the box, and those of our own exports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps

from kambila.accounts.roles import may
from kambila.intake.authority import known_account
from kambila.intake.models import SavedProfile
from kambila.intake.sheets import own, profile
from kambila.intake.sheets.kept import PROFILE
from kambila.intake.sheets.profile import Profile
from kambila.journal import Draft, append
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem


@dataclass(frozen=True)
class Listed:
    """A profile as a list shows it. `origin`: saved, box or kambila."""

    profile: Profile
    origin: str
    author: str = ""
    recorded: str = ""


@cache
def box() -> Mapping[str, Profile]:
    """The profiles that come with Kambila, by name."""
    folders = [Path(__file__).parent / "profiles", *(Path(c.path) / "profiles" for c in apps.get_app_configs())]
    found = [profile.read(path.read_text()) for folder in folders for path in sorted(folder.glob("*.toml"))]
    return {each.name: each for each in found}


def find(name: str) -> Profile:
    """A profile by its name: what the programme saved goes before what is in the box. Raises Problem for none."""
    saved = SavedProfile.objects.filter(name=name).order_by("tick", "recorded", "entry").last()
    if saved is not None:
        return profile.read(saved.text)
    if name in box():
        return box()[name]
    if name in set(own.own_profiles()):
        return own.own_profile(name)
    raise Problem("no-such-profile", name=name)


def listed() -> list[Listed]:
    """Every profile: the saved ones first, each in its latest version."""
    latest = {row.name: row for row in SavedProfile.objects.order_by("tick", "recorded", "entry")}
    found = [Listed(profile.read(row.text), "saved", row.author, row.recorded) for row in latest.values()]
    found += [Listed(each, "box") for name, each in box().items() if name not in latest]
    return found + [Listed(own.own_profile(name), "kambila") for name in own.own_profiles() if name not in latest]


def save(text: str, author: str) -> Entry | None:
    """Keep a profile in the journal, so that every office has it; None when it is there already, word for word.

    Raises Problem for one that cannot be read, and for an author who neither decides nor changes settings.
    """
    read = profile.read(text)
    account = known_account(author)
    if not (may(account, "decide") or may(account, "settings")):
        raise Problem("may-not", account=author, action="settings")
    known = SavedProfile.objects.filter(name=read.name).order_by("tick", "recorded", "entry").last()
    if known is not None and known.text == text:
        return None
    value = {"name": read.name, "version": read.version, "text": text}
    return append([Draft("setting", author, {"name": PROFILE, "value": value})])[0]
