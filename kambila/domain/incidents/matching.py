"""How incidents and casualties are known to be the same. People are compared by day, place, sex and age, never by name."""

from kambila.registry.likeness import NearNumber, NearPoint, SameCode, SameDay, SameLink, SameText
from kambila.registry.matching import matched, way

DAY = SameDay("date")
SEX, AGE = SameText("sex"), NearNumber("age", within=1)

matched(
    "incident",
    0.5,
    way(0.9, SameCode("code")),
    way(0.9, DAY, NearPoint("location", within_m=1000)),
    way(0.7, DAY, SameLink("village")),
    way(0.6, DAY, SameText("adm3"), SameText("device")),
)
matched(
    "casualty",
    0.6,
    way(0.9, SameCode("code")),
    way(0.9, SameLink("incident"), SEX, AGE),
    way(0.85, SameDay("incident__date"), SameText("incident__adm3"), SEX, AGE),
    way(0.85, SameDay("incident__date"), SameLink("incident__village"), SEX, AGE),
)
