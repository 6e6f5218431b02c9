"""Where a role holds: an organisation, an office, a place, a kind of record; what is not named is not limited.

A kind may also be an area of work (``stockpiles``): then it means every kind of that area.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache

from django.apps import apps

Place = str | Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Scope:
    """`organisation` is a UUID, `office` an office code, `place` a P-code, `kind` a kind or an area of work."""

    organisation: str = ""
    office: str = ""
    place: str = ""
    kind: str = ""

    @classmethod
    def of(cls, stated: object) -> Scope:
        """From the body of an entry; what is missing, unknown or not text is not limited."""
        stated = stated if isinstance(stated, dict) else {}
        return cls(*(str(stated.get(each) or "") for each in DIMENSIONS))

    def body(self) -> dict[str, str]:
        """As it stands in a `grant` entry: only what is limited."""
        return {name: value for name, value in asdict(self).items() if value}

    def contains(self, other: Scope) -> bool:
        """Whether everything in the other scope is in this one too."""
        return self.covers(other.kind, other.office, other.organisation, other.place)

    def covers(
        self,
        kind: str | None = None,
        office: str | None = None,
        organisation: str | None = None,
        place: Place | None = None,
    ) -> bool:
        """Whether something lies in this scope. None: not asked; an empty text: unknown, so in no limited scope."""
        return (
            (kind is None or not self.kind or kind in kinds_in(self.kind))
            and (office is None or not self.office or office == self.office)
            and (organisation is None or not self.organisation or organisation == self.organisation)
            and (place is None or not self.place or _lies_in(place, self.place))
        )

    def __str__(self) -> str:
        return " ".join(f"{name}={value}" for name, value in self.body().items())


DIMENSIONS = ("organisation", "office", "place", "kind")


def _lies_in(place: Place, scope: str) -> bool:
    """Whether a P-code, or one of a chain of them (région, cercle, commune), is the scope or begins with it."""
    chain = [place] if isinstance(place, str) else [each for each in place if each]
    return scope in chain or (len(chain) == 1 and chain[0].startswith(scope))


@cache
def kinds_in(named: str) -> frozenset[str]:
    """The kinds that a scope means: the kind itself, and the kinds of the area of work of that name."""
    area = {snake(model.__name__) for model in apps.get_models() if model._meta.app_label == named}
    return frozenset({named} | area)


def snake(name: str) -> str:
    """`VillageSurvey` is ``village_survey``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
