"""What is drawn becomes a report like any other: looked at by the checks before it is written, and waiting afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kambila.intake import body, codes, errors  # noqa: F401  the catalogue
from kambila.intake.about_records import day_of
from kambila.intake.authority import must_with_report
from kambila.intake.drawing.seen import Seen
from kambila.intake.review import Finding, review_entry
from kambila.intake.sender import said_of
from kambila.intake.sheets.rows import proposed
from kambila.intake.submissions import Said
from kambila.intake.values import state
from kambila.journal import Draft, Part, append, clock
from kambila.journal.entry import Entry, new_id
from kambila.journal.errors import Problem
from kambila.registry.gazetteer import LEVELS, chain_of, names_of
from kambila.registry.kinds import plan_of


@dataclass
class Drawn:
    """A geometry of a record: of a known one (`record` is its row), or of a new one about which `values` are stated.

    `stated` is GeoJSON; `answers` are texts as they were typed, by field; `place` is a P-code.
    """

    kind: str
    name: str
    stated: Mapping[str, Any]
    record: Any = None
    answers: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    date: str = ""

    def body(self, account: Any) -> dict[str, Any]:
        """The report as it would be written, without codes."""
        office, organisation = said_of(account)
        if self.record is not None:
            office, organisation = self.record.office, self.record.organisation
        values = {**self._values(), self.name: dict(self.stated)}
        id = self.record.pk if self.record is not None else new_id()
        return {
            "form": self.kind, "version": "", "reporter": account.username, "office": office,
            "organisation": organisation, "code": "", "date": day_of(self.date), "instance": "",
            "changes": [{"kind": self.kind, "id": id, "values": values}],
        }  # fmt: skip

    def _values(self) -> dict[str, Any]:
        fields, resolve = plan_of(self.kind).stated, codes.Resolver()
        said = {name: text.strip() for name, text in self.answers.items() if name in fields and text.strip()}
        values = {name: state(fields[name], text, {}, resolve) for name, text in said.items()}
        if (place := self.place.strip()) and set(LEVELS) <= fields.keys():
            if not names_of([place]):
                raise Problem("no-such-place", place=place)
            values |= dict(zip(LEVELS, chain_of(place), strict=False))
        return values


def looked_at(account: Any, drawn: Drawn) -> tuple[Entry, list[Finding]]:
    """The report as it would be, and what the checks find in it, as far as the account sees what they look at."""
    entry = proposed(new_id(), account.username, drawn.body(account), clock.text(clock.now()))
    return entry, review_entry(entry, Seen(account))


def report(account: Any, drawn: Drawn, reason: str) -> Entry:
    """Write the report. Raises Problem for who may not report this here, for a date that is none and without a reason."""
    if not reason.strip():
        raise Problem("no-reason")
    told = drawn.body(account)
    must_with_report(account, "report", proposed(new_id(), account.username, told, clock.text(clock.now())))
    [change] = told["changes"]
    said = Said(change["kind"], change["id"], drawn.record is None, None, values=change["values"])

    def written() -> list[Draft]:
        body.give_codes([said])
        told["code"] = codes.give({codes.REPORT: 1})[codes.REPORT][0]
        return [Draft("report", account.username, told, {"reason": Part("text/plain", reason.strip().encode())})]

    return append(written)[0]
