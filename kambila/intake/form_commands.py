"""Commands about forms: `forms list`, `show`, `xml`, `publish`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from kambila.intake.definition import Definition

VERSION = click.option("--version", default="", help="A version that was published; by default the newest.")


@click.group()
def forms() -> None:
    """Forms that phones and browsers fill: list, show, xml, publish."""


@forms.command("list")
@click.option("--json", "as_json", is_flag=True, help="[{form, version, title, kinds, state}]")
def list_(as_json: bool) -> None:
    """Every version that was published, retired ones too, and the forms that the areas bring and nobody published."""
    rows = _rows()
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['form']:24}  {row['version']:12}  {row['state']:9}  {row['title']}")


def _rows() -> list[dict[str, Any]]:
    from kambila.intake import forms as published_forms

    rows = []
    for each in published_forms.published():
        definition = published_forms.definition_of(each.form, each.version)
        rows.append(_row(definition, "retired" if each.retired else "published"))
    known = {(row["form"], row["version"]) for row in rows}
    boxed = [published_forms.in_box(name) for name in published_forms.box()]
    rows += [_row(each, "box") for each in boxed if (each.id, each.version) not in known]
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


@forms.command()
@click.option("--as", "author", required=True, metavar="USER", help="Who publishes.")
def publish(author: str) -> None:
    """Publish the forms that the areas bring and that are not published yet; they can then be filled and sent."""
    from kambila.accounts.roles import may
    from kambila.intake import forms as published_forms
    from kambila.journal.errors import Problem

    if not (may(author, "settings") or may(author, "grant")):
        raise Problem("may-not", account=author, action="settings")
    for entry in published_forms.publish_forms(author):
        click.echo(f"{entry.body['form']}  {entry.body['version']}")


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
