"""What becomes of rows that were read: judged as any report is, written with their evidence, accepted if that is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.utils.translation import gettext as _

from kambila.accounts.models import Account
from kambila.accounts.roles import held, may
from kambila.accounts.scopes import Scope
from kambila.intake import codes, decisions
from kambila.intake.authority import known_account, must_with_report
from kambila.intake.body import PLACE, give_codes, places_of
from kambila.intake.drafts import Known
from kambila.intake.lookup import entries_of
from kambila.intake.review import WHOLE, Finding, review_entries
from kambila.intake.sheets.firsts import Firsts
from kambila.intake.sheets.mapping import Codes, Fault, Mapped, columns_of
from kambila.intake.sheets.profile import Profile
from kambila.intake.writing import draft
from kambila.journal import Draft, Part, append, clock, read_part
from kambila.journal.entry import SCHEMA, Entry, new_id
from kambila.journal.parts import named
from kambila.registry import sql
from kambila.registry.kinds import plan_of

Key = tuple[str, str]


@dataclass(frozen=True)
class Acceptance:
    """Rows are accepted as they come in; those about which something is doubtful only with an answer."""

    reason: str
    answer: str = ""


@dataclass(frozen=True)
class Earlier:
    """The latest report, by a row of the same profile, about a record: its id, the number of the change, its date."""

    report: str
    index: int
    date: str


class Taker:
    """Takes in the rows of one file."""

    def __init__(self, profile: Profile, author: str, batch: str, acceptance: Acceptance | None) -> None:
        self.profile, self.author, self.batch, self.acceptance = profile, author, batch, acceptance
        self.account = known_account(author)
        self.codes = Codes()
        self._home = home_of(self.account)
        self._allowed: dict[tuple[str, str, str], bool] = {}
        self.met = Firsts()  # instances of rows of this file that came in before
        self._seen = Firsts()  # records with dates
        self._drawn = Firsts()  # geometries

    def judge(self, rows: Sequence[Mapped]) -> Sequence[Mapped]:
        """Say of each row what it becomes, what is wrong with it, and what is doubtful."""
        known = Known()
        known.learn((said.kind, said.id) for mapped in rows for said in mapped.said)
        earlier = self._earlier([mapped for mapped in rows if not mapped.faults])
        if self.profile.fills_places:
            fill_places([mapped for mapped in rows if not mapped.faults], known)
        before = entries_of(sorted({each.report for each in earlier.values()}))
        for mapped in rows:
            if not mapped.faults:
                self._must_be_allowed(mapped)
                self._once(mapped)
            if not mapped.faults:
                self._follow(mapped, earlier, before)
                mapped.known, mapped.id = known, new_id()
        self._review([mapped for mapped in rows if mapped.counts], known)
        return rows

    def _must_be_allowed(self, mapped: Mapped) -> None:
        """Nobody reports for an office or an organisation outside the own scope; a row that names none is for the own."""
        mapped.office = mapped.office or self._home.office
        mapped.organisation = mapped.organisation or self._home.organisation
        for kind in {said.kind for said in mapped.said}:
            key = (kind, mapped.office, mapped.organisation)
            if key not in self._allowed:
                self._allowed[key] = may(self.account, "report", kind, key[1] or None, key[2] or None)
            if not self._allowed[key]:
                where = ", ".join((*self.profile.office.columns, *self.profile.organisation.columns))
                told = _("%(account)s may not report for this office or organisation.") % {"account": self.author}
                mapped.faults.append(Fault(where, told, _("Let somebody import it who may.")))

    def _once(self, mapped: Mapped) -> None:
        """The same id with the same date twice in a file is a fault; the same geometry twice is doubtful."""
        for said in mapped.said:
            first = self._seen.first((said.kind, said.id, mapped.date), mapped.row.number)
            if first != mapped.row.number:
                mapped.faults.append(self._twice(first))
            for name in plan_of(said.kind).shapes:
                places = (said.values.get(name) or {}).get("coordinates")
                if places:
                    first = self._drawn.first((said.kind, name, repr(places)), mapped.row.number)
                    if first != mapped.row.number:
                        told = _("Row %(row)d has exactly the same geometry.") % {"row": first}
                        remedy = _("Look whether it is the same record under another id.")
                        mapped.doubts.append(Fault(columns_of(self.profile, said, name), told, remedy))

    def _twice(self, first: int) -> Fault:
        told = _("The same id with the same date stands in row %(row)d already.") % {"row": first}
        where = ", ".join(name for plan in self.profile.records for name in plan.identity.columns)
        return Fault(where, told, _("Give each record an id of its own, or leave one row out."))

    def _earlier(self, rows: Sequence[Mapped]) -> dict[Key, Earlier]:
        """What earlier files of this profile said of these records."""
        ids = {said.id for mapped in rows for said in mapped.said}
        found = sql.select(
            "SELECT c.kind, c.record, c.entry, c.number, r.date, c.tick FROM registry_change c "
            "JOIN registry_report r ON r.id = c.entry WHERE c.record IN ({keys}) AND r.form = %s",
            ids,
            self.profile.form,
        )
        return {(row[0], row[1]): Earlier(row[2], row[3], row[4]) for row in sorted(found, key=lambda row: row[5])}

    def _follow(self, mapped: Mapped, earlier: Mapping[Key, Earlier], before: Mapping[str, Entry]) -> None:
        """The report of a row: anew, restating the one before, or following it."""
        first = mapped.said[0] if mapped.said else None
        last = earlier.get((first.kind, first.id)) if first else None
        mapped.becomes = "new" if last is None else "changed"
        mapped.body = self._body(mapped)
        if last is None:
            return
        if last.date == mapped.date:
            if _says_the_same(before[last.report], mapped):
                mapped.becomes = "known"
            elif first_row := self.met.known(before[last.report].body.get("instance")):
                mapped.faults.append(self._twice(first_row))
            mapped.body["edits"] = last.report
            return
        for change in mapped.body["changes"]:
            known = earlier.get((change["kind"], change["id"]))
            if known is not None:
                said = before[known.report].body["changes"][known.index]
                both = {*change["values"], *change.get("sealed", {})} & {
                    *said.get("values", {}),
                    *said.get("sealed", {}),
                }
                change["base"] = {name: [f"{known.report}/{known.index}"] for name in sorted(both)}

    def _body(self, mapped: Mapped) -> dict[str, Any]:
        changes = []
        for index, said in enumerate(mapped.said):
            change: dict[str, Any] = {"kind": said.kind, "id": said.id, "values": said.values}
            if said.opened:
                change["sealed"] = dict.fromkeys(said.opened, f"change-{index}")
            changes.append(change)
        return {
            "form": self.profile.form,
            "version": self.profile.version,
            "reporter": self.author,
            "office": mapped.office,
            "organisation": mapped.organisation,
            "code": "",
            "date": mapped.date,
            "instance": mapped.instance,
            "batch": self.batch,
            "row": mapped.row.number,
            "changes": changes,
        }

    def _review(self, rows: Sequence[Mapped], known: Known) -> None:
        """The checks that any report meets: errors make a bad row, warnings go in with it."""
        now = clock.text(clock.now())
        for mapped in rows:
            mapped.entry = proposed(mapped.id, self.author, mapped.body, now)
        for mapped, findings in zip(rows, review_entries([each.entry for each in rows], known), strict=True):
            for finding in findings:
                fault = Fault(self._where(mapped, finding), finding.sentence, finding.remedy)
                (mapped.faults if finding.blocks else mapped.doubts).append(fault)

    def _where(self, mapped: Mapped, finding: Finding) -> str:
        if finding.index == WHOLE:
            return ", ".join(self.profile.date.columns) if finding.field == "date" else ""
        return columns_of(self.profile, mapped.said[finding.index], finding.field) if finding.field else ""

    def write(self, rows: Sequence[Mapped]) -> None:
        """Write the reports of rows, and where it is asked the decisions that accept them, in one transaction."""
        if rows:
            append(lambda: self._drafts(rows))

    def _drafts(self, rows: Sequence[Mapped]) -> list[Draft]:
        # Another import of the same file may have been faster; now the write lock is held.
        here = known_instances([mapped.instance for mapped in rows])
        rows = [mapped for mapped in rows if mapped.instance not in here]
        give_codes([said for mapped in rows for said in mapped.said if (said.kind, said.id) not in _shown(mapped)])
        given = codes.give({codes.REPORT: len(rows)})[codes.REPORT] if rows else []
        drafts = []
        for mapped, code in zip(rows, given, strict=True):
            mapped.body["code"] = code
            drafts.append(Draft("report", self.author, mapped.body, _parts(mapped), id=mapped.id))
        return drafts + self._acceptances(rows)

    def _acceptances(self, rows: Sequence[Mapped]) -> list[Draft]:
        if self.acceptance is None:
            return []
        good = [mapped for mapped in rows if not mapped.doubts or self.acceptance.answer.strip()]
        shown = decisions.shown_for_each({mapped.id: mapped.entry for mapped in good})
        drafts = []
        for mapped in good:
            must_with_report(self.account, "decide", mapped.entry, mapped.known.record)
            answers = {"*": self.acceptance.answer} if mapped.doubts else None
            body = decisions.acceptance(mapped.id, shown[mapped.id])
            drafts.append(draft(self.author, body, self.acceptance.reason, answers))
        return drafts


def known_instances(instances: Sequence[str]) -> set[str]:
    """Those of these rows that came in before."""
    rows = sql.select("SELECT instance FROM intake_instance WHERE instance IN ({keys})", instances)
    return {instance for (instance,) in rows}


def home_of(account: Account) -> Scope:
    """The office and the organisation that an account reports for, where all of its roles agree on one."""
    scopes = [each.scope for each in held(account) if "report" in each.rule.actions]
    offices, organisations = {each.office for each in scopes}, {each.organisation for each in scopes}
    return Scope(
        office=offices.pop() if len(offices) == 1 else "",
        organisation=organisations.pop() if len(organisations) == 1 else "",
    )


def proposed(id: str, author: str, body: dict[str, Any], recorded: str) -> Entry:
    """A report as it would stand in the journal, for the checks to look at."""
    entry = Entry(id, "", 0, 0, "report", SCHEMA, recorded, author, "", "[]", "", "")
    vars(entry)["body"] = body
    return entry


def _parts(mapped: Mapped) -> dict[str, Part]:
    """The row as it was typed, and the values that are sealed."""
    row = mapped.row
    said = {"row": row.number, "cells": row.cells} | ({"geometry": row.geometry} if row.geometry else {})
    parts = {"submission": Part("application/json", orjson.dumps(said))}
    for index, each in enumerate(mapped.said):
        if each.opened:
            parts[f"change-{index}"] = Part("application/json", orjson.dumps(each.opened))
    return parts


def _shown(mapped: Mapped) -> set[Key]:
    """The records of a row that the registry has already, with their codes."""
    return {(said.kind, said.id) for said in mapped.said if mapped.known.record(said.kind, said.id)}


def _says_the_same(before: Entry, mapped: Mapped) -> bool:
    """Whether a row says what an earlier report says, sealed values included; nobody is shown these."""
    if _without_codes(before.body) != _without_codes(mapped.body):
        return False
    for index, said in enumerate(mapped.said):
        commitment = named(before.sealed, f"change-{index}")
        held = read_part(commitment) if commitment else None
        if said.opened != (orjson.loads(held) if held else {}):
            return False
    return True


def _without_codes(body: Mapping[str, Any]) -> list[Any]:
    """What a report states, without the codes that were given at the door."""
    return [
        (
            each["kind"],
            each["id"],
            {k: v for k, v in each.get("values", {}).items() if k != "code"},
            each.get("sealed", {}),
        )
        for each in body["changes"]
    ]


def fill_places(rows: Sequence[Mapped], known: Known) -> None:
    """State région, cercle and commune of what is linked to a place, where only that was said."""
    missing = [said for mapped in rows for said in mapped.said if not any(said.values.get(name) for name in PLACE)]
    for said in missing:
        for name, kind in places_of(said.kind, not known.record(said.kind, said.id)):
            target = said.values.get(name)
            if isinstance(target, str) and (found := _place(kind, target, known)):
                said.values.update(found)
                break


def _place(kind: str, id: str, known: Known) -> dict[str, str]:
    row = known.record(kind, id)
    return {name: row[name] for name in PLACE if row.get(name)}
