"""Who works in the programme and who pays for it: organisations, offices, accreditations, contributions."""

from django.utils.translation import pgettext_lazy

TITLE = pgettext_lazy("area of work", "Partners")
