"""Commands about forms: `forms list`, `show`, `xml`, `draft`, `test`, `publish`, `retire`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from kambila.intake.definition import Definition

VERSION = click.option("--version", default="", help="A version that was published; by default the newest.")


@click.group()
def forms() -> None:
    """Forms that phones and browsers fill: list, show, xml, draft, test, publish, retire."""


@forms.command("list")
@click.option("--json", "as_json", is_flag=True, help="[{form, version, title, kinds, state}]")
def list_(as_json: bool) -> None:
    """Every version that was published, retired ones too, drafts, and the forms that nobody published yet."""
    rows = _rows()
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['form']:24}  {row['version']:12}  {row['state']:9}  {row['title']}")


def _rows() -> list[dict[str, Any]]:
    from kambila.intake import forms as published_forms
    from kambila.intake.openrosa import drafts

    rows = []
    for each in published_forms.published():
        definition = published_forms.definition_of(each.form, each.version)
        rows.append(_row(definition, "closed" if each.closed else "retired" if each.retired else "published"))
    known = {(row["form"], row["version"]) for row in rows}
    boxed = [published_forms.in_box(name) for name in published_forms.box()]
    rows += [_row(each, "box") for each in boxed if (each.id, each.version) not in known]
    rows += [_row(each, "draft") for each in drafts.definitions()]
    return sorted(rows, key=lambda row: (row["form"], row["version"]))


def _row(definition: Definition, state: str) -> dict[str, Any]:
    kinds = list(dict.fromkeys(entity.kind for entity in definition.entities.values()))
    return {"form": definition.id, "version": definition.version, "title": definition.title} | {
        "kinds": kinds,
        "state": state,
    }


@forms.command()
@click.argument("form")
@VERSION
@click.option("--json", "as_json", is_flag=True, help="{form, version, title, languages, questions: [{path, …}]}")
def show(form: str, version: str, as_json: bool) -> None:
    """The questions of a form, and the field of which kind of record each answer becomes."""
    definition = _definition(form, version)
    questions = [_question(definition, path) for path in definition.binds]
    if as_json:
        told: dict[str, Any] = {"form": definition.id, "version": definition.version, "title": definition.title}
        told |= {"languages": list(definition.languages), "questions": questions}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(f"{definition.id}  {definition.version}  {definition.title}")
    for each in questions:
        if each["label"] or each["field"]:
            target = f"→ {each['kind']}.{each['field']}" if each["field"] else ""
            mark = _("required") if each["required"] else ""
            click.echo(f"    {each['path']}  {each['type']}  {each['label']}  {target}  {mark}".rstrip())


def _question(definition: Definition, path: str) -> dict[str, Any]:
    bind, saved = definition.binds[path], definition.saved.get(path)
    entity, field = saved if saved else (None, "")
    return {
        "path": path,
        "type": bind.type,
        "label": _in_language(definition.labels.get(path) or {}),
        "kind": entity.kind if entity else "",
        "field": field,
        "required": bind.required,
    }


def _in_language(words: Any) -> str:
    """The words in the language of the command line, else in whichever there is. Words are {language: text}."""
    if isinstance(words, str):
        return words
    wanted = (get_language() or "en")[:2]
    return next((text for name, text in words.items() if f"({wanted})" in name or name == wanted), "") or next(
        iter(words.values()), ""
    )


@forms.command()
@click.argument("form")
@VERSION
def xml(form: str, version: str) -> None:
    """The XForm itself, as a phone gets it; for ODK Collect, Enketo or any OpenRosa client."""
    click.echo(_definition(form, version).xform.decode(), nl=False)


AUTHOR = click.option("--as", "author", required=True, metavar="USER", help="Who does it.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MEDIA = click.option("--media", multiple=True, type=FILE, help="A picture, sound or table that the form shows.")


@forms.command()
@click.argument("file", type=FILE)
@MEDIA
@AUTHOR
def draft(file: Path, media: tuple[Path, ...], author: str) -> None:
    """Keep a form to be tried: FILE is an XLSForm (.xlsx, or .md as text tables) or an XForm (.xml).

    Prints the address at which phones try it. What is sent there is checked and answered, and never counts.
    """
    from kambila.intake.openrosa import drafts

    _must_be_allowed(author)
    xform, source = _compiled(file)
    kept, secret = drafts.keep(xform, source, _read(media), author)
    click.echo(f"{kept.form}  {kept.version}")
    click.echo(_test_address(secret))


@forms.command()
@click.argument("form")
@click.option("--new-address", is_flag=True, help="Print a new address for trying it; the earlier one ends.")
@click.option("--json", "as_json", is_flag=True, help="[{instance, received, files, said, findings}]")
def test(form: str, new_address: bool, as_json: bool) -> None:
    """What was sent to the draft of a form: the records it would have stated, and what the review found."""
    from kambila.intake.openrosa import drafts

    found = drafts.find(form)
    if new_address:
        click.echo(_test_address(drafts.new_address(found)))
        return
    rows = drafts.tried(found)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['received'][:16]}  {row['instance']}")
        for each in row["said"]:
            click.echo(f"    {each['kind']}  {json.dumps(each['values'], ensure_ascii=False)}")
        for each in row["findings"]:
            click.echo(f"    {each['level']}: {each['sentence']}")


@forms.command()
@click.argument("what", required=False, metavar="[FILE or FORM]")
@MEDIA
@AUTHOR
def publish(what: str | None, media: tuple[Path, ...], author: str) -> None:
    """Publish a form: FILE as for `draft`, or FORM the id of a draft. Phones are offered it from now on.

    Without either, the forms that the areas bring and that are not published yet.
    """
    from kambila.intake import forms as published_forms
    from kambila.intake.openrosa import drafts

    _must_be_allowed(author)
    if not what:
        entries = published_forms.publish_forms(author)
    elif Path(what).is_file():
        xform, source = _compiled(Path(what))
        entries = drafts.publish(xform, source, _read(media), author)
    else:
        entries = drafts.publish_draft(what, author)
    for entry in entries:
        click.echo(f"{entry.body['form']}  {entry.body['version']}")


@forms.command()
@click.argument("form")
@VERSION
@click.option("--closed", is_flag=True, help="Refuse what still comes; it is kept in quarantine.")
@AUTHOR
def retire(form: str, version: str, closed: bool, author: str) -> None:
    """Offer a form no longer (its newest version, or --version). What was sent stays; what still comes is taken in."""
    from kambila.intake import forms as published_forms

    _must_be_allowed(author)
    version = version or _definition(form, "").version
    published_forms.retire(form, version, author, closed)
    click.echo(f"{form}  {version}")


def _must_be_allowed(author: str) -> None:
    from kambila.accounts.roles import may
    from kambila.journal.errors import Problem

    if not (may(author, "settings") or may(author, "grant")):
        raise Problem("may-not", account=author, action="settings")


def _compiled(file: Path) -> tuple[bytes, bytes]:
    """(XForm, the XLSForm it was compiled from or nothing)."""
    from kambila.intake import forms as published_forms

    content = file.read_bytes()
    if file.suffix == ".xml":
        return content, b""
    if file.suffix == ".xlsx":
        return published_forms.compile_workbook(content, file.stem), content
    return published_forms.compile_form(content.decode(errors="replace"), file.stem), content


def _read(files: tuple[Path, ...]) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in files}


def _test_address(secret: str) -> str:
    from django.conf import settings

    return f"{settings.ADDRESS}/test/{secret}"


def _definition(form: str, version: str) -> Definition:
    """A published version, the newest without a version; else the form that the areas bring."""
    from kambila.intake import forms as published_forms

    if version:
        return published_forms.definition_of(form, version)
    known = [each for each in published_forms.published() if each.form == form and not each.retired]
    if known:
        return published_forms.definition_of(form, known[-1].version)
    return published_forms.in_box(form)


COMMANDS: list[click.Command] = [forms]
