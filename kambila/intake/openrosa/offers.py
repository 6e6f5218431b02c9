"""The forms that a phone may fetch: published ones, or the one draft that is being tried."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from kambila.accounts import keys, roles
from kambila.intake import forms
from kambila.intake.definition import Definition
from kambila.intake.openrosa.models import FormDraft
from kambila.intake.openrosa.references import needed
from kambila.intake.sender import said_of
from kambila.journal import read_part
from kambila.journal.errors import Problem
from kambila.registry import sql


@dataclass(frozen=True)
class Offer:
    """A version of a form. `id` is the entry that published it; `media` its files by name, as commitments."""

    id: str
    definition: Definition
    hash: str
    media: Mapping[str, str]

    @property
    def lists(self) -> Mapping[str, frozenset[str]]:
        """The lists of records that it looks things up in: for each the words that it uses with it."""
        return needed(self.definition).lists

    @property
    def has_manifest(self) -> bool:
        return bool(self.lists or self.media)

    def file(self, name: str) -> bytes | None:
        """A file that the form shows."""
        return read_part(self.media[name]) if name in self.media else None

    def hash_of(self, name: str) -> str:
        """The hash of a file that the form shows."""
        return _hash_held(self.media[name])


class DraftOffer(Offer):
    """A draft: its files lie in its row, and `media` has their hashes."""

    def file(self, name: str) -> bytes | None:
        return draft_media(self.id).get(name)

    def hash_of(self, name: str) -> str:
        return self.media[name]


def md5(content: bytes) -> str:
    """The hash as OpenRosa writes it."""
    return f"md5:{hashlib.md5(content, usedforsecurity=False).hexdigest()}"


def for_account(account: Any, all_versions: bool = False, form: str = "") -> list[Offer]:
    """The published forms that an account may send."""
    found = [each for each in forms.offered(all_versions) if form in ("", each.form)]
    offers = (_published(each.entry, each.commitment) for each in found)
    said = said_of(account)
    return [each for each in offers if each is not None and _may_send(account, each.definition, said)]


def one(account: Any, id: str) -> Offer:
    """A published form by the entry that published it. Raises Problem when there is none that the account may send."""
    for each in for_account(account, all_versions=True):
        if each.id == id:
            return each
    raise Problem("no-such-file")


def of_draft(draft: FormDraft) -> Offer:
    """The offer of a draft."""
    xform = bytes(draft.xform)
    media = {name: md5(content) for name, content in draft_media(str(draft.pk)).items()}
    return DraftOffer(str(draft.pk), forms.definition_in(xform), md5(xform), media)


def draft_media(id: str) -> dict[str, bytes]:
    """The files of a draft, by name."""
    import base64

    said = FormDraft.objects.filter(pk=id).values_list("media", flat=True).first() or {}
    return {name: base64.b64decode(content) for name, content in said.items()}


def _may_send(account: Any, definition: Definition, said: tuple[str, str]) -> bool:
    office, organisation = (each or None for each in said)
    kinds = {entity.kind for entity in definition.entities.values()}
    return keys.allows_form(account, definition.id) and all(
        roles.may(account, "report", kind, office, organisation) for kind in kinds
    )


def _published(entry: str, commitment: str) -> Offer | None:
    """What was published stands for ever, so it is put together once."""
    try:
        return _put_together(entry, commitment)
    except LookupError:
        return None


@lru_cache(maxsize=2048)
def _hash_held(commitment: str) -> str:
    return md5(read_part(commitment) or b"")


@lru_cache(maxsize=2048)
def _put_together(entry: str, commitment: str) -> Offer:
    definition = forms.definition_held(commitment)
    if definition is None:
        raise LookupError(commitment)
    sealed = sql.run("SELECT sealed FROM journal_entry WHERE id = %s", [entry])
    parts = {each["name"]: each["commitment"] for row in sealed for each in orjson.loads(row[0])}
    media = {name.removeprefix(forms.MEDIA): said for name, said in parts.items() if name.startswith(forms.MEDIA)}
    return Offer(entry, definition, md5(definition.xform), media)
