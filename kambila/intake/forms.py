"""The forms: compiled from what the areas declare, published in the journal, and found again by id and version."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version as version_of
from pathlib import Path
from zipfile import BadZipFile

from django.apps import apps
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from kambila.intake import definition as definitions
from kambila.intake.definition import Definition
from kambila.intake.models import PublishedForm
from kambila.journal import Draft, Part, append, directory, read_part
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem
from kambila.registry import sql
from kambila.registry.kinds import kinds
from kambila.registry.models import derived_fields, stated_fields

XFORM, XLSFORM, OTHER = "application/xml", "text/markdown", "application/octet-stream"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RETIRE, CLOSE = "retire", "close"
MEDIA = "media/"  # the sealed parts of a form that it shows


@dataclass(frozen=True)
class Form:
    """A version of a form as it is published: the latest word of the journal on it."""

    form: str
    version: str
    entry: str
    commitment: str
    retired: bool  # offered no longer
    closed: bool = False  # nor is anything new taken in with it


def box() -> Mapping[str, Path]:
    """The forms that the areas of work bring, by name of the file."""
    folders = [Path(config.path) / "forms" for config in apps.get_app_configs()]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.md"))}


def in_box(form: str) -> Definition:
    """The definition of a form of the box, as it would be published today. Raises Problem when there is none."""
    if form not in box():
        raise Problem("unknown-form", form=form, version="")
    return definition_in(compile_form(box()[form].read_text(), form))


def compile_form(source: str, name: str = "") -> bytes:
    """The XForm of an XLSForm in text tables. Compiled once for each content; raises Problem with the row to mend."""
    key = hashlib.sha256(f"{version_of('pyxform')}\n{source}".encode()).hexdigest()
    return _compile(key, source, name)


def compile_workbook(content: bytes, name: str = "") -> bytes:
    """The XForm of an XLSForm in a workbook (.xlsx). Raises Problem with the row to mend."""
    return _convert(content, ".xlsx", name)


@lru_cache(maxsize=256)
def _compile(key: str, source: str, name: str) -> bytes:
    kept = _cache() / f"{key}.xml"
    try:
        return kept.read_bytes()
    except OSError:
        pass
    compiled = _convert(source, ".md", name)
    _keep(kept, compiled)
    return compiled


def _convert(source: str | bytes, type: str, name: str) -> bytes:
    try:
        compiled: bytes = convert(xlsform=source, file_type=type, validate=False).xform.encode()
    except (PyXFormError, BadZipFile, KeyError) as error:
        raise Problem("form-does-not-compile", form=name, why=str(error)) from None
    return compiled


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kambila" / "forms"


def _keep(path: Path, content: bytes) -> None:
    """Write to the cache; where that cannot be written, the next process compiles again."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        os.replace(file.name, path)
    except OSError:
        return


@lru_cache(maxsize=256)
def definition_in(xform: bytes) -> Definition:
    """The definition in an XForm. Raises Problem when it is none."""
    return definitions.read(xform)


def must_fit(definition: Definition) -> None:
    """Raise Problem unless every answer that is saved goes to a field that a report may state."""
    for entity in definition.entities.values():
        if entity.kind not in kinds():
            raise Problem("form-unknown-kind", form=definition.id, kind=entity.kind)
    for path, (entity, name) in definition.saved.items():
        said = {"form": definition.id, "path": path, "field": name, "kind": entity.kind}
        if name in derived_fields(kinds()[entity.kind]):
            raise Problem("form-derived-field", **said)
        if name not in stated_fields(kinds()[entity.kind]):
            raise Problem("form-unknown-field", **said)


def publish_forms(author: str) -> list[Entry]:
    """Publish those forms of the box that are not published yet. Raises Problem when one changed without a version."""
    sources = {path.stem: path.read_text() for path in box().values()}
    return publish({compile_form(source, name): source.encode() for name, source in sources.items()}, author)


def publish(forms: Mapping[bytes, bytes], author: str, media: Mapping[str, bytes] | None = None) -> list[Entry]:
    """Publish forms (XForm: the source it was compiled from, or empty), only what is new; all of them or none.

    `media` are the pictures, sounds and tables that they show, by name.
    """
    for xform in forms:
        must_fit(definition_in(xform))
    files = media or {}
    return append(lambda: [draft for each, source in forms.items() for draft in _new(each, source, author, files)])


