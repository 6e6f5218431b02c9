"""Which row of a register speaks of which record here: by UUID or id, by an id spelled otherwise, by likeness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kambila.intake.matching.duplicates import near_pairs
from kambila.intake.matching.registers import Here, Line, Register
from kambila.intake.matching.sides import Side, labels, reported, stated
from kambila.registry import same
from kambila.registry.matching import Matching, matching_of
from kambila.registry.names import plain_code


@dataclass
class Paired:
    """What was found for the rows of one kind; `how` an id differs: spelling or likeness, with the reasons."""

    pairs: list[tuple[Line, Here]] = field(default_factory=list)
    spelled: dict[int, tuple[Line, Here]] = field(default_factory=dict)  # by row
    alike: dict[int, tuple[Line, Here, float, tuple[str, ...]]] = field(default_factory=dict)
    twice: list[tuple[Line, Line]] = field(default_factory=list)  # (the row too many, the row that it repeats)
    waiting: dict[int, tuple[Line, Side]] = field(default_factory=dict)  # by row: what waits of it
    only_theirs: list[Line] = field(default_factory=list)
    only_ours: list[Here] = field(default_factory=list)


class Pairing:
    """Pairs rows and records in the order of how sure it is; a record is taken by one row."""

    def __init__(self, register: Register, lines: Sequence[Line]) -> None:
        self.register, self.found = register, Paired()
        self._free = dict(register.records)
        self._taken: dict[str, Line] = {}  # record: its row
        self._ids: dict[str, Line] = {}  # id, however written: its first row
        self._codes = register.by_code()
        self._roots = same.roots_of(register.kind, {line.record for line in lines if line.record})
        self._lines = list(lines)

    def pair(self, account: object = None) -> Paired:
        rest = self._by_id(self._lines)
        rest = self._by_spelling(rest)
        rest = self._by_likeness(rest, account)
        self.found.only_theirs = rest
        self.found.only_ours = list(self._free.values())
        return self.found

    def _by_id(self, lines: list[Line]) -> list[Line]:
        rest = []
        for line in lines:
            record = self._exact(line)
            if record is None:
                rest.append(line)
            elif record in self._taken:
                self.found.twice.append((line, self._taken[record]))
            else:
                self._take(line, record)
        return rest

    def _exact(self, line: Line) -> str | None:
        root = self._roots.get(line.record, line.record)
        if root in self.register.records:
            return root
        named = self._codes.get(plain_code(line.id), set()) if line.id else set()
        exact = [id for id in named if line.id in self.register.records[id].codes]
        return exact[0] if len(exact) == 1 else None

    def _by_spelling(self, lines: list[Line]) -> list[Line]:
        """A row whose id is that of an earlier row repeats it; else an id that is written otherwise here."""
        rest = []
        for line in lines:
            plain = plain_code(line.id)
            known = [id for id in self._codes.get(plain, ()) if id in self._free] if plain else []
            if plain and plain in self._ids:
                self.found.twice.append((line, self._ids[plain]))
            elif len(known) == 1:
                self.found.spelled[line.number] = (line, self.register.records[known[0]])
                self._take(line, known[0])
            else:
                if plain:
                    self._ids[plain] = line
                rest.append(line)
        return rest

    def _take(self, line: Line, record: str) -> None:
        self._taken[record] = line
        if line.id:
            self._ids.setdefault(plain_code(line.id), line)
        self.found.pairs.append((line, self._free.pop(record)))

    def _by_likeness(self, lines: list[Line], account: object) -> list[Line]:
        """The likeliest pairs first. What only a waiting report speaks of counts too, but is no record yet."""
        matching = matching_of(self.register.kind)
        if matching is None or not lines:
            return lines
        sides = self._sides(matching, lines, account)
        for score, reasons, number, side in self._scored(matching, sides, len(lines)):
            line = lines[number]
            if line.number in self.found.alike or line.number in self.found.waiting:
                continue
            if side.report:
                self.found.waiting[line.number] = (line, side)
            elif side.id in self._free:
                self.found.alike[line.number] = (line, self.register.records[side.id], score, reasons)
                self._take(line, side.id)
        return [line for line in lines if line.number not in self.found.alike]

    def _sides(self, matching: Matching, lines: list[Line], account: object) -> list[Side]:
        kind, paths = matching.kind, matching.paths
        theirs = [Side(kind, line.record, line.id, _valued(matching, line, account)) for line in lines]
        ours = [Side(kind, here.id, here.code, stated(kind, paths, here.values, account)) for here in self._unpaired()]
        own = {report.id for report in self.register.reports.values()}
        waits = [side for side in reported(kind, paths, account) if side.report in own]
        return [*theirs, *ours, *waits]

    def _unpaired(self) -> list[Here]:
        return list(self._free.values())

    def _scored(
        self, matching: Matching, sides: list[Side], theirs: int
    ) -> list[tuple[float, tuple[str, ...], int, Side]]:
        told, found, seen = labels(matching.kind, matching.paths), [], set()
        for way in matching.ways:
            for one, other in near_pairs(way, sides)[0]:
                first, second = min(one, other), max(one, other)
                if first < theirs <= second and (first, second) not in seen:
                    seen.add((first, second))
                    score, reasons = matching.compare(sides[first].values, sides[second].values, told)
                    if score >= matching.threshold:
                        found.append((score, tuple(reasons), first, sides[second]))
        return sorted(found, key=lambda each: (-each[0], bool(each[3].report), each[2], each[3].id))


def _valued(matching: Matching, line: Line, account: object) -> dict[str, object]:
    """What a row states, its id standing for the code where it states none."""
    said = line.values if line.values.get("code") else {**line.values, "code": line.id or None}
    return stated(matching.kind, matching.paths, said, account)
