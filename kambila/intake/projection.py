"""What intake derives from the journal: the forms that were published, and the codes that were taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kambila.intake.codes import NUMBERED
from kambila.intake.models import Form, TakenCode
from kambila.journal.entry import Entry
from kambila.journal.parts import named
from kambila.registry import sql


class Intake:
    """Tables that depend only on the set of entries."""

    def reset(self) -> None:
        Form.objects.all().delete()
        TakenCode.objects.all().delete()

    def apply(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.kind == "form":
                _take_form(entry)
        taken = [each for entry in entries if entry.kind == "report" for each in _codes(entry)]
        sql.insert("intake_code", ("code", "stem", "number", "kind", "record"), taken)


def _take_form(entry: Entry) -> None:
    form, version, verb = (str(entry.body.get(each, "")) for each in ("form", "version", "verb"))
    xform = named(entry.sealed, "xform") if verb == "publish" else ""
    if verb not in ("publish", "retire") or xform is None:
        return
    values = {
        "form": form[:100],
        "version": version[:250],
        "title": str(entry.body.get("title", ""))[:250],
        "digest": str(entry.body.get("digest", ""))[:64],
        "xform": xform,
        "tick": entry.tick,
        "recorded": entry.recorded,
    }
    Form.objects.update_or_create(entry=entry.id, defaults=values)


def _codes(entry: Entry) -> Iterator[tuple[str, str, int, str, str]]:
    said = [("", entry.id, entry.body.get("code"))]
    for change in entry.body.get("changes", []):
        values = change.get("values", {})
        said.append((change.get("kind", ""), change.get("id", ""), values.get("code")))
        said.append((change.get("kind", ""), change.get("id", ""), values.get("pcode")))
    for kind, record, code in said:
        if isinstance(code, str) and 0 < len(code) <= 60:
            numbered = NUMBERED.fullmatch(code)
            stem, number = (numbered.group(1), int(numbered.group(2))) if numbered else (code, 0)
            yield code, stem, number, kind[:60], record[:36]
