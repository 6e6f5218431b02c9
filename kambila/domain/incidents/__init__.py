"""Accidents and attacks with explosive devices, and the people who were killed or injured in them."""

from django.utils.translation import pgettext_lazy

TITLE = pgettext_lazy("area of work", "Incidents")
