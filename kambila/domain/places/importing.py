"""Places come in through the journal like everything else: as reports, each accepted by a decision.

The id of a place follows from its P-code, so that the same file read twice speaks of the same records and says nothing
new.
"""

from __future__ import annotations

import itertools
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson
from django.utils.translation import gettext as _

from kambila.domain.places import gazetteer
from kambila.domain.places.gazetteer import Found
from kambila.domain.places.models import AdminArea, Village
from kambila.journal import Draft, Part, append, clock
from kambila.registry.fields import Stated
from kambila.registry.history import shown
from kambila.registry.models import Change, Record, stated_fields

CHUNK = 1_000  # changes in a report
FORM = "places-import"
MODELS: dict[str, type[Record]] = {"admin_area": AdminArea, "village": Village}


@dataclass
class Outcome:
    """What an import did."""

    counts: Counter[str] = field(default_factory=Counter)  # new, changed, unchanged, refused
    refused: list[Found] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)


def place_id(pcode: str) -> str:
    """The id of the record of a P-code."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"kambila:place:{pcode}"))


def import_file(path: Path, author: str, said: Callable[[int], None] = lambda rows: None) -> Outcome:
    """Import a file of places; `said` hears how many rows were dealt with. Raises Problem when it is none."""
    return import_rows(gazetteer.read(path), author, said, source=path)


def import_rows(
    rows: Iterable[Found], author: str, said: Callable[[int], None] = lambda rows: None, source: Path | None = None
) -> Outcome:
    """Import rows: a report of what is new or differs for every thousand, and the decision that accepts it."""
    outcome, parents = Outcome(), dict(AdminArea.objects.values_list("pcode", "parent__pcode"))
    rows = _once(rows)
    while chunk := list(itertools.islice(rows, CHUNK)):
        good = [each for each in chunk if not each.refused]
        outcome.refused += [each for each in chunk if each.refused]
        parents.update({each.pcode: each.parent for each in good if each.kind == "admin_area"})
        changes = _changes(good, parents, outcome.counts)
        if changes:
            outcome.reports.append(_report(changes, author, source if not outcome.reports else None))
        said(len(chunk))
    outcome.counts["refused"] = len(outcome.refused)
    return outcome


def _once(rows: Iterable[Found]) -> Iterator[Found]:
    """The rows, a P-code that comes a second time refused."""
    seen: set[str] = set()
    for row in rows:
        if not row.refused and row.pcode in seen:
            row = replace(row, refused=_("Its P-code stands in the file a second time."))
        seen.add(row.pcode)
        yield row


def _changes(rows: list[Found], parents: Mapping[str, str | None], counts: Counter[str]) -> list[dict[str, Any]]:
    """The changes that these rows make to what is known; `counts` is told what each row is."""
    known = {kind: _known(model, [place_id(row.pcode) for row in rows]) for kind, model in MODELS.items()}
    changes = []
    for row in rows:
        stated = {**row.values, **_within(row, parents)}
        record = known[row.kind].get(place_id(row.pcode))
        news = stated if record is None else _differences(record, stated, row)
        counts["new" if record is None else "changed" if news else "unchanged"] += 1
        if news:
            change = {"kind": row.kind, "id": place_id(row.pcode), "values": news, "date": row.date or _today()}
            if record is not None:
                refs = shown(row.kind, record.id)
                change["base"] = {name: refs[name] for name in news if name in refs}
            changes.append(change)
    return changes


def _known(model: type[Record], ids: list[str]) -> dict[str, Record]:
    return {record.id: record for record in model._default_manager.filter(pk__in=ids)}


def _within(row: Found, parents: Mapping[str, str | None]) -> dict[str, Any]:
    """The areas that a place lies in, from its parent upwards; and the link to the parent of an area."""
    chain = [row.pcode] if row.kind == "admin_area" else []
    above: str | None = row.parent
    while above and above not in chain:
        chain.append(above)
        above = parents.get(above)
    if row.kind == "village":
        # Its commune may not be known yet; then only the commune is stated.
        found = dict(zip(("adm3", "adm2", "adm1"), chain, strict=False))
    else:
        found = dict(zip(("adm1", "adm2", "adm3"), reversed(chain[: _depth(row)]), strict=False))
    if row.kind == "admin_area" and row.parent:
        found["parent"] = place_id(row.parent)
    return found


def _depth(row: Found) -> int:
    """How many of adm1 to adm3 an area has: its level."""
    return int(str(row.values["level"])[-1])


def _differences(record: Record, stated: Mapping[str, Any], row: Found) -> dict[str, Any]:
    """What the row says otherwise than the record, unless a report has said so before and a later one knew better."""
    fields = stated_fields(type(record))
    news = {name: value for name, value in stated.items() if not _is_known(record, fields[name], value)}
    if news:
        said = [
            orjson.loads(each)["values"]
            for each in Change.objects.filter(kind=row.kind, record=record.id, counts=True).values_list(
                "stated", flat=True
            )
        ]
        news = {name: value for name, value in news.items() if all(each.get(name) != value for each in said)}
    return news


def _is_known(record: Record, field: Stated, value: Any) -> bool:
    wanted = field.store(field.read(value))
    held = [getattr(record, column) for column in field.columns()]
    return all(_plain(a) == _plain(b) for a, b in zip(wanted, held, strict=True))


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, bytes | memoryview) else None if value is None else str(value)


def _report(changes: list[dict[str, Any]], author: str, source: Path | None) -> str:
    """Write a report and the decision that accepts it; the file itself is kept with the first."""
    dates = Counter(change["date"] for change in changes)
    date = dates.most_common(1)[0][0]
    body = {
        "form": FORM,
        "version": "1",
        "reporter": author,
        "office": "",
        "organisation": "",
        "code": "",
        "date": date,
        "instance": "",
        "changes": [{k: v for k, v in change.items() if (k, v) != ("date", date)} for change in changes],
    }
    parts = {f"file/{source.name}": Part("application/octet-stream", source)} if source else {}
    report = Draft(kind="report", author=author, body=body, parts=parts)
    reason = Part("text/plain", _("Reference data imported by the programme.").encode())
    decision = Draft("decision", author, {"verb": "accept", "report": report.id, "base": {}}, {"reason": reason})
    append([report, decision])
    return report.id


def _today() -> str:
    return clock.now().date().isoformat()
