"""Records of a kind as a spreadsheet or a map file, as far as an account may see them; never what identifies a person."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from kambila.accounts.models import Opening
from kambila.intake.authority import known_account
from kambila.intake.sheets.own import EXAMPLE, HEADERS, exported, map_field
from kambila.intake.sheets.writing import MAPS, Sheet, write
from kambila.journal import clock, directory
from kambila.journal.errors import Problem
from kambila.registry import access
from kambila.registry.fields import RESTRICTED, Link, Narrative, Number, Several, Shape, Stated
from kambila.registry.kinds import model_of
from kambila.registry.openness import unseal

EXACT = 15  # digits that a spreadsheet keeps


def export(kind: str, to: Path, author: str, texts: str = "") -> int:
    """Write the records of a kind that an account may see; gives their number.

    `texts` is the reason for which free texts are opened too, where the account may open names: each opening is kept.
    Raises Problem for an account that may see none of the kind, and for a file of an unknown ending.
    """
    account, model = known_account(author), model_of(kind)
    fields = {name: each for name, each in exported(kind).items() if texts.strip() or not isinstance(each, Narrative)}
    is_map = to.suffix.lower() in MAPS
    drawn = map_field(kind) if is_map else None
    records = list(access.visible(account, model).order_by("code", "id"))
    if not records and not access.may_count(account, model):
        raise Problem("nothing-to-export", account=author, kind=kind)
    opened = _openable(account, model) if texts.strip() else set()
    columns = [HEADERS["id"], *(name for name in fields if name != drawn), *list(HEADERS.values())[1:]]
    example = directory.current().node.example
    lines = [_line(each, fields, drawn, account, opened, example) for each in records]
    shapes = [_shape(each, drawn, access.fields(account, model, each)) for each in records] if is_map else ()
    write(to, [Sheet(kind, [*columns, *([EXAMPLE] if example else [])], lines, shapes)])
    _log(account, kind, [each.pk for each in records if each.pk in opened], fields, texts)
    return len(records)


def _line(
    record: Any, fields: dict[str, Stated], drawn: str | None, account: Any, opened: set[str], example: bool
) -> list[Any]:
    shown = set(access.fields(account, type(record), record))
    line: list[Any] = [record.pk]
    for name, field in fields.items():
        if name != drawn:
            may = name in shown and (not field.sealed or record.pk in opened)
            line.append(value_of(field, record, name) if may else None)
    line += [record.information_date.isoformat() if record.information_date else None]
    # Who reported it is for those within whose scope the record lies.
    line += [record.office or None, record.organisation or None] if record.shown_tier == RESTRICTED else [None, None]
    return [*line, *(["true"] if example else [])]


def value_of(field: Stated, record: Any, name: str) -> Any:
    """The value of a field as a cell holds it, so that it reads back as the same."""
    value = getattr(record, field.attname)
    if value is None:
        return None
    if isinstance(field, Shape):
        import shapely

        return shapely.to_wkt(shapely.from_wkb(bytes(value)), rounding_precision=-1)
    if isinstance(field, Several):
        return " ".join(value)
    if isinstance(field, Number):
        return _number(value)
    if field.sealed:
        return unseal(value, name)
    return str(value) if isinstance(field, Link) else value


def _number(value: Decimal) -> Any:
    """A number where a spreadsheet keeps all of its digits, else a text."""
    if len(value.normalize().as_tuple().digits) > EXACT:
        return str(value)
    return int(value) if value == value.to_integral_value() else float(value)


def _shape(record: Any, drawn: str | None, shown: Sequence[str]) -> bytes | None:
    value = getattr(record, drawn) if drawn and drawn in shown else None
    return None if value is None else bytes(value)


def _openable(account: Any, model: Any) -> set[str]:
    scope = access.acting_scope(account, model, "open-names")
    return set(model._default_manager.filter(scope).values_list("pk", flat=True))


def _log(account: Any, kind: str, records: Sequence[str], fields: dict[str, Stated], texts: str) -> None:
    said = {"account": account.username, "kind": kind, "reason": texts.strip(), "opened": clock.now()}
    opened = [name for name, each in fields.items() if each.sealed]
    Opening.objects.bulk_create(Opening(record=id, field=name, **said) for id in records for name in opened)
