"""How tasks and EOD spot tasks are known to be the same."""

from kambila.registry.likeness import NearName, NearPoint, SameCode, SameDay, SameLink, SameText
from kambila.registry.matching import matched, way

CALL = SameDay("requested_on")

matched(
    "task",
    0.6,
    way(0.9, SameCode("code")),
    way(0.95, SameCode("number"), SameLink("operator")),
    way(0.6, SameCode("number")),
    way(0.7, SameLink("operator"), SameText("type"), SameDay("planned_start"), NearName("title")),
)
matched(
    "spot_task",
    0.5,
    way(0.9, SameCode("code")),
    way(0.9, CALL, NearPoint("location", within_m=500)),
    way(0.6, CALL, SameLink("village")),
)
