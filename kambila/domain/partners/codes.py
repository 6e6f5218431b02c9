"""The code lists of partners."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationType(TextChoices):
    """The organisation type list of IATI 2.x, by its numbers."""

    GOVERNMENT = "10", _("Government")
    LOCAL_GOVERNMENT = "11", _("Local government")
    OTHER_PUBLIC = "15", _("Other public sector")
    INTERNATIONAL_NGO = "21", _("International NGO")
    NATIONAL_NGO = "22", _("National NGO")
    REGIONAL_NGO = "23", _("Regional NGO")
    PARTNER_COUNTRY_NGO = "24", _("NGO of the partner country")
    PARTNERSHIP = "30", _("Public-private partnership")
    MULTILATERAL = "40", _("Multilateral")
    FOUNDATION = "60", _("Foundation")
    PRIVATE = "70", _("Private sector")
    PRIVATE_PROVIDER = "71", _("Private sector in the provider's country")
    PRIVATE_RECIPIENT = "72", _("Private sector in the recipient country")
    PRIVATE_THIRD = "73", _("Private sector in a third country")
    ACADEMIC = "80", _("Academic, training and research")
    OTHER = "90", _("Other")


class Role(TextChoices):
    """What an organisation does in the programme; it may do several things (proposal)."""

    NATIONAL_AUTHORITY = "national_authority", _("National authority")
    COORDINATION = "coordination", _("Coordination of the programme")
    OPERATOR = "operator", _("Operator")
    DONOR = "donor", _("Donor")
    QUALITY = "quality", _("Quality assurance body")
    NATIONAL_FORCE = "national_force", _("National force")
    PEACEKEEPING = "peacekeeping", _("Peacekeeping unit")
    OTHER = "other", _("Other")


class OfficeType(TextChoices):
    """Kinds of office."""

    HEADQUARTERS = "headquarters", _("Headquarters")
    FIELD_OFFICE = "field_office", _("Field office")


class Scope(TextChoices):
    """What an operator may be accredited for: activities of mine action (IMAS 07.30; unverified)."""

    NON_TECHNICAL_SURVEY = "nts", _("Non-technical survey")
    TECHNICAL_SURVEY = "ts", _("Technical survey")
    MANUAL_CLEARANCE = "manual_clearance", _("Manual clearance")
    MECHANICAL = "mechanical", _("Mechanical demining")
    ANIMALS = "animals", _("Animal detection")
    BATTLE_AREA = "bac", _("Battle area clearance")
    EOD = "eod", _("Explosive ordnance disposal")
    IEDD = "iedd", _("IED disposal")
    RISK_EDUCATION = "risk_education", _("Risk education")
    VICTIM_ASSISTANCE = "victim_assistance", _("Victim assistance")
    AMMUNITION = "ammunition", _("Weapons and ammunition management")
    STORAGE = "storage", _("Storage of explosives and ammunition")
    TRAINING = "training", _("Training")


class Phase(TextChoices):
    """The two phases of accreditation (IMAS 07.30; unverified)."""

    ORGANISATIONAL = "organisational", _("Organisational")
    OPERATIONAL = "operational", _("Operational")


class AccreditationDecision(TextChoices):
    """Where a request for accreditation stands (proposal); what may follow what stands in `paths`."""

    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", pgettext_lazy("accreditation", "Returned")
    GRANTED = "granted", _("Granted")
    PROVISIONAL = "provisional", _("Granted provisionally")
    REFUSED = "refused", _("Refused")
    SUSPENDED = "suspended", _("Suspended")
    WITHDRAWN = "withdrawn", pgettext_lazy("accreditation", "Withdrawn")


class AccreditationReason(TextChoices):
    """Why an accreditation was suspended or withdrawn (proposal)."""

    ACCIDENT = "accident", _("Accident under investigation")
    NON_CONFORMITY = "non_conformity", _("Grave non-conformity")
    INSURANCE = "insurance", _("Insurance expired")
    PROCEDURES = "procedures", _("Procedures not kept up to date")
    REQUEST = "request", _("At the organisation's own request")
    OTHER = "other", _("Other")


class Skill(TextChoices):
    """What a person is certified for. EOD in four levels and IED disposal apart (IMAS 09.30 and 09.31; unverified)."""

    EOD_ONE = "eod1", _("EOD level 1")
    EOD_TWO = "eod2", _("EOD level 2")
    EOD_THREE = "eod3", _("EOD level 3")
    EOD_THREE_PLUS = "eod3plus", _("EOD level 3+")
    IEDD = "iedd", _("IED disposal")
    SURVEYOR = "surveyor", _("Surveyor")
    DEMINER = "deminer", _("Deminer")
    TEAM_LEADER = "team_leader", _("Team leader")
    MACHINE_OPERATOR = "machine_operator", _("Machine operator")
    DOG_HANDLER = "dog_handler", _("Dog handler")
    EDUCATOR = "educator", _("Risk educator")
    MEDIC = "medic", _("Medic")
    STOREKEEPER = "storekeeper", _("Storekeeper of explosives")
    QUALITY = "quality_officer", _("Quality officer")


class EquipmentSort(TextChoices):
    """What is tested or examined before it may be used (proposal)."""

    DETECTOR = "detector", _("Detector")
    MACHINE = "machine", _("Machine")
    DOG = "dog", _("Mine detection dog")
    VEHICLE = "vehicle", _("Vehicle")
    AMBULANCE = "ambulance", _("Ambulance")
    MEDICAL = "medical", _("Medical kit")
    PROTECTION = "protection", _("Protective equipment")
    RADIO = "radio", _("Radio")
    OTHER = "other", _("Other")


class EquipmentStatus(TextChoices):
    """Whether it is in use (proposal)."""

    IN_USE = "in_use", _("In use")
    IN_REPAIR = "in_repair", _("In repair")
    RETIRED = "retired", pgettext_lazy("equipment", "Retired")


class ProcedureStatus(TextChoices):
    """Where a version of standing operating procedures stands (proposal); what may follow what stands in `paths`."""

    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", pgettext_lazy("procedures", "Returned")
    APPROVED = "approved", _("Approved")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", pgettext_lazy("procedures", "Withdrawn")


class Cover(TextChoices):
    """What an insurance covers (proposal)."""

    THIRD_PARTY = "third_party", _("Harm to others")
    STAFF = "staff", _("Staff: accidents and illness")
    VEHICLES = "vehicles", _("Vehicles and machines")
    OTHER = "other", _("Other")


class ContributionKind(TextChoices):
    """Money, or something else than money."""

    CASH = "cash", _("Money")
    IN_KIND = "in_kind", _("In kind")


class Channel(TextChoices):
    """The way by which a contribution reaches the programme (channels of UN mine action funding)."""

    ASSESSED = "assessed", _("Assessed contributions to peacekeeping")
    VOLUNTARY_TRUST_FUND = "voluntary_trust_fund", _("Voluntary trust fund for mine action")
    MISSION_TRUST_FUND = "mission_trust_fund", _("Trust fund of the mission")
    POOLED = "pooled", _("Pooled or multi-donor fund")
    BILATERAL = "bilateral", _("Bilateral")
    PRIVATE = "private", _("Foundation or private")
    EXPERTISE = "expertise", _("Expertise and equipment in kind")


class Earmark(TextChoices):
    """How far a donor binds a contribution (Grand Bargain degrees, shortened)."""

    NONE = "none", _("Not earmarked")
    SOFT = "soft", _("Bound to a theme or a region")
    TIGHT = "tight", _("Bound to a project")
    IN_KIND = "in_kind", _("In kind")