def retire(form: str, version: str, author: str, closed: bool = False) -> Entry:
    """Offer a version of a form no longer; what was sent with it stays readable, and what still comes is taken in.

    `closed`: what still comes is refused, and kept in quarantine, where it is taken in again once the form is published.
    """
    if not any((each.form, each.version) == (form, version) for each in published()):
        raise Problem("unknown-form", form=form, version=version)
    return append([Draft("form", author, {"form": form, "version": version, "verb": CLOSE if closed else RETIRE})])[0]


def is_closed(form: str, version: str) -> bool:
    """Whether nothing new may come with a version of a form."""
    words = sql.run(
        "SELECT verb FROM intake_form WHERE form = %s AND version = %s ORDER BY tick DESC, recorded DESC, entry DESC "
        "LIMIT 1",
        [form, version],
    )
    return words == [(CLOSE,)]


def _new(xform: bytes, source: bytes, author: str, media: Mapping[str, bytes]) -> Iterator[Draft]:
    definition = definition_in(xform)
    known = _find(definition.id, definition.version)
    if known is None or (known.retired and _says_the_same(known, definition)):
        body = {"form": definition.id, "version": definition.version, "verb": "publish"}
        parts = {"xform": Part(XFORM, xform)} | ({"xlsform": _source(source)} if source else {})
        parts |= {MEDIA + name: Part(mimetypes.guess_type(name)[0] or OTHER, each) for name, each in media.items()}
        yield Draft("form", author, body, parts)
    elif not _says_the_same(known, definition):
        raise Problem("form-changed", form=definition.id, version=definition.version)


def _source(content: bytes) -> Part:
    return Part(WORKBOOK if content.startswith(b"PK") else XLSFORM, content)


def _says_the_same(known: Form, definition: Definition) -> bool:
    """Whether two XForms ask and save the same, though perhaps another version of the compiler wrote them."""
    held = _held(known.commitment)
    return held is None or {**vars(held), **_SEEMING} == {**vars(definition), **_SEEMING}


_SEEMING = {"xform": b"", "saved": None}


def published() -> list[Form]:
    """Every version of every form that was published, by form and version."""
    return _latest(list(PublishedForm.objects.order_by("tick", "recorded", "entry")))


def offered(all_versions: bool = False) -> list[Form]:
    """The newest version of each form that is not retired, as the journal has them; or all that are not retired."""
    words = list(PublishedForm.objects.order_by("tick", "recorded", "entry"))
    place = {word.entry: index for index, word in enumerate(words)}
    held = sorted((each for each in _latest(words) if not each.retired), key=lambda each: place[each.entry])
    return held if all_versions else list({each.form: each for each in held}.values())


def definition_held(commitment: str) -> Definition | None:
    """The definition in a sealed part of a form; None where it is not held here."""
    return _held(commitment)


def definition_of(form: str, version: str) -> Definition:
    """The definition with which a submission is read, also when that version is retired. Raises Problem for none."""
    key = (directory.current().node.id, form, version)
    if key not in _known and (found := _find(form, version)):
        _known[key] = found.commitment
    held = _held(_known[key]) if key in _known else None
    if held is None:
        raise Problem("unknown-form", form=form, version=version)
    return held


# The first XForm of a version stands for ever; what was found need not be looked for again.
_known: dict[tuple[str, str, str], str] = {}


def _find(form: str, version: str) -> Form | None:
    words = list(PublishedForm.objects.filter(form=form, version=version).order_by("tick", "recorded", "entry"))
    return next(iter(_latest(words)), None)


def _latest(words: list[PublishedForm]) -> list[Form]:
    """Of all that was said of a version in order: the first XForm stands, the last verb holds."""
    found: dict[tuple[str, str], Form] = {}
    for word in words:
        first = found.get((word.form, word.version))
        entry, commitment = (first.entry, first.commitment) if first else (word.entry, word.commitment)
        if not commitment:
            entry, commitment = word.entry, word.commitment
        key = (word.form, word.version)
        found[key] = Form(*key, entry, commitment, word.verb in (RETIRE, CLOSE), word.verb == CLOSE)
    return sorted((form for form in found.values() if form.commitment), key=lambda form: (form.form, form.version))


@cache
def _read_held(commitment: str) -> Definition:
    xform = read_part(commitment)
    if xform is None:
        raise LookupError(commitment)
    return definition_in(xform)


def _held(commitment: str) -> Definition | None:
    """The definition in a sealed part. What was found is remembered, for a commitment never means anything else."""
    try:
        return _read_held(commitment)
    except LookupError:
        return None
