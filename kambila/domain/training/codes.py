"""The code lists of training and capacity support (course codes are a proposal; EOD levels IMAS 09.30, unverified)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Subject(TextChoices):
    """What is taught."""

    EHAT = "ehat", _("Explosive hazard awareness")
    IED_AWARENESS = "ied_aw", _("IED awareness")
    SSAFE = "ssafe", _("SSAFE, explosive threats")
    DRIVERS = "drv", _("IED awareness for drivers")
    FIRST_AID = "ifak", _("First aid")
    EOD1 = "eod1", _("EOD level 1")
    EOD2 = "eod2", _("EOD level 2")
    EOD3 = "eod3", _("EOD level 3")
    EOD3_PLUS = "eod3_plus", _("EOD level 3+")
    IEDD = "iedd", _("IED disposal")
    SEARCH = "search", _("Search")
    AMMUNITION_SAFETY = "asm", _("Ammunition safety management")
    STORE_KEEPING = "asm_store", _("Ammunition store keeping")
    WEAPONS_AMMUNITION = "wam", _("Weapons and ammunition management")
    WEAPONS_MARKING = "mark", _("Weapons marking")
    QUALITY = "qa", _("Quality management")
    INFORMATION = "im", _("Information management")
    EDUCATION_TRAINERS = "eore_tot", _("Training of risk education trainers")
    OTHER = "other", _("Other")


AWARENESS = (Subject.EHAT.value, Subject.IED_AWARENESS.value, Subject.SSAFE.value, Subject.DRIVERS.value)
AMMUNITION = (Subject.AMMUNITION_SAFETY.value, Subject.STORE_KEEPING.value, Subject.WEAPONS_AMMUNITION.value)


class Audience(TextChoices):
    """Who is trained, as the programme of July 2014 counts them."""

    MDSF = "mdsf", _("Malian defence and security forces")
    UN_UNIFORMED = "un_uniformed", _("Uniformed UN personnel")
    UN_STAFF = "un_staff", _("UN staff")
    NGO = "ngo", _("NGO staff")
    AUTHORITY = "authority", _("National or local authority")
    OPERATOR = "operator", _("Staff of a mine action operator")
    COMMUNITY = "community", _("Community")
    OTHER = "other", _("Other")


class Level(TextChoices):
    """How far a course goes."""

    AWARENESS = "awareness", _("Awareness")
    BASIC = "basic", _("Basic")
    ADVANCED = "advanced", _("Advanced")
    SPECIALIST = "specialist", _("Specialist")
    INSTRUCTOR = "instructor", _("Instructor")


class Result(TextChoices):
    """How it ended for one person."""

    PASSED = "passed", _("Passed")
    ATTENDED = "attended", _("Attended")
    FAILED = "failed", _("Failed")


class SupportKind(TextChoices):
    """What is done for a national authority, a force or a company besides courses."""

    ADVICE = "advice", _("Advice")
    MENTORING = "mentoring", _("Mentoring")
    EQUIPMENT = "equipment", _("Equipment handed over")
    INFRASTRUCTURE = "infrastructure", _("Building or repair")
    STANDARDS = "standards", _("Help with standards, plans or laws")
    TREATY = "treaty", _("Help with treaty reports")
    COORDINATION = "coordination", _("Help with coordination")
    OTHER = "other", _("Other")


class Equipment(TextChoices):
    """Classes of equipment that are handed over."""

    DETECTORS = "detectors", _("Detectors")
    PROTECTION = "protection", _("Protective equipment")
    DISPOSAL_TOOLS = "disposal_tools", _("Disposal tools")
    ROBOTS = "robots", _("Robots")
    VEHICLES = "vehicles", _("Vehicles")
    MEDICAL = "medical", _("Medical equipment")
    COMMUNICATION = "communication", _("Communication and computers")
    TRAINING_AIDS = "training_aids", _("Training aids")
    STORAGE = "storage", _("Storage equipment")
    OTHER = "other", _("Other")
