"""A change of a report, made by hand, for the checks of the areas."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from shapely.geometry import shape as from_geojson

from kambila.registry.checks import AT, POINTS, all_checks
from kambila.registry.kinds import plan_of


def uuid(number: int) -> str:
    """The UUID of a record of a test."""
    return f"00000000-0000-4000-8000-{number:012}"


@dataclass
class Change:
    """What a check is given. `others` are known records by kind; `together` other changes of the same report.

    A filter that is more than the name of a field (``visit__task``) is looked up in `others` by just that key.
    """

    kind: str
    stated: dict[str, Any]
    known: dict[str, Any] = field(default_factory=dict)
    others: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    together: list["Change"] = field(default_factory=list)
    id: str = uuid(1)
    information: tuple[str, str, str] = ("2014-06-20", "2014-06-20", "2014-06-20")
    received: str = "2014-06-29"
    office: str = "GAO"
    organisation: str = ""

    @property
    def is_new(self):
        return not self.known

    @property
    def values(self):
        return {**self.known, **self.stated}

    def record(self, kind, id):
        here = [{**each.values, "id": each.id} for each in self.together if each.kind == kind]
        return next((row for row in here + self.others.get(kind, []) if row.get("id") == id), None)

    def records(self, kind, ids):
        return [row for id in ids if (row := self.record(kind, id))]

    def siblings(self, kind):
        return [each for each in self.together if each.kind == kind]

    def rows(self, kind, **filters):
        def same(row, name, value):
            known = row.get(name)
            return (known[0] if isinstance(known, tuple) else known) == value

        rows = [row for row in self.others.get(kind, []) if row.get("id") != self.id]
        return [row for row in rows if all(same(row, name, value) for name, value in filters.items())]


def read(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """Values as a journal states them, read by the fields of the kind; what is said to be unknown stays None."""
    fields = plan_of(kind).stated
    return {
        name: fields[name].read(value) if name in fields and value is not None else value
        for name, value in values.items()
    }


@pytest.fixture
def change():
    """Makes a change: ``change("casualty", {"age": 9}, others={"incident": [{…}]})``."""

    def make(kind: str, stated: dict[str, Any], **more: Any) -> Change:
        others = {name: [read(name, row) for row in rows] for name, rows in more.pop("others", {}).items()}
        return Change(kind, read(kind, stated), read(kind, more.pop("known", {})), others, **more)

    return make


@pytest.fixture
def found(change):
    """Whether a check complains of a change: False, True, or the values for its sentence, which must fit it.

    What a check would have drawn on the page must be a geometry; `drawn` gives it.
    """

    def ask(code: str, kind: str, stated: dict[str, Any], known: dict[str, Any] | None = None, **more: Any) -> Any:
        rule = all_checks()[code]
        answer = rule.test(change(kind, stated, known=known or {}, **more)) or False
        if isinstance(answer, dict):
            assert str(rule.sentence) % answer
            assert AT not in answer or not from_geojson(answer[AT]).is_empty
            return {name: value for name, value in answer.items() if name not in (AT, POINTS)}
        return answer

    return ask


@pytest.fixture
def drawn(change):
    """What a check would have drawn on the page of a change, and the turning points (number, longitude, latitude)."""

    def ask(code: str, kind: str, stated: dict[str, Any], **more: Any) -> Any:
        answer = all_checks()[code].test(change(kind, stated, **more))
        assert isinstance(answer, dict)
        return from_geojson(answer[AT]), answer.get(POINTS, [])

    return ask
