"""Reading the golden journal, and the registry that it gives. `python -m tests.golden.make` wrote version 1."""

from __future__ import annotations

import base64
import json
import zipfile
from pathlib import Path
from typing import Any

from kambila.journal import exchange
from kambila.registry.fields import Derivation
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import Alias, Code, Conflict, Decision, Report

HERE = Path(__file__).parent


def pack(version: int, to: Path) -> Path:
    """The golden journal of a version as a file that another office would send."""
    lines = (HERE / f"v{version}.jsonl").read_text()
    kept = json.loads((HERE / f"v{version}-parts.json").read_text())
    with zipfile.ZipFile(to, "w") as file:
        file.writestr("entries.jsonl", lines)
        for commitment, content in kept.items():
            file.writestr(f"parts/{commitment}", base64.b64decode(content))
        file.writestr("manifest.json", json.dumps({"format": exchange.FORMAT, "since": {}, "head": {}}))
    return to


def unpack(file: Path, version: int) -> None:
    """Keep a file that was exported as the golden journal of a version."""
    with zipfile.ZipFile(file) as packed:
        (HERE / f"v{version}.jsonl").write_bytes(packed.read("entries.jsonl"))
        names = sorted(name for name in packed.namelist() if name.startswith("parts/"))
        kept = {name.removeprefix("parts/"): base64.b64encode(packed.read(name)).decode() for name in names}
    (HERE / f"v{version}-parts.json").write_text(json.dumps(kept, indent=1) + "\n")


def registry() -> dict[str, Any]:
    """What is known: for each record its stated fields (computed ones carry the version of their rule and are left out)."""
    found: dict[str, Any] = {}
    for kind, model in kinds().items():
        fields = [name for name, field in plan_of(kind).stated.items() if not isinstance(field.derived, Derivation)]
        rows = [_row(record, fields) for record in model.objects.order_by("id")]
        if rows:
            found[kind] = rows
    found["conflicts"] = sorted(map(list, Conflict.objects.values_list("kind", "record", "field", "sides")))
    found["codes"] = sorted(map(list, Code.objects.values_list("code", "kind", "record")))
    found["aliases"] = sorted(map(list, Alias.objects.values_list("kind", "record", "root")))
    found["reports"] = sorted(map(list, Report.objects.values_list("id", "status", "counts")))
    found["decisions"] = sorted(map(list, Decision.objects.values_list("id", "verb", "effective", "waits")))
    return found


def _row(record: Any, fields: list[str]) -> dict[str, Any]:
    row = {"id": record.pk, "record_tier": record.record_tier, "information_date": str(record.information_date)}
    for name in fields:
        value = getattr(record, record._meta.get_field(name).attname)
        if value is not None:
            row[name] = bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)
    return row
