"""Contaminated land: the surveys that find it, the areas on the map, and how they are released and handed over."""

from django.utils.translation import pgettext_lazy

TITLE = pgettext_lazy("area of work", "Land")
