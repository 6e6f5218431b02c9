"""What the API takes and gives. `docs/api.md` tells it to people."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Field, Schema

LONGEST = 10_000
Name = Annotated[str, Field(max_length=250)]
Reason = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class Trouble(Schema):
    """What is wrong, and what to do about it."""

    code: str
    sentence: str
    remedy: str


class Me(Schema):
    """The account behind the token, and what the token is for."""

    username: str
    title: str = Field(description="what the token was called when it was made")
    actions: list[str]
    forms: list[str]
    places: list[str]
    valid_until: str | None


class FieldTold(Schema):
    """A field of a kind. `personal` values are stated in forms and never read here."""

    name: str
    title: str
    type: str
    required: bool
    personal: bool
    derived: bool
    links_to: str | None = None
    codes: dict[str, str] | None = None


class Kind(Schema):
    """A kind of record."""

    kind: str
    title: str
    area: str
    event_date: str | None = Field(description="for an event, the field that dates it; null for a state")
    is_danger: bool
    fields: list[FieldTold]


class RecordTold(Schema):
    """A record as far as it may be seen. Decimals are texts, partial dates are texts, geometries are GeoJSON."""

    kind: str
    id: str
    code: str | None
    example: bool
    information_date: str | None
    last_entry: str
    values: dict[str, Any]


class Records(Schema):
    """A page of records, those that changed longest ago first. `next` is the `after` of the page that follows; keep the
    last one to ask later for what has changed since."""

    records: list[RecordTold]
    next: str | None
    more: bool


class FormTold(Schema):
    """A form that is open to the token."""

    form: str
    version: str
    titles: dict[str, str]
    kinds: list[str]


class Question(Schema):
    """A question: where it stands, what answers it takes, and what its answer becomes."""

    path: str
    name: str
    type: str
    required: bool
    repeat: bool
    labels: dict[str, str]
    choices: dict[str, dict[str, str]] | None = None
    saved_to: str | None = None


class FormWhole(FormTold):
    """A form with its questions, in order."""

    questions: list[Question]


class NewReport(Schema):
    """A form, answered. A repeat is a list of objects, a multiple choice a list, a position or a shape GeoJSON."""

    form: Name
    version: Name = Field("", description="the latest version that is open when left out")
    answers: dict[str, Any]
    instance: Name = Field("", description="uuid:… of the submission; by the idempotency key when left out")
    edits: Name = Field("", description="the instance of the submission that this one restates")


class Receipt(Schema):
    """What became of it: the report, and what the checks found."""

    id: str
    code: str
    instance: str
    known: bool = Field(description="whether it had been received before")
    findings: list[Finding]


class Finding(Schema):
    """Something wrong with a report; an error keeps it from being accepted, a warning must be answered."""

    code: str
    level: str
    change: int = Field(description="the number of the change from 0; -1 for the report as a whole")
    field: str
    sentence: str
    remedy: str
    at: dict[str, Any] | None = Field(default=None, description="the parts of a geometry that are wrong, as GeoJSON")


class ReportTold(Schema):
    """A report in a list."""

    id: str
    code: str
    form: str
    version: str
    status: str
    date: str
    recorded: str
    reporter: str
    office: str
    organisation: str
    edits: str | None
    counts: bool
    kinds: list[str]
    example: bool


class Reports(Schema):
    """A page of reports, the newest first."""

    reports: list[ReportTold]
    next: str | None


class ChangeTold(Schema):
    """What a report says of one record; `sealed` names the values that are not shown here."""

    kind: str
    id: str
    values: dict[str, Any]
    sealed: list[str]


class FileTold(Schema):
    """A file that came with a report."""

    name: str
    media_type: str
    length: int


class ReportWhole(ReportTold):
    """A report with what it says, as far as it may be seen."""

    instance: str
    changes: list[ChangeTold]
    files: list[FileTold]
    findings: list[Finding]


class Acceptance(Schema):
    """Why a report is accepted; `answers` to its warnings, one for each code or one under `*`."""

    reason: Reason
    answers: dict[str, Annotated[str, Field(max_length=LONGEST)]] = {}
    base: dict[str, dict[str, list[str]]] | None = Field(
        None, description="what the person deciding was shown: {change: {field: [changes that count]}}"
    )


class Refusal(Schema):
    """Why a report is returned (then: what must be mended) or rejected."""

    reason: Reason


class Rejection(Refusal):
    """`stands` is another report of the same danger."""

    stands: Name = ""


class DecisionTold(Schema):
    """What became of a decision. `waits`: it has no effect until a second person countersigns it."""

    id: str
    verb: str
    effective: bool
    waits: bool


Receipt.model_rebuild()
