"""Records, kinds and forms as the API tells them: only what the account may see, and never what identifies a person."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import shapely

from kambila.accounts import roles
from kambila.accounts.keys import allows_form
from kambila.accounts.models import Account
from kambila.intake.api.schemas import FieldTold, FormTold, FormWhole, Kind, Question, RecordTold
from kambila.intake.definition import Definition
from kambila.intake.forms import Form, definition_of, published
from kambila.journal import directory
from kambila.registry import access
from kambila.registry.fields import Code, Codes, Shape, Stated
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import Record


def kind(name: str) -> Kind:
    """A kind with its fields, in the reader's language."""
    model, plan = kinds()[name], plan_of(name)
    derived = {**plan.own_rules, **plan.rollups}
    told = [_field(name, each, False) for each in plan.stated.values()]
    told += [_field(name, each, True) for each in derived.values()]
    return Kind(
        kind=name,
        title=str(model._meta.verbose_name),
        area=model._meta.app_label,
        event_date=model.event_date or None,
        is_danger=model.is_danger,
        fields=told,
    )


def _field(kind: str, field: Stated, derived: bool) -> FieldTold:
    plan = plan_of(kind)
    return FieldTold(
        name=field.name,
        title=str(field.verbose_name),
        type=type(field).__name__.lower(),
        required=field.required,
        personal=field.personal,
        derived=derived,
        links_to=plan.links.get(field.name) or plan.several.get(field.name),
        codes={str(code): str(label) for code, label in field.codes.choices}
        if isinstance(field, Code | Codes) and field.codes
        else None,
    )


def record(account: Account, kind: str, row: Record) -> RecordTold:
    """A record that `access.visible` gave."""
    values: dict[str, Any] = {}
    for name in access.fields(account, kinds()[kind], row):
        field: Any = row._meta.get_field(name)
        value = getattr(row, field.attname)
        if value is not None and not field.sealed:
            values[name] = _plain(field, value)
    return RecordTold(
        kind=kind,
        id=row.pk,
        code=row.code or None,
        example=directory.current().node.example,
        information_date=None if row.information_date is None else row.information_date.isoformat(),
        last_entry=row.last_entry,
        values=values,
    )


def _plain(field: Stated, value: Any) -> Any:
    if isinstance(field, Shape):
        return json.loads(shapely.to_geojson(shapely.from_wkb(bytes(value))))
    if isinstance(value, Decimal | datetime.date):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def open_forms(account: Account) -> Iterable[tuple[Form, Definition]]:
    """The forms that an account may send now: of each the latest version that is not retired."""
    latest = {each.form: each for each in published() if not each.retired and allows_form(account, each.form)}
    for each in latest.values():
        definition = definition_of(each.form, each.version)
        if all(roles.may(account, "report", entity.kind) for entity in definition.entities.values()):
            yield each, definition


def form(definition: Definition) -> FormTold:
    return FormTold(
        form=definition.id,
        version=definition.version,
        titles=dict(definition.titles()),
        kinds=sorted({each.kind for each in definition.entities.values()}),
    )


def form_whole(definition: Definition) -> FormWhole:
    asked = [path for path in definition.order if path in definition.labels or path in definition.repeats]
    questions = [_question(definition, path) for path in asked]
    return FormWhole(**form(definition).model_dump(), questions=questions)


def _question(definition: Definition, path: str) -> Question:
    bind = definition.binds.get(path)
    choices = definition.choices.get(path)
    saved = definition.saved.get(path)
    return Question(
        path=path,
        name=path.rpartition("/")[2],
        type="" if bind is None else bind.type,
        required=bind is not None and bind.required,
        repeat=path in definition.repeats,
        labels=dict(definition.labels.get(path, {})),
        choices={name: dict(each.labels) for name, each in choices.items()} if choices else None,
        saved_to=f"{saved[0].kind}.{saved[1]}" if saved else None,
    )
