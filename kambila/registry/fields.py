"""The kinds of field that a record type is made of.

A field says how a *stated* value (what a change in the journal holds: JSON) becomes columns of the registry. Reading is
total: a value that cannot be understood becomes unknown in the registry, and is refused with a sentence at the door.

Declarations that every field takes:

- ``required``: a report that creates the record must answer it
- ``tier``: who may see it: PUBLIC, PARTNER or RESTRICTED; by default the tier of its kind
- ``danger``: the values from the least to the most dangerous, None among them; an unlisted value is the most dangerous
- ``two_people``: what states it takes effect only when a second person signs the acceptance, whatever it says
- ``derived``: see :func:`derived`; such a field is never stated
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple, TypeVar

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kambila.registry import geometry, partial_dates

PUBLIC, PARTNER, RESTRICTED = "public", "partner", "restricted"


UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LARGEST_WHOLE = 2**53 - 1  # what JSON carries without loss; the databases hold more

Field = TypeVar("Field", bound="Stated")


class YesNoUnknown(models.TextChoices):
    """An answer that may be unknown; never a bare boolean."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Unknown")


class Stated(models.Field):
    """What all fields of records share. A stated value becomes one or more columns."""

    sealed = False
    personal = False

    def __init__(
        self,
        *args: Any,
        required: bool = False,
        tier: str | None = None,
        danger: tuple[str | None, ...] = (),
        two_people: bool = False,
        **kwargs: Any,
    ) -> None:
        self.required, self.tier, self.danger, self.two_people = required, tier, tuple(danger), two_people
        self.derived: Derivation | None = None
        kwargs["null"] = True
        kwargs["blank"] = not required
        super().__init__(*args, **kwargs)

    def columns(self) -> tuple[str, ...]:
        return (self.attname,)

    def read(self, stated: Any) -> Any:
        """The value as Python has it. Raises ValueError, with a translated sentence, for what cannot be understood."""
        return stated

    def store(self, value: Any) -> tuple[Any, ...]:
        """What goes into the columns for a value that `read` gave; all None for None."""
        return (value,)

    def rank(self, stated: Any) -> int:
        """How dangerous a stated value is: higher is worse; unlisted is the worst. It ranks as it will be shown."""
        try:
            return self.danger.index(stated.strip() if isinstance(stated, str) else stated)
        except ValueError:
            return len(self.danger)


class Text(Stated, models.CharField):
    """A short text that names no person and tells no story: a number, the name of a village, a model."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 250)
        super().__init__(*args, **kwargs)

    def read(self, stated: Any) -> str:
        if not isinstance(stated, str):
            raise ValueError(_("A text was expected."))
        if self.max_length is not None and len(stated) > self.max_length:
            raise ValueError(_("The text is longer than %(limit)d characters.") % {"limit": self.max_length})
        return stated.strip()


class Code(Text):
    """One value of a code list. A code that the list does not know is kept and shown, not dropped."""

    def __init__(self, codes: type[models.TextChoices] | None = None, *args: Any, **kwargs: Any) -> None:
        self.codes = codes
        kwargs.setdefault("max_length", 40)
        if codes is not None:
            kwargs["choices"] = codes.choices
        super().__init__(*args, **kwargs)


class YesNo(Code):
    """Yes, no or unknown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("choices", None)
        super().__init__(YesNoUnknown, *args, **kwargs)


class Several(Stated, models.TextField):
    """Several values in one column, as text with a space around each, so that one can be looked for."""

    def read(self, stated: Any) -> tuple[str, ...]:
        if isinstance(stated, str):
            stated = stated.split()
        if not isinstance(stated, list | tuple) or any(not isinstance(each, str) for each in stated):
            raise ValueError(_("A list of values was expected."))
        return tuple(dict.fromkeys(stated))

    def store(self, value: Any) -> tuple[Any, ...]:
        return (None if value is None else f" {' '.join(value)} ",)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> tuple[str, ...] | None:
        return None if value is None else tuple(value.split())


class Codes(Several):
    """Several values of a code list."""

    def __init__(self, codes: type[models.TextChoices] | None = None, *args: Any, **kwargs: Any) -> None:
        self.codes = codes
        super().__init__(*args, **kwargs)


class Links(Several):
    """Several other records, by UUID. `to` is the label of their model."""

    def __init__(self, to: str = "", *args: Any, **kwargs: Any) -> None:
        self.to = to
        super().__init__(*args, **kwargs)


class Whole(Stated, models.BigIntegerField):
    """A whole number: persons, items, days."""

    def read(self, stated: Any) -> int:
        try:
            if isinstance(stated, bool) or int(stated) != float(stated) or abs(int(stated)) > LARGEST_WHOLE:
                raise ValueError
            return int(stated)
        except (ValueError, TypeError, OverflowError):
            raise ValueError(_("A whole number was expected.")) from None


