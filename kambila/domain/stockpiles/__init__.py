"""Weapons and ammunition: the sites, their safety, what they hold, what was handed in and what was destroyed."""

from django.utils.translation import pgettext_lazy

TITLE = pgettext_lazy("area of work", "Stockpiles")
