"""What stands before every address for phones: who it is, which base the address has, and that every fault is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from kambila.accounts.models import Account
from kambila.intake.openrosa import credentials, drafts, offers
from kambila.intake.openrosa.answers import message, refusal
from kambila.intake.openrosa.credentials import Refused
from kambila.intake.openrosa.models import FormDraft
from kambila.intake.openrosa.offers import Offer
from kambila.intake.statuses import problem_of
from kambila.journal.errors import Problem

PASSWORD, KEY, TEST = "openrosa", "key", "test"  # the three bases of addresses
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Visit:
    """A request of a phone: by which base it came, from which account, or to which draft."""

    request: HttpRequest
    base: str
    token: str
    account: Account | None
    draft: FormDraft | None

    def offers(self, all_versions: bool = False, form: str = "") -> list[Offer]:
        """The forms that it may fetch."""
        if self.draft is not None:
            return [offers.of_draft(self.draft)]
        return offers.for_account(self.account, all_versions, form)

    def offer(self, id: str) -> Offer:
        """One of them. Raises Problem when there is none."""
        return offers.of_draft(self.draft) if self.draft is not None else offers.one(self.account, id)

    def address(self, name: str, *args: str) -> str:
        """The whole address of something below the same base."""
        path = reverse(f"{self.base}-{name}", args=[*([self.token] if self.token else []), *args])
        return f"{settings.ADDRESS}{path}" if settings.ADDRESS else self.request.build_absolute_uri(path)


def door(view: View) -> View:
    """A view of phones, by any of the three bases. Nothing that goes wrong leaves it as anything but a sentence."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, base: str, token: str = "", **said: Any) -> HttpResponse:
        try:
            return view(_visit(request, base, token), **said)
        except Refused as refused:
            return _asking(request, refused)
        except Problem as problem:
            return refusal(problem)
        except Exception as error:
            return refusal(problem_of(error))

    return answered


def _visit(request: HttpRequest, base: str, token: str) -> Visit:
    if base == TEST:
        draft = drafts.by_token(token)
        return Visit(request, base, token, None, draft)
    account = credentials.by_key(token) if base == KEY else credentials.by_password(request)
    return Visit(request, base, token, account, None)


def _asking(request: HttpRequest, refused: Refused) -> HttpResponse:
    problem = Problem("sign-in")
    answer = message(401, problem.sentence, problem.remedy)
    answer["WWW-Authenticate"] = credentials.challenges("/openrosa/", refused.stale)
    return answer
