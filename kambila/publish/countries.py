"""Names of states, so that a donor that is called by the name of its country is called so in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATES: dict[str, Promise] = {
    "Algeria": _("Algeria"),
    "Australia": _("Australia"),
    "Austria": _("Austria"),
    "Belgium": _("Belgium"),
    "Benin": _("Benin"),
    "Burkina Faso": _("Burkina Faso"),
    "Canada": _("Canada"),
    "Chad": _("Chad"),
    "China": _("China"),
    "Czech Republic": _("Czech Republic"),
    "Denmark": _("Denmark"),
    "Egypt": _("Egypt"),
    "Estonia": _("Estonia"),
    "European Union": _("European Union"),
    "Finland": _("Finland"),
    "France": _("France"),
    "Germany": _("Germany"),
    "Ghana": _("Ghana"),
    "Ireland": _("Ireland"),
    "Italy": _("Italy"),
    "Japan": _("Japan"),
    "Luxembourg": _("Luxembourg"),
    "Mali": _("Mali"),
    "Mauritania": _("Mauritania"),
    "Morocco": _("Morocco"),
    "Netherlands": _("Netherlands"),
    "New Zealand": _("New Zealand"),
    "Niger": _("Niger"),
    "Norway": _("Norway"),
    "Poland": _("Poland"),
    "Portugal": _("Portugal"),
    "Republic of Korea": _("Republic of Korea"),
    "Senegal": _("Senegal"),
    "South Africa": _("South Africa"),
    "Spain": _("Spain"),
    "Sweden": _("Sweden"),
    "Switzerland": _("Switzerland"),
    "Togo": _("Togo"),
    "Turkey": _("Turkey"),
    "United Kingdom": _("United Kingdom"),
    "United States": _("United States"),
}


def name_of(title: str) -> str:
    """A state in the language that is active; any other organisation keeps the name that it gave itself."""
    return str(STATES.get(title, title))
