"""Where the list of items and what else is said of their calls, tasks and areas do not agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kambila.domain.operations.codes import Outcome
from kambila.domain.operations.models import OrdnanceItem, SpotTask
from kambila.domain.operations.ordnance import DESTROYED, MOVED
from kambila.registry.kinds import model_of

DEVICES = {f"ied_{each}": "ied" for each in ("victim", "command", "time", "suicide", "unknown")}  # as areas name them
GONE = (Outcome.DESTROYED_IN_PLACE, Outcome.REMOVED_DESTROYED)
NOTHING = (Outcome.NOT_FOUND, Outcome.NO_ACCESS, Outcome.REFERRED)
UNNAMED = ("other", "unknown")


@dataclass(frozen=True)
class Disagreement:
    """Two lists that do not agree: a code, a sentence with the codes of the records, and them as (kind, UUID, code)."""

    code: str
    sentence: str
    records: tuple[tuple[str, str, str], ...]


def disagreements() -> Iterator[Disagreement]:
    """All of them, calls first."""
    items: dict[str, list[Any]] = defaultdict(list)
    known = list(OrdnanceItem._default_manager.order_by("code", "id"))
    for each in known:
        items[each.spot_task_id or ""].append(each)
    for call in SpotTask._default_manager.exclude(outcome=None).order_by("code", "id"):
        yield from _of_call(call, items.get(call.id, []))
    for each in known:
        yield from _of_days(each)
    yield from _of_areas(known)


def _of_call(call: SpotTask, items: list[Any]) -> Iterator[Disagreement]:
    destroyed = [each for each in items if each.disposition in DESTROYED]
    said = {"call": call, "items": ", ".join(map(str, destroyed))}
    if call.outcome in GONE and not destroyed:
        sentence = _("The call %(call)s says that items were destroyed, but lists none.")
        yield Disagreement("destroyed-not-listed", sentence % said, (_ref("spot_task", call),))
    if call.outcome in NOTHING and destroyed:
        sentence = _("The call %(call)s says that nothing was done to an item, but lists as destroyed: %(items)s.")
        records = (_ref("spot_task", call), *(_ref("ordnance_item", each) for each in destroyed))
        yield Disagreement("listed-not-destroyed", sentence % said, records)


def _of_days(item: Any) -> Iterator[Disagreement]:
    days = item.found_on_first, item.disposed_on_last
    if item.disposition in (*DESTROYED, *MOVED) and None not in days and days[1] < days[0]:
        sentence = _("The items %(item)s were disposed of on %(gone)s, before they were found on %(found)s.")
        said = {"item": item, "gone": item.disposed_on, "found": item.found_on}
        yield Disagreement("disposed-before-found", sentence % said, (_ref("ordnance_item", item),))


def _of_areas(items: list[Any]) -> Iterator[Disagreement]:
    """What was found in an area of a class that its list of ordnance does not have."""
    found: dict[str, list[Any]] = defaultdict(list)
    for each in items:
        if each.area_id and each.category and each.category not in UNNAMED:
            found[each.area_id].append(each)
    areas = model_of("hazardous_area")._default_manager.filter(pk__in=list(found)).order_by("code", "id")
    for area in areas:
        devices = set(getattr(area, "devices", None) or ())
        strange = [each for each in found[area.pk] if DEVICES.get(each.category, each.category) not in devices]
        if strange and not devices & {"unknown"}:
            sentence = _("In the area %(area)s was found what its list of ordnance does not have: %(items)s.")
            said = {"area": area, "items": ", ".join(f"{each} ({each.get_category_display()})" for each in strange)}
            records = (_ref("hazardous_area", area), *(_ref("ordnance_item", each) for each in strange))
            yield Disagreement("found-not-on-list", sentence % said, records)


def _ref(kind: str, record: Any) -> tuple[str, str, str]:
    return kind, str(record.pk), str(record)
