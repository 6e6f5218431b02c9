"""A change of a report, made by hand, for the checks of this area."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from kambila.registry.checks import all_checks
from kambila.registry.kinds import plan_of

ID = "00000000-0000-4000-8000-000000000001"


@dataclass
class Change:
    """What a check is given; `others` are the known records by (kind, id), `linked` those that `rows` finds."""

    kind: str
    stated: dict[str, Any]
    known: dict[str, Any] = field(default_factory=dict)
    others: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    linked: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    together: dict[str, list[Any]] = field(default_factory=dict)
    id: str = ID
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
        return self.others.get((kind, id))

    def siblings(self, kind):
        return self.together.get(kind, [])

    def rows(self, kind, **filters):
        return self.linked.get(kind, [])


def read(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """Values as a journal states them, read by the fields of the kind; what is no longer JSON stays as it is."""
    fields = plan_of(kind).stated
    return {
        name: fields[name].read(value)
        if name in fields and isinstance(value, str | int | float | dict | list)
        else value
        for name, value in values.items()
    }


@pytest.fixture
def found():
    """Whether a check complains of stated values: False, True, or the values for its sentence."""

    def ask(code: str, kind: str, stated: dict[str, Any], known: dict[str, Any] | None = None, **more: Any) -> Any:
        change = Change(kind, read(kind, stated), read(kind, known or {}), **more)
        return all_checks()[code].test(change) or False

    return ask


@pytest.fixture
def change():
    """A change as a check sees it."""
    return lambda kind, stated, **more: Change(kind, read(kind, stated), **more)
