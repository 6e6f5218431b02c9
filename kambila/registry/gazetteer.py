"""Names and chains of places for P-codes, from whatever kinds have a P-code and a title and are public."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from kambila.registry import access
from kambila.registry.fields import PUBLIC
from kambila.registry.kinds import kinds
from kambila.registry.models import Record, stated_fields

LEVELS = ("adm1", "adm2", "adm3")


@cache
def gazetteers() -> tuple[type[Record], ...]:
    """The kinds that name places."""
    return tuple(
        model
        for model in kinds().values()
        if model.default_tier == PUBLIC and {"pcode", "title"} <= set(stated_fields(model))
    )


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """The names of P-codes, as far as they are known to everyone: one query for each kind of place."""
    wanted = {code for code in codes if code}
    found: dict[str, str] = {}
    for model in gazetteers() if wanted else ():
        rows = access.visible(None, model).filter(pcode__in=wanted).values_list("pcode", "title")
        found.update({pcode: title for pcode, title in rows if title})
    return found


def chain_of(code: str) -> tuple[str, ...]:
    """Région, cercle and commune of a P-code, the widest first; the code alone where it is not known."""
    for model in gazetteers():
        row = access.visible(None, model).filter(pcode=code).values_list(*LEVELS).first()
        if row:
            chain = [each for each in row if each]
            return tuple(chain if code in chain or len(chain) == len(LEVELS) else [*chain, code])
    return (code,)
