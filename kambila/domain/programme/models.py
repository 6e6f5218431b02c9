"""The editorial texts of the programme page. They are written for publication, in both languages, and name no person
who has not agreed; so they are plain texts, not sealed ones."""

from django.utils.translation import gettext_lazy as _

from kambila.domain.programme.codes import NewsKind, TextPlace
from kambila.registry.fields import PUBLIC, Attachment, Code, PartialDate, Text, Whole
from kambila.registry.models import Record

LONG = 5000  # characters


class Mandate(Record):
    """A resolution that gives the programme its mandate."""

    default_tier = PUBLIC
    code_prefix = "MAN"
    title_field = "symbol"

    symbol = Text(_("resolution"), max_length=40, required=True)
    year = Whole(_("year"), required=True)
    adopted_on = PartialDate(_("adopted on"))
    role_en = Text(_("what it means for mine action (English)"), max_length=LONG, required=True)
    role_fr = Text(_("what it means for mine action (French)"), max_length=LONG, required=True)
    link = Text(_("address of the text"), max_length=500)

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")


class Objective(Record):
    """An objective of the programme and what is done for it."""

    default_tier = PUBLIC
    code_prefix = "OBJ"
    title_field = "title_en"

    position = Whole(_("order on the page"), required=True)
    title_en = Text(_("title (English)"), required=True)
    title_fr = Text(_("title (French)"), required=True)
    text_en = Text(_("what is done (English)"), max_length=LONG, required=True)
    text_fr = Text(_("what is done (French)"), max_length=LONG, required=True)
    figures = Text(_("figures that show it, by id, separated by spaces"), max_length=1000)

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")


class NewsItem(Record):
    """A press release or a piece of news."""

    default_tier = PUBLIC
    code_prefix = "NEW"
    event_date = "date"
    title_field = "title_en"

    news_kind = Code(NewsKind, _("kind"), required=True)
    date = PartialDate(_("date"), required=True)
    title_en = Text(_("title (English)"), required=True)
    title_fr = Text(_("title (French)"), required=True)
    text_en = Text(_("text (English)"), max_length=LONG, required=True)
    text_fr = Text(_("text (French)"), max_length=LONG, required=True)
    photo = Attachment(_("photograph"))
    photo_credit = Text(_("credit of the photograph"))

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")


class ProgrammeText(Record):
    """A paragraph of the programme page."""

    default_tier = PUBLIC
    code_prefix = "TXT"
    title_field = "key"

    key = Text(_("key"), max_length=60, required=True)
    text_place = Code(TextPlace, _("where on the page"), required=True)
    position = Whole(_("order on the page"), required=True)
    text_en = Text(_("text (English)"), max_length=LONG, required=True)
    text_fr = Text(_("text (French)"), max_length=LONG, required=True)

    class Meta:
        verbose_name = _("text of the programme page")
        verbose_name_plural = _("texts of the programme page")
