"""Incidents and casualties."""

from django.utils.translation import gettext_lazy as _

from kambila.domain.incidents import codes, person_codes
from kambila.domain.incidents.derivations import accident_type, how_many, person_category
from kambila.registry.fields import (
    Attachment,
    Code,
    Codes,
    Link,
    Narrative,
    PartialDate,
    Personal,
    Shape,
    Source,
    Text,
    Whole,
    YesNo,
    derived,
    rolled_up,
)
from kambila.registry.models import Record
from kambila.registry.people import AgeGroup, Sex, age_group

CASUALTIES = Source("casualty", "incident", ("outcome",))


class Incident(Record):
    """An accident with an explosive device, or an attack with one: class of the device, never its construction."""

    event_date = "date"
    is_danger = True
    code_prefix = "INC"

    category = Code(codes.Category, _("category"), required=True)
    accident_type = derived(Code(codes.AccidentType, _("type of accident")), accident_type)
    date = PartialDate(_("date"), required=True)
    time_of_day = Code(codes.TimeOfDay, _("time of day"))

    location = Shape("Point", verbose_name=_("place"))
    location_accuracy = Code(codes.Accuracy, _("how well the place is known"))
    village = Link("places.Village", verbose_name=_("village"))
    locality = Text(_("nearest village"))
    area_type = Code(codes.AreaType, _("kind of place"))
    hazardous_area = Link("land.HazardousArea", verbose_name=_("hazardous area"))

    device = Code(codes.Device, _("class of device"), required=True)
    device_certainty = Code(codes.Certainty, _("how sure the class is"))
    cause = Code(codes.Cause, _("what set it off"))
    moved_before = YesNo(_("was it moved before"))
    marked_before = YesNo(_("was the place marked before"))
    marking_before = Code(codes.Marking, _("marking before"))
    marked_after = YesNo(_("was the place marked afterwards"))
    marking_after = Code(codes.Marking, _("marking afterwards"))
    cleared_before = YesNo(_("had the place been cleared before"))
    cleared_by = Link("partners.Organisation", verbose_name=_("cleared by"))

    killed_stated = Whole(_("killed, as reported"))
    injured_stated = Whole(_("injured, as reported"))
    killed_recorded = rolled_up(Whole(_("killed, recorded one by one")), how_many("killed"), CASUALTIES)
    injured_recorded = rolled_up(Whole(_("injured, recorded one by one")), how_many("injured"), CASUALTIES)

    event_class = Code(codes.EventClass, _("class of event"))
    target = Code(codes.Target, _("aimed at"))
    took_effect = YesNo(_("did it take effect"))
    route = Text(_("route"))
    response_unit = Text(_("unit that responded"))
    follow_up = Text(_("follow-up"))

    workplace_activity = Code(codes.Workplace, _("work being done, for a demining accident"))
    operator = Link("partners.Organisation", verbose_name=_("organisation at work, for a demining accident"))
    item_marked = YesNo(_("had the item been marked, for a demining accident"))
    corrected = YesNo(_("corrective action taken, for a demining accident"))

    source = Codes(codes.Source, _("sources"))
    source_reliability = Code(codes.SourceReliability, _("reliability of the source"))
    information_reliability = Code(codes.InformationReliability, _("reliability of the information"))
    verification = Code(codes.Verification, _("verification"))
    circumstances = Narrative(_("what happened"))
    informant = Personal(_("name of the person who told"))
    informant_contact = Personal(_("contact of the person who told"))
    sketch = Attachment(_("sketch"))
    photograph = Attachment(_("photograph"))

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")


class Casualty(Record):
    """A person killed or injured. Never "victim", which includes families and communities."""

    event_date = "incident__date"
    code_prefix = "CAS"

    incident = Link(Incident, verbose_name=_("incident"), required=True)
    full_name = Personal(_("name"))
    date_of_birth = Personal(_("date of birth"))
    identification = Personal(_("identity document"))
    address = Personal(_("address"))
    contact = Personal(_("contact"))
    sex = Code(Sex, _("sex"), required=True)
    age = Whole(_("age at the time, in years"))
    age_group_stated = Code(AgeGroup, _("child or adult, when the age is unknown"))
    age_group = derived(Code(AgeGroup, _("age group")), age_group)
    outcome = Code(person_codes.Outcome, _("outcome"), required=True)
    status = Code(person_codes.Status, _("status"), required=True)
    person_category = derived(Code(person_codes.PersonCategory, _("category of person")), person_category)

    activity = Code(person_codes.Activity, _("activity at the time"))
    tampered = YesNo(_("was the device handled"))
    knew_danger = YesNo(_("knew of the danger"))
    saw_item = YesNo(_("saw the item"))
    had_risk_education = YesNo(_("had received risk education"))
    visits = Code(person_codes.Frequency, _("how often in the place"))

    occupation = Code(person_codes.Occupation, _("occupation before"))
    head_of_household = YesNo(_("head of household"))
    displacement = Code(person_codes.Displacement, _("displacement"))
    nationality = Text(_("nationality (ISO 3166 letters)"), max_length=3)

    injuries = Codes(person_codes.Injury, _("wounds"))
    losses = Codes(person_codes.Loss, _("limbs and senses lost"))
    first_aid = YesNo(_("first aid on the spot"))
    transport = Code(person_codes.Transport, _("transport"))
    minutes_to_care = Whole(_("minutes until care in a health facility"))
    place_of_death = Code(person_codes.DeathPlace, _("place of death"))
    date_of_death = PartialDate(_("date of death"))
    disability = YesNo(_("lasting disability"))
    referred = YesNo(_("referred to a service"))

    function = Text(_("function, for a deminer"))
    protection_worn = YesNo(_("protective equipment worn, for a deminer"))

    share_with_authorities = YesNo(_("agrees that authorities are told"))
    share_with_partners = YesNo(_("agrees that organisations that assist are told"))

    class Meta:
        verbose_name = _("casualty")
        verbose_name_plural = _("casualties")
