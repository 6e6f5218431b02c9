"""What the programme says about itself in public: mandate, objectives, news and the texts of its page."""

from django.utils.translation import pgettext_lazy

TITLE = pgettext_lazy("area of work", "Programme")
