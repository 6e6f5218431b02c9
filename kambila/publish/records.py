"""What of the registry may leave the house: public records, with their public fields and no others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kambila.figures.models import Release
from kambila.journal.models import EntryRow
from kambila.registry import access
from kambila.registry.models import Record
from kambila.registry.replay import replayed

Row = dict[str, Any]
SAID = ("report", "decision", "countersign", "receive")  # entries that change what is known


def public(model: type[Record], **filters: Any) -> list[Row]:
    """The records that somebody who is not signed in may see, as {field: value}; a field that is not public is None.

    Links are UUIDs. `filters` may name public fields only, so that no absence tells what is restricted.
    """
    allowed = set(access.fields(None, model)) | {"id"}
    if refused := {name.partition("__")[0] for name in filters} - allowed:
        raise ValueError(f"not public: {', '.join(sorted(refused))}")
    found = access.visible(None, model).filter(**filters).order_by("code", "id")
    return [_row(record, model) for record in found]


def _row(record: Record, model: type[Record]) -> Row:
    shown = access.fields(None, model, record)
    fields = [field for field in model._meta.concrete_fields if field.name in shown]
    return {"id": record.id, **{field.name: getattr(record, field.attname) for field in fields}}


@contextmanager
def as_known(release: Release) -> Iterator[None]:
    """The registry as it was known when the release was made: a replay where anything was said since."""
    if not EntryRow.objects.filter(recorded__gt=release.known_at, kind__in=SAID).exists():
        yield
        return
    with replayed(release.known_at):
        yield
