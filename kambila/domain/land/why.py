"""Why a hazardous area is what it is: its stage, in one sentence that names the reports and the national criteria."""

from __future__ import annotations

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from kambila.domain.land import criteria, stages
from kambila.domain.land.codes import Classification, Stage
from kambila.registry.kinds import model_of
from kambila.registry.whys import Named, why

AREA = "hazardous_area"
OUTCOMES = ("technical_survey", "clearance")


@why(AREA)
def hazardous_area(row: Any, named: Named) -> str:
    """The sentence of an area."""
    said = {"stage": Stage(row.stage).label if row.stage else _("unknown"), "version": criteria.current().version}
    if row.stage == Stage.JOINED:
        return _joined(row, named, said)
    if row.stage in (Stage.RELEASED, Stage.WORKED_ON):
        return _worked_on(row, named, said)
    return _evidence(row, named, said)


def _joined(row: Any, named: Named, said: dict[str, Any]) -> str:
    area: Any = model_of(AREA)
    takers = area.objects.filter(taken_from__contains=f" {row.pk} ").exclude(pk=row.pk)
    said |= {"areas": ", ".join(map(str, takers)), "reports": named(AREA, [each.pk for each in takers])}
    return _("%(stage)s: its ground passed to %(areas)s, by %(reports)s.") % said


def _worked_on(row: Any, named: Named, said: dict[str, Any]) -> str:
    products = _of("land_release_product", row)
    if not products:
        said["reports"] = "; ".join(named(kind, _of(kind, row)) for kind in OUTCOMES if _of(kind, row))
        return _("%(stage)s: surveyed or cleared by %(reports)s, and nothing is released yet.") % said
    said |= {"released": _m2(row.released_m2), "reports": named("land_release_product", products)}
    if row.stage == Stage.RELEASED:
        return (
            _("%(stage)s: %(released)s m² were released by %(reports)s, and nothing is left (criteria %(version)s).")
            % said
        )
    said["left"] = _m2(row.remaining_m2)
    return (
        _("%(stage)s: %(released)s m² were released by %(reports)s; %(left)s m² are left (criteria %(version)s).")
        % said
    )


def _evidence(row: Any, named: Named, said: dict[str, Any]) -> str:
    surveys: Any = model_of("non_technical_survey")
    told = list(surveys.objects.filter(area=row.pk).values("evidence", "evidence_basis"))
    values = {"evidence": row.evidence, "evidence_basis": row.evidence_basis}
    found = stages.by_evidence(values, told, ())
    reports = "; ".join(
        [named(AREA, [row.pk]), *([named("non_technical_survey", _of("non_technical_survey", row))] if told else [])]
    )
    said |= {
        "reports": reports,
        "weight": f"{stages.weight(values, told):g}",
        "needed": f"{criteria.current().confirmed:g}",
    }
    if found != row.stage:
        return (
            _("%(stage)s: so it was classified by %(reports)s, although the evidence weighs only %(weight)s of %(needed)s "
              "(criteria %(version)s).") % said
        )  # fmt: skip
    if found == Classification.CHA:
        return _("%(stage)s: direct evidence was reported by %(reports)s (criteria %(version)s).") % said
    return _("%(stage)s: the evidence reported by %(reports)s weighs %(weight)s; from %(needed)s on it is confirmed "
             "(criteria %(version)s).") % said  # fmt: skip


def _of(kind: str, row: Any) -> list[str]:
    model: Any = model_of(kind)
    return list(model.objects.filter(area=row.pk).values_list("pk", flat=True))


def _m2(size: Any) -> str:
    return _("an unknown number of") if size is None else number_format(size, 0, force_grouping=True)
