"""How storage sites are known to be the same."""

from kambila.registry.likeness import NearName, NearPoint, SameCode, SameLink
from kambila.registry.matching import matched, way

matched(
    "storage_site",
    0.6,
    way(0.9, SameCode("code")),
    way(0.9, SameCode("licence_reference"), SameLink("owner")),
    way(0.8, NearPoint("location", within_m=200)),
    way(0.75, NearName("title"), SameLink("owner")),
)