class Number(Stated, models.DecimalField):
    """A number with decimals, stated as text so that nothing is rounded. The unit is in the field's name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 18)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)

    def read(self, stated: Any) -> Decimal:
        try:
            value = Decimal(str(stated))
            if not value.is_finite() or abs(value) >= Decimal(10) ** (self.max_digits - self.decimal_places):
                raise InvalidOperation
            return value.quantize(Decimal(1).scaleb(-self.decimal_places))
        except InvalidOperation:
            raise ValueError(_("A number was expected.")) from None

    def store(self, value: Any) -> tuple[Any, ...]:
        return (None if value is None else str(value),)


class PartialDate(Stated, models.CharField):
    """A date of which the day or the month may be unknown: the text, with its first and its last day beside it.

    >>> partial_dates.read("2013")
    ('2013', '2013-01-01', '2013-12-31')
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            models.DateField(null=True).contribute_to_class(cls, f"{name}_first")
            models.DateField(null=True).contribute_to_class(cls, f"{name}_last")

    def columns(self) -> tuple[str, ...]:
        return (self.name, f"{self.name}_first", f"{self.name}_last")

    def read(self, stated: Any) -> tuple[str, str, str]:
        return partial_dates.read(stated)

    def store(self, value: Any) -> tuple[Any, ...]:
        return value or (None, None, None)


class Moment(Stated, models.CharField):
    """A date and time, UTC, to the second: ``2014-06-20T10:30:00Z``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        super().__init__(*args, **kwargs)

    def read(self, stated: Any) -> str:
        try:
            moment = datetime.datetime.fromisoformat(stated)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=datetime.UTC)
            return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        except (ValueError, TypeError, OverflowError):
            raise ValueError(_("A date and time was expected, such as 2014-06-20T10:30:00Z.")) from None


class Link(Stated, models.ForeignKey):
    """Another record, by UUID. There is no constraint in the database: what is not known yet is shown as unresolved."""

    def __init__(self, to: Any, *args: Any, **kwargs: Any) -> None:
        kwargs.update(on_delete=models.DO_NOTHING, db_constraint=False)
        kwargs.setdefault("related_name", "+")
        super().__init__(to, *args, **kwargs)

    def read(self, stated: Any) -> str:
        if not isinstance(stated, str) or not UUID.fullmatch(stated):
            raise ValueError(_("The id of a record was expected."))
        return stated


class Shape(Stated, models.BinaryField):
    """A geometry in WGS84 (longitude, latitude): stated as GeoJSON, kept as WKB, with its geodesic area for polygons.

    The stated value may carry ``typed``, what the surveyor wrote, and ``accuracy_m``; both stay in the journal.
    """

    def __init__(self, *types: str, **kwargs: Any) -> None:
        self.types = types or ("Point",)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [*self.types], kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if self.has_area and not cls._meta.abstract:
            models.DecimalField(null=True, max_digits=18, decimal_places=2).contribute_to_class(cls, f"{name}_area_m2")

    @property
    def has_area(self) -> bool:
        return any(each.endswith("Polygon") for each in self.types)

    def columns(self) -> tuple[str, ...]:
        return (self.name, f"{self.name}_area_m2") if self.has_area else (self.name,)

    def read(self, stated: Any) -> geometry.Shape:
        return geometry.read(stated, self.types)

    def store(self, value: Any) -> tuple[Any, ...]:
        if value is None:
            return (None,) * len(self.columns())
        return (value.wkb, str(value.area_m2)) if self.has_area else (value.wkb,)


class Sealed(Stated, models.CharField):
    """A value that lies in a sealed part: the column holds its commitment, never the words."""

    sealed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 64)
        super().__init__(*args, **kwargs)

    def read(self, stated: Any) -> str:
        """The commitment; words that another office left open in a body do not come into the registry."""
        if not isinstance(stated, str) or not re.fullmatch(r"[0-9a-f]{64}", stated):
            raise ValueError(_("A sealed value was expected."))
        return stated


class Personal(Sealed):
    """What identifies a person: name, contact, number, date of birth. Opened with a reason, which is logged."""

    personal = True


class Narrative(Sealed):
    """Free text about what happened; it may name people, so it is sealed and can be erased."""


class Attachment(Sealed):
    """A photograph or a document that came with a report."""


class Source(NamedTuple):
    """Records of a kind whose link (or one of whose links) `via` names a record, with the columns that a rule `reads`."""

    kind: str
    via: str
    reads: tuple[str, ...]


class Derivation:
    """How a derived field is computed: from the record's own values, or rolled up from records that link to it."""

    def __init__(self, rule: Callable[..., Any], version: int, *sources: Source) -> None:
        self.rule, self.version, self.sources = rule, version, sources


def derived(field: Field, rule: Callable[[Mapping[str, Any]], Any], version: int = 1) -> Field:
    """A field computed by `rule` from the values (as `read` gives them) of its own record."""
    field.derived = Derivation(rule, version)
    return field


def rolled_up(field: Field, rule: Callable[..., Any], *sources: Source, version: int = 1) -> Field:
    """A field computed by `rule(own values, rows, …)` from the rows of each source that name this record.

    The rows have the columns that the rule `reads` and no other, as the database gives them: a Number may be a float.
    A source may be of the record's own kind; what is read of it is then stated, never derived.
    """
    field.derived = Derivation(rule, version, *sources)
    return field


def sex_and_age(prefix: str, label: Any) -> type[models.Model]:
    """An abstract model with the five counts of a sex-and-age table: `prefix`_boys, _girls, _men, _women, _unknown."""
    counts: dict[str, Any] = {
        f"{prefix}_{group}": Whole(format_lazy("{} ({})", label, words)) for group, words in SEX_AND_AGE
    }
    meta = type("Meta", (), {"abstract": True, "app_label": "registry"})
    return type(f"SexAndAge_{prefix}", (models.Model,), {"__module__": __name__, "Meta": meta, **counts})


SEX_AND_AGE = (
    ("boys", _("boys")),
    ("girls", _("girls")),
    ("men", _("men")),
    ("women", _("women")),
    ("unknown", _("sex or age unknown")),
)
