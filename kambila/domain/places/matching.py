"""How villages are known to be the same."""

from collections.abc import Iterator, Mapping
from typing import Any

from kambila.domain.places.names import spellings
from kambila.registry.likeness import NearName, NearPoint, SameCode, SameText
from kambila.registry.matching import matched, way


def names(row: Mapping[str, Any]) -> Iterator[str]:
    """All names of a village, folded, and the other spellings that we know of each."""
    stated = [row.get("title"), row.get("reference_title"), *(row.get("alternative_names") or "").split(";")]
    for each in dict.fromkeys(filter(None, stated)):
        yield from spellings(each)


NAME = NearName("title", "reference_title", "alternative_names", names=names)

matched(
    "village",
    0.6,
    way(0.95, SameCode("pcode", "code")),
    way(0.9, NAME, SameText("adm3")),
    way(0.9, NAME, NearPoint("location", within_m=5000)),
    way(0.7, NearPoint("location", within_m=150)),
)
