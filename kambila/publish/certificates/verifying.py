"""Is a certificate genuine, and does it hold? *Valid*, *expired* or *unknown*, and nothing else."""

from __future__ import annotations

import hmac

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kambila.journal import clock
from kambila.publish.certificates import codes
from kambila.publish.certificates.kinds import SORTS, Sort
from kambila.publish.models import CertificateKey


class Answer(TextChoices):
    """What anybody may be told of a certificate."""

    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    UNKNOWN = "unknown", _("Unknown")


def verify(code: str) -> Answer:
    """Valid: ours, it says what is known now, and it holds today. Expired: ours, but no more than that. Else unknown.

    Whatever is asked, the same is looked up and computed, so that the time it takes tells nothing of what is here.
    """
    asked = codes.read(code)
    secrets = _secrets()
    answers = [_answer(secret, kind, sort, asked) for secret in secrets for kind, sort in SORTS.items()]
    return next((each for each in (Answer.VALID, Answer.EXPIRED) if each in answers), Answer.UNKNOWN)


def code_of(kind: str, id: str, content: str) -> str:
    """The code to be printed, made with the first secret of this programme."""
    key = CertificateKey.objects.order_by("pk").first() or CertificateKey.objects.create()
    return codes.make(bytes.fromhex(key.secret), kind, id, content)


def _secrets() -> list[bytes]:
    """Those that this programme has had; one of nobody's where nothing was ever printed."""
    found = CertificateKey.objects.order_by("pk").values_list("secret", flat=True)
    return [bytes.fromhex(each) for each in found] or [bytes(32)]


def _answer(secret: bytes, kind: str, sort: Sort, asked: codes.Read) -> Answer:
    known = sort.model._default_manager.filter(pk=asked.id).first()
    record = known or sort.model(id=asked.id)
    ours = hmac.compare_digest(codes.ours(secret, kind, asked.id), asked.ours)
    same = hmac.compare_digest(codes.said(secret, kind, asked.id, sort.content(record)), asked.said)
    holds = sort.holds(record, clock.now().date()) and known is not None
    if not ours or secret == bytes(32):
        return Answer.UNKNOWN
    return Answer.VALID if same and holds else Answer.EXPIRED
