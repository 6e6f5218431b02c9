"""The figures that partners feed. That a donor gives is public; how much is not, unless it agreed."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kambila.domain.partners.codes import AccreditationDecision, Scope
from kambila.figures.definitions import Count, Figure, Sum
from kambila.registry.fields import PARTNER

GRANTED = (AccreditationDecision.GRANTED.value, AccreditationDecision.PROVISIONAL.value)


def _accredited_for(scope: Scope) -> Figure:
    """Operators accredited for one scope. An accreditation has several, so that each scope is a figure of its own."""
    return Figure(
        id=f"operators-accredited-{scope.value.replace('_', '-')}",
        title=format_lazy("{} – {}", _("Accredited operators"), scope.label),
        unit=_("organisations"),
        kind="accreditation",
        measure=Count(distinct="holder"),
        where={"phase": "operational", "decision__in": GRANTED, "scopes__has": scope.value},
        tier=PARTNER,
        meaning=_("Organisations with an operational accreditation for this scope, neither suspended nor withdrawn."),
        source=_("Accreditation decisions (IMAS 07.30; unverified)."),
        note=_("An expired accreditation counts until it is withdrawn; see the list for days of expiry."),
    )


FIGURES = [
    Figure(
        id="donors",
        title=_("Donors"),
        unit=_("donors"),
        kind="contribution",
        measure=Count(distinct="donor"),
        by={"form_of_aid": "form_of_aid", "channel": "channel", "donor": "donor__title"},
        public_by=("form_of_aid", "donor"),
        meaning=_("Organisations that gave at least one contribution, in money or in kind; each counts once."),
        source=_("Agreements with donors."),
    ),
    Figure(
        id="contributions",
        title=_("Contributions"),
        unit=_("contributions"),
        kind="contribution",
        by={"form_of_aid": "form_of_aid", "channel": "channel", "donor": "donor__title"},
        public_by=("form_of_aid", "channel"),
        meaning=_("Contributions in money or in kind, each agreement counted once."),
        source=_("Agreements with donors."),
    ),
    Figure(
        id="contributions-usd",
        title=_("Contributions in money"),
        unit=_("US dollars"),
        kind="contribution",
        measure=Sum(("amount_usd",)),
        where={"form_of_aid": "cash"},
        by={"channel": "channel", "donor": "donor__title", "earmark": "earmark"},
        tier=PARTNER,
        meaning=_("Amounts committed, in US dollars at the rate of each agreement."),
        source=_("Agreements with donors."),
        note=_("Contributions without a rate of exchange add nothing; contributions in kind are not valued."),
    ),
    Figure(
        id="contributions-usd-published",
        title=_("Contributions in money that donors have made public"),
        unit=_("US dollars"),
        kind="contribution",
        measure=Sum(("published_usd",)),
        where={"form_of_aid": "cash", "amount_public": "yes"},
        by={"channel": "channel", "donor": "donor__title"},
        public_by=("channel", "donor"),
        meaning=_("Amounts committed whose publication the donor has agreed to, in US dollars."),
        source=_("Agreements with donors."),
        note=_("Not the whole of what was given: some donors do not publish amounts."),
    ),
    Figure(
        id="operators",
        title=_("Operators"),
        unit=_("organisations"),
        kind="organisation",
        where={"roles__has": "operator"},
        by={"type": "organisation_type"},
        public_by=("type",),
        meaning=_("Organisations that survey, clear, teach or assist in the programme."),
        source=_("Register of organisations."),
    ),
    Figure(
        id="operators-accredited",
        title=_("Accredited operators"),
        unit=_("organisations"),
        kind="accreditation",
        measure=Count(distinct="holder"),
        where={"phase": "operational", "decision__in": GRANTED},
        by={"decision": "decision"},
        tier=PARTNER,
        meaning=_("Organisations with an operational accreditation granted, and neither suspended nor withdrawn."),
        source=_("Accreditation decisions (IMAS 07.30; unverified)."),
        note=_("An expired accreditation counts until it is withdrawn; see the list for days of expiry."),
    ),
    *(_accredited_for(scope) for scope in Scope),
]
