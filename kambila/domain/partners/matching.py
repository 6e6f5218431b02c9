"""How organisations are known to be the same."""

from kambila.registry.likeness import NearName, SameCode, SameText
from kambila.registry.matching import matched, way

matched(
    "organisation",
    0.6,
    way(0.9, SameCode("code")),
    way(0.95, SameCode("iati_ref")),
    way(0.8, NearName("title", at_least=0.9)),
    way(0.7, SameText("acronym")),
)
