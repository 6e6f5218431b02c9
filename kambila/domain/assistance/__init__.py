"""Assistance to survivors, families and communities, and referrals to those who can give it."""

from django.utils.translation import pgettext_lazy

TITLE = pgettext_lazy("area of work", "Assistance")
