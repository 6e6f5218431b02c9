"""Wells: which were looked at, and whether explosive items were found in them."""

from django.utils.translation import pgettext_lazy

TITLE = pgettext_lazy("area of work", "Wells")
