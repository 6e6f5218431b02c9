"""Where things are: administrative areas and villages by P-code, and which of them can be reached."""

from django.utils.translation import pgettext_lazy

TITLE = pgettext_lazy("area of work", "Places")
