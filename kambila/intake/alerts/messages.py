"""What an alert says outside the house: sort of event, code of the report (or how many of a file), place, time, a link.

Nothing that a report states is in it but the P-codes of its région, cercle and commune.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from kambila.intake.alerts.models import Alert, Occurrence
from kambila.journal import clock, directory
from kambila.registry import gazetteer, programme
from kambila.registry.alerts import all_alerts

MOST = 20  # alerts that one mail tells one by one
PCODE = re.compile(r"[A-Z]{1,3}[0-9]{1,12}")
UNSAFE = re.compile(r"[^\w ./-]")


@dataclass(frozen=True)
class Told:
    """An alert in the language of whoever reads it."""

    id: int
    sort: str
    title: str
    sentence: str
    code: str
    place: str
    raised: str
    link: str
    count: int = 1

    @property
    def reports(self) -> str:
        """Which report it is about; of a file, how many."""
        if self.count == 1:
            return self.code
        return ngettext("%(n)s report in one file", "%(n)s reports in one file", self.count) % {"n": self.count}


def tell(alerts: Iterable[Alert]) -> list[Told]:
    """Alerts in words: the names of places are looked up once for all."""
    alerts = list(alerts)
    counts = occurrences(alerts)
    names = gazetteer.names_of(code for alert in alerts for code in alert.chain)
    zone = programme.zone()
    return [
        Told(
            id=alert.pk,
            sort=alert.sort,
            title=title_of(alert.sort),
            sentence=gettext(alert.sentence),
            code=UNSAFE.sub("", alert.code),
            place=" › ".join(names.get(code, code) for code in alert.chain if code in names or PCODE.fullmatch(code)),
            raised=f"{date_format(alert.raised.astimezone(zone), 'j F Y, H:i')} ({zone.key})",
            link=address_of(alert.pk),
            count=counts.get(alert.pk, 1),
        )
        for alert in alerts
    ]


def occurrences(alerts: Iterable[Alert]) -> dict[int, int]:
    """Of the alerts that files raised, how much each of them is about."""
    found = Occurrence.objects.filter(alert__in=[each.pk for each in alerts if each.batch])
    return dict(found.values_list("alert").annotate(number=Count("pk")))


def title_of(sort: str) -> str:
    """What a sort of alert is called; of one that no area declares any more, its code."""
    declared = all_alerts().get(sort)
    return str(declared.title) if declared else sort


def address_of(alert: int) -> str:
    """Where an alert is read, after signing in; without KAMBILA_ADDRESS the path alone."""
    return f"{settings.ADDRESS}/alerts/{alert}/"


def subject(told: Sequence[Told]) -> str:
    """The subject of a mail."""
    node = directory.current().node
    prefix = f"[{node.name}]" + (f" {_('Example')}:" if node.example else "")
    if len(told) > 1:
        what = ngettext("%(number)s alert", "%(number)s alerts", len(told)) % {"number": len(told)}
    else:
        title = told[0].title if told[0].count == 1 else f"{told[0].title}: {told[0].reports}"
        what = " – ".join(filter(None, (title, told[0].place)))
    return " ".join(f"{prefix} {what}".split())


def text(told: Sequence[Told]) -> str:
    """A mail, as plain text."""
    parts = [_paragraph(each) for each in told[:MOST]]
    if len(told) > MOST:
        more = ngettext("And %(number)s more:", "And %(number)s more:", len(told) - MOST) % {"number": len(told) - MOST}
        parts.append(f"{more}\n{settings.ADDRESS}/alerts/")
    parts.append(_("Reports are passed on as they come in, before anybody has confirmed them."))
    if directory.current().node.example:
        parts.append(_("This comes from an example programme: the event is invented."))
    parts.append(f"{_('What you are told of, and your quiet hours:')}\n{settings.ADDRESS}/alerts/mine/")
    return "\n\n".join(parts) + "\n"


def _paragraph(told: Told) -> str:
    lines = [
        told.sentence,
        _("Report: %(code)s") % {"code": told.code} if told.count == 1 and told.code else "",
        told.reports if told.count > 1 else "",
        _("Place: %(place)s") % {"place": told.place or _("not stated")},
        _("Received: %(moment)s") % {"moment": told.raised},
        told.link,
    ]
    return "\n".join(filter(None, lines))


def payload(alert: Alert, told: Told) -> dict[str, Any]:
    """The body of a webhook."""
    node = directory.current().node
    return {
        "type": f"alert.{alert.sort}",
        "timestamp": clock.text(alert.raised),
        "data": {
            "alert": alert.pk,
            "sort": alert.sort,
            "title": told.title,
            "sentence": told.sentence,
            "urgent": alert.urgent,
            "report": told.code if told.count == 1 else "",
            "count": told.count,
            "place": [code for code in alert.chain if PCODE.fullmatch(code)],
            "place_name": told.place,
            "link": told.link,
            "programme": node.name,
            "example": node.example,
        },
    }


def trial() -> Told:
    """What is sent to try a way out."""
    moment: datetime.datetime = clock.now().astimezone(programme.zone())
    title = _("Test of alerts")
    sentence = _("This is only a test: nothing has happened.")
    return Told(0, "test", title, sentence, "", "", date_format(moment, "j F Y, H:i"), f"{settings.ADDRESS}/alerts/")
