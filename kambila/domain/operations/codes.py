"""The code lists of operations: tasks, spot tasks, ordnance and quality.

Activity types after the IMSMA information model; ordnance after IMAS 04.10; quality after IMAS 07.40 (unverified).
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TaskType(TextChoices):
    """What an operator is tasked to do (IMSMA activity types; outcome documents are not tasks)."""

    VILLAGE_SURVEY = "village_survey", _("Village survey")
    NON_TECHNICAL_SURVEY = "non_technical_survey", _("Non-technical survey")
    TECHNICAL_SURVEY = "technical_survey", _("Technical survey")
    CLEARANCE = "clearance", _("Clearance")
    BATTLE_AREA = "battle_area", _("Battle area clearance")
    ROAD = "road", _("Road verification or clearance")
    EOD = "eod", _("EOD spot tasks")
    MARKING = "marking", _("Marking")
    DEMOLITION = "demolition", _("Demolition of ammunition")
    RISK_EDUCATION = "risk_education", _("Risk education")
    VICTIM_ASSISTANCE = "victim_assistance", _("Victim assistance")
    STORAGE = "storage", _("Storage of explosives and ammunition")


class TaskStatus(TextChoices):
    """Where a task stands."""

    IDENTIFIED = "identified", _("Identified")
    PRIORITISED = "prioritised", _("Prioritised")
    DRAFTED = "drafted", _("Drafted")
    ISSUED = "issued", _("Issued")
    ACCEPTED = "accepted", _("Accepted by the operator")
    IN_PROGRESS = "in_progress", _("In progress")
    SUSPENDED = "suspended", _("Suspended")
    COMPLETED = "completed", _("Completed, to be checked")
    CHECKED = "checked", _("Quality control passed")
    HANDED_OVER = "handed_over", _("Handed over")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


NAMES_TEAM = (TaskStatus.DRAFTED, TaskStatus.ISSUED)  # the steps with which a team may be chosen
AT_WORK = (TaskStatus.ISSUED, TaskStatus.ACCEPTED, TaskStatus.IN_PROGRESS, TaskStatus.SUSPENDED)
ORDERED = (*AT_WORK, TaskStatus.COMPLETED, TaskStatus.CHECKED, TaskStatus.HANDED_OVER, TaskStatus.CLOSED)


class SuspensionReason(TextChoices):
    """Why a task is suspended."""

    SECURITY = "security", _("Security")
    ACCESS = "access", _("No access")
    WEATHER = "weather", _("Weather")
    FUNDS = "funds", _("Funds")
    EQUIPMENT = "equipment", _("Equipment or staff")
    QUALITY = "quality", _("Stopped after a quality visit")
    OTHER = "other", _("Other")


class Priority(TextChoices):
    """How urgent it is (EOD practice of four categories; wording ours)."""

    IMMEDIATE = "immediate", _("Immediate: life or an essential service is threatened")
    INDIRECT = "indirect", _("Soon: an indirect threat")
    MINOR = "minor", _("Later: a minor threat")
    NONE = "none", _("No threat for the moment")


class Method(TextChoices):
    """How work is done."""

    INTERVIEWS = "interviews", _("Interviews")
    MANUAL = "manual", _("Manual clearance")
    DOGS = "dogs", _("Mine detection dogs")
    MECHANICAL = "mechanical", _("Machines")
    BAC_SURFACE = "bac_surface", _("Battle area clearance, surface")
    BAC_SUBSURFACE = "bac_subsurface", _("Battle area clearance, below ground")
    VISUAL = "visual", _("Visual search")
    ROAD = "road", _("Road verification or clearance")
    EOD = "eod", _("Disposal of single items")
    MARKING = "marking", _("Marking")
    SESSIONS = "sessions", _("Sessions with people")


class Asset(TextChoices):
    """What is deployed."""

    SURVEYORS = "surveyors", _("Survey team")
    DEMINERS = "deminers", _("Deminers")
    DETECTOR = "detector", _("Detectors")
    DOGS = "dogs", _("Dogs")
    MACHINE = "machine", _("Machine")
    EOD_TEAM = "eod_team", _("EOD team")
    UAV = "uav", _("Drone")


class Unit(TextChoices):
    """What planned work is counted in."""

    M2 = "m2", _("m²")
    KM = "km", _("km")
    VILLAGES = "villages", _("villages")
    ITEMS = "items", _("items")
    SESSIONS = "sessions", _("sessions")
    DAYS = "days", _("days")


class Channel(TextChoices):
    """Who called."""

    COMMUNITY = "community", _("Community")
    SECURITY_FORCES = "security_forces", _("Police, gendarmerie or army")
    MISSION = "mission", _("Peacekeeping mission")
    HUMANITARIAN = "humanitarian", _("Humanitarian organisation")
    AUTHORITY = "authority", _("Local authority")
    HOTLINE = "hotline", _("Hotline")
    SURVEY = "survey", _("Survey or risk education team")
    OTHER = "other", _("Other")


class Level(TextChoices):
    """EOD level that is needed (IMAS 09.30; unverified)."""

    ONE = "1", _("EOD level 1")
    TWO = "2", _("EOD level 2")
    THREE = "3", _("EOD level 3")
    THREE_PLUS = "3plus", _("EOD level 3+")
    IEDD = "iedd", _("IED disposal")
    UNKNOWN = "unknown", _("Unknown")


class Outcome(TextChoices):
    """How a spot task ended."""

    DESTROYED_IN_PLACE = "destroyed_in_place", _("Destroyed where it lay")
    REMOVED_DESTROYED = "removed_destroyed", _("Removed and destroyed")
    REMOVED = "removed", _("Removed, not yet destroyed")
    MARKED = "marked", _("Left in place and marked")
    REFERRED = "referred", _("Referred to another team")
    NOT_FOUND = "not_found", _("No item found")
    NO_ACCESS = "no_access", _("The place could not be reached")


class SpotStatus(TextChoices):
    """Where a spot task stands."""

    REQUESTED = "requested", _("Requested")
    ASSIGNED = "assigned", _("Assigned to a team")
    RESPONDED = "responded", _("A team was there")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class Category(TextChoices):
    """Categories of explosive ordnance (IMAS 04.10). Small arms ammunition is counted apart, in rounds.

    IEDs by class only; improvised mines are victim-activated and fall under the Anti-Personnel Mine Ban Convention.
    """

    AP_MINE = "ap_mine", _("Anti-personnel mine")
    IMPROVISED_MINE = "improvised_mine", _("Improvised mine")
    AV_MINE = "av_mine", _("Anti-vehicle mine")
    SUBMUNITION = "submunition", _("Unexploded submunition")
    UXO = "uxo", _("Unexploded ordnance (UXO)")
    AXO = "axo", _("Abandoned explosive ordnance (AXO)")
    BOOBY_TRAP = "booby_trap", _("Booby-trap")
    IED_VICTIM = "ied_victim", _("IED, victim-operated")
    IED_COMMAND = "ied_command", _("IED, commanded")
    IED_TIME = "ied_time", _("IED, timed")
    IED_SUICIDE = "ied_suicide", _("IED, carried by an attacker")
    IED_UNKNOWN = "ied_unknown", _("IED, unknown class")
    SAA = "saa", _("Small arms ammunition")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


class Family(TextChoices):
    """Families of ordnance."""

    PROJECTILE = "projectile", _("Projectile")
    MORTAR = "mortar", _("Mortar bomb")
    ROCKET = "rocket", _("Rocket")
    GRENADE = "grenade", _("Grenade")
    BOMB = "bomb", _("Aircraft bomb")
    MISSILE = "missile", _("Missile")
    FUZE = "fuze", _("Fuze")
    MINE = "mine", _("Mine")
    CARTRIDGE = "cartridge", _("Cartridge")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


class Condition(TextChoices):
    """The state in which an item was found."""

    INTACT = "intact", _("Intact or armed")
    DAMAGED = "damaged", _("Damaged")
    PARTIAL = "partial", _("Parts only")
    FIRED = "fired", _("Fired and failed")
    UNKNOWN = "unknown", _("Unknown")


class Disposition(TextChoices):
    """What became of an item."""

    DESTROYED_IN_PLACE = "destroyed_in_place", _("Destroyed where it lay")
    REMOVED_DESTROYED = "removed_destroyed", _("Removed and destroyed")
    REMOVED = "removed", _("Removed to a store")
    HANDED_OVER = "handed_over", _("Handed to an authority")
    MARKED = "marked", _("Left in place and marked")
    UNKNOWN = "unknown", _("Unknown")


DESTROYED = (Disposition.DESTROYED_IN_PLACE, Disposition.REMOVED_DESTROYED)


class VisitType(TextChoices):
    """Kinds of quality visit: assurance looks at the work, control inspects the finished land."""

    DESK = "desk", _("Review of documents")
    ACCREDITATION = "accreditation", _("Accreditation")
    EXTERNAL = "external", _("External quality assurance")
    INTERNAL = "internal", _("Internal quality assurance")
    CONTROL = "control", _("Quality control of finished land")
    COMPLAINT = "complaint", _("After a complaint or an accident")
    FOLLOW_UP = "follow_up", _("Follow-up")


class VisitResult(TextChoices):
    """The result of a visit."""

    PASSED = "passed", _("Visit passed")
    CONDITIONAL = "conditional", _("Passed with conditions")
    FAILED = "failed", _("Visit failed")


class Measure(TextChoices):
    """What was done at once (IMSMA quality management)."""

    NONE = "none", _("None needed")
    ADVICE = "advice", _("Advice on the spot")
    WARNING = "warning", _("Warning")
    MONITORING = "monitoring", _("Special monitoring")
    SUSPENSION = "suspension", _("Work stopped")
    RECLEARANCE = "reclearance", _("Land to be cleared again")


class VisitRisk(TextChoices):
    """Why an organisation is visited so often (proposal)."""

    ROUTINE = "routine", _("Routine")
    NEW = "new", _("New organisation or new team")
    METHOD = "method", _("New method or equipment")
    NON_CONFORMITY = "non_conformity", _("Grave or repeated non-conformities")
    ACCIDENT = "accident", _("After an accident")


class LotDecision(TextChoices):
    """What a sample of finished land says of the lot. That nothing was found in a sample does not make a lot safe."""

    ACCEPTED = "accepted", _("Accepted: nothing found in the sample")
    REJECTED = "rejected", _("Rejected: to be cleared again")
    UNDECIDED = "undecided", _("Undecided")


class SampleMethod(TextChoices):
    """How finished land was inspected."""

    MANUAL = "manual", _("Manual")
    DOGS = "dogs", _("Dogs")
    MECHANICAL = "mechanical", _("Machines")
    VISUAL = "visual", _("Visual")


class NonConformityType(TextChoices):
    """What a non-conformity is about (IMSMA quality management checks)."""

    PROCEDURE = "procedure", _("Procedures")
    SAFETY = "safety", _("Safety and protective equipment")
    MEDICAL = "medical", _("Medical support")
    EQUIPMENT = "equipment", _("Equipment")
    MARKING = "marking", _("Marking")
    STAFF = "staff", _("Qualification or supervision")
    DOCUMENTS = "documents", _("Records and documents")
    MISSED = "missed", _("Ordnance left in released land")
    LESSON = "lesson", _("Lesson of an accident")
    OTHER = "other", _("Other")


class Severity(TextChoices):
    """How grave a non-conformity is (IMAS 07.40; unverified)."""

    CRITICAL = "critical", _("Critical")
    MAJOR = "major", _("Major")
    MINOR = "minor", _("Minor")
    OBSERVATION = "observation", _("Observation")


class CorrectionStatus(TextChoices):
    """Where its correction stands."""

    OPEN = "open", _("Open")
    AGREED = "agreed", _("Action agreed")
    CORRECTED = "corrected", _("Corrected, to be verified")
    VERIFIED = "verified", _("Verified and closed")
    ESCALATED = "escalated", _("Escalated")
