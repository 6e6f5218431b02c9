"""Risk education: what was taught or told, and whom it reached."""

from django.utils.translation import pgettext_lazy

TITLE = pgettext_lazy("area of work", "Education")
