"""What is known and what can be asked, through the API: kinds, records, forms."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router

from kambila.intake.api import schemas, telling
from kambila.intake.api.signing_in import account_of, must
from kambila.journal.errors import Problem
from kambila.registry import access, history
from kambila.registry.kinds import kinds, model_of

router = Router(tags=["records"])


@router.get("/me", response=schemas.Me, summary="The account behind the token")
def me(request: HttpRequest) -> schemas.Me:
    account = account_of(request)
    key: Any = account.key
    return schemas.Me(
        username=account.username,
        title=key.title,
        actions=key.actions,
        forms=key.forms,
        places=key.places,
        valid_until=None if key.valid_until is None else key.valid_until.isoformat(),
    )


@router.get("/kinds", response=list[schemas.Kind], summary="The kinds of record, with their fields and code lists")
def all_kinds(request: HttpRequest) -> list[schemas.Kind]:
    return [telling.kind(each) for each in sorted(kinds())]


@router.get("/records/{kind}", response=schemas.Records, summary="Records of a kind that may be seen")
def listed(
    request: HttpRequest,
    kind: str,
    after: str = Query("", max_length=60, description="`next` of an earlier page: what has changed since"),
    limit: int = Query(100, ge=1, le=1000),
) -> schemas.Records:
    """Those that changed longest ago first, so that the last `next` gives later what has changed since."""
    account, model = must(request, "read"), model_of(kind)
    found = access.visible(account, model)
    if after:
        place = re.fullmatch(r"(\d{1,18})_([0-9a-f-]{36})", after)
        if place is None:
            raise Problem("bad-cursor", after=after)
        found = found.filter(Q(revision__gt=int(place[1])) | Q(revision=int(place[1]), pk__gt=place[2]))
    rows = list(found.order_by("revision", "pk")[: limit + 1])
    shown = rows[:limit]
    return schemas.Records(
        records=[telling.record(account, kind, each) for each in shown],
        next=f"{shown[-1].revision}_{shown[-1].pk}" if shown else after or None,
        more=len(rows) > limit,
    )


@router.get("/records/{kind}/{name}", response=schemas.RecordTold, summary="A record, by UUID or code")
def one(request: HttpRequest, kind: str, name: str) -> schemas.RecordTold:
    """A code of a record that was merged, and its UUID, lead to the record that bears both."""
    account, model = must(request, "read"), model_of(kind)
    found = access.visible(account, model).filter(pk__in=[id for _, id in history.find(name, kind)]).first()
    if found is None:
        raise Problem("no-such-record", name=name)
    return telling.record(account, kind, found)


@router.get("/forms", response=list[schemas.FormTold], summary="The forms that the token may send", tags=["forms"])
def forms(request: HttpRequest) -> list[schemas.FormTold]:
    account = must(request, "report")
    return [telling.form(definition) for _, definition in telling.open_forms(account)]


@router.get("/forms/{form}", response=schemas.FormWhole, summary="A form with its questions", tags=["forms"])
def form(request: HttpRequest, form: str) -> schemas.FormWhole:
    account = must(request, "report")
    for each, definition in telling.open_forms(account):
        if each.form == form:
            return telling.form_whole(definition)
    raise Problem("unknown-form", form=form, version="")
