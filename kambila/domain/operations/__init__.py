"""Operations: who is tasked to do what, how it goes, what is found and destroyed, and whether it was done well."""

from django.utils.translation import pgettext_lazy

TITLE = pgettext_lazy("area of work", "Operations")
