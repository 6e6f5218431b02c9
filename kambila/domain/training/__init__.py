"""Courses and who was trained; other support to the capacity of national forces and authorities."""

from django.utils.translation import pgettext_lazy

TITLE = pgettext_lazy("area of work", "Training")
