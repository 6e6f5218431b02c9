"""Records as choices of a form in the browser: the CSV behind an `instance` of ``jr://file-csv/KIND.csv``."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kambila.intake.definition import Definition
from kambila.registry import access
from kambila.registry.kinds import kinds

FILE = re.compile(r"jr://file(?:-csv)?/([^\"'<>]+)")
MOST = 20_000  # rows of a list


def files_of(definition: Definition) -> list[str]:
    """The names of the files that a form asks for."""
    return sorted(set(FILE.findall(definition.xform.decode())))


def csv_of(account: Any, definition: Definition, name: str) -> bytes | None:
    """The records of a kind that the account sees: id, label, and what the form names of them; None for no such list.

    Only columns that may be shown of every record that the account sees; what identifies a person is never one.
    """
    kind = name.removesuffix(".csv")
    if name not in files_of(definition) or kind not in kinds():
        return None
    named = definition.xform.decode()
    shown = access.fields(account, kinds()[kind])
    columns = [each for each in shown if re.search(rf"[/\[(\s]{each}\b", named)]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["name", "label", *columns])
    for row in _rows(account, kind, columns):
        writer.writerow([row["id"], _label(row, kind), *(_text(row[each]) for each in columns)])
    return out.getvalue().encode()


def labels_of(account: Any, definition: Definition, name: str) -> list[tuple[str, str]]:
    """(id, label) of the same records, for a list on a page; none where there is no such list."""
    kind = name.removesuffix(".csv")
    if name not in files_of(definition) or kind not in kinds():
        return []
    return [(row["id"], _label(row, kind)) for row in _rows(account, kind, ())]


def _rows(account: Any, kind: str, columns: Sequence[str]) -> Iterable[dict[str, Any]]:
    model = kinds()[kind]
    title = [model.title_field] if model.title_field in access.fields(account, model) else []
    wanted = dict.fromkeys(["id", "code", *title, *columns])
    return access.visible(account, model).order_by("code").values(*wanted)[:MOST]


def _label(row: Mapping[str, Any], kind: str) -> str:
    """Code and title; where the title may not be shown, it is not in the row."""
    known = (row.get(each) for each in ("code", kinds()[kind].title_field) if each)
    return " ".join(str(each) for each in known if each) or row["id"][:8]


def _text(value: Any) -> str:
    if value is None or isinstance(value, bytes | memoryview):
        return ""
    return " ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
