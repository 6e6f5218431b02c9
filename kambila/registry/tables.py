"""The tables of the registry are built from the models, and rebuilt by a replay when the models have changed."""

from __future__ import annotations

import hashlib
import uuid

from django.apps import apps
from django.db import connection, models

from kambila.registry import spatial
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import Built


def derived_models() -> list[type[models.Model]]:
    """Every model whose table can be thrown away and derived again."""
    own = [model for model in apps.get_app_config("registry").get_models() if not model._meta.abstract]
    return [*own, *kinds().values()]


def fingerprint() -> str:
    """What the tables look like and which rules fill them, as one hash: another one means that a replay is due."""
    said = [*spatial.layout()]
    for model in derived_models():
        columns = [(f.column, f.db_type(connection)) for f in model._meta.concrete_fields]
        said.append(repr((model._meta.db_table, columns)))
    for kind in sorted(kinds()):
        plan = plan_of(kind)
        rules = [
            (name, f.derived.version if f.derived else 0, f.danger, f.sealed)
            for name, f in sorted({**plan.stated, **plan.own_rules, **plan.rollups}.items())
        ]
        said.append(
            repr((kind, plan.time, plan.model.is_danger, plan.model.danger_field, plan.model.two_people, rules))
        )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def are_current() -> bool:
    """Whether the tables are those that this version would build."""
    if Built._meta.db_table not in connection.introspection.table_names():
        return False
    found = Built.objects.filter(key="fingerprint").first()
    return found is not None and found.value == fingerprint()


def build() -> None:
    """Drop what is derived and make empty tables. Within the caller's transaction."""
    existing = set(connection.introspection.table_names())
    spatial.drop()
    quote = connection.ops.quote_name
    with connection.schema_editor(atomic=False) as editor:
        for model in reversed(derived_models()):
            if model._meta.db_table in existing:
                editor.execute(f"DROP TABLE {quote(model._meta.db_table)}")
        for model in derived_models():
            editor.create_model(model)
    spatial.create()
    Built.objects.create(key="fingerprint", value=fingerprint())
    Built.objects.create(key="built", value=str(uuid.uuid4()))  # so that copies notice that all of it is new
