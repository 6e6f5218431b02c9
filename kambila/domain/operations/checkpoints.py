"""The checklists of quality visits, and their points. The wording is a proposal (IMAS 07.40 and 10.10; unverified).

The first ten points are fields of the visit itself and stand in every list; the others are asked by the list they belong
to. A point that was not met becomes a non-conformity that names it.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Checklist(TextChoices):
    """For which work there is a list; each is a form."""

    MANUAL_CLEARANCE = "manual_clearance", _("Manual clearance")
    MECHANICAL = "mechanical", _("Mechanical demining")
    BATTLE_AREA = "bac", _("Battle area clearance")
    EOD = "eod", _("Explosive ordnance disposal")
    NON_TECHNICAL_SURVEY = "nts", _("Non-technical survey")
    TECHNICAL_SURVEY = "ts", _("Technical survey")
    RISK_EDUCATION = "risk_education", _("Risk education")
    DOGS = "dogs", _("Mine detection dogs")
    STORAGE = "storage", _("Storage of explosives and ammunition")


class CheckPoint(TextChoices):
    """A point of a checklist, as it should be."""

    ACCREDITED = "accredited", _("The organisation is accredited for this work")
    OWN_PROCEDURES = "own_procedures", _("It follows its own procedures")
    STANDARDS = "standards", _("It follows the national standards")
    SUPERVISION = "supervision", _("The work is well supervised")
    QUALIFIED = "qualified", _("The staff are qualified")
    MEDIC = "medic", _("A qualified medic is there")
    EQUIPMENT = "equipment", _("The equipment is suitable and well kept")
    MARKING = "marking", _("The marking is right")
    LOGS = "logs", _("The logs are up to date")
    DEBRIEFED = "debriefed", _("The team was told the result")
    TESTED = "tested", _("Equipment was tested this morning, and the test is written down")
    PROTECTIVE = "protective", _("Everybody in the working area wears protective equipment")
    DISTANCES = "distances", _("Safety distances are kept")
    DEPTH = "depth", _("The depth of the task order is reached")
    OVERLAP = "overlap", _("Lanes overlap, and their edges are visible")
    FOUND_MARKED = "found_marked", _("What was found is marked and reported")
    EVACUATION = "evacuation", _("The medical evacuation was rehearsed this month")
    VISITORS = "visitors", _("Visitors are briefed and written down")
    MACHINE_TESTED = "machine_tested", _("The machine was tested for this ground and is within its test")
    MACHINE_DISTANCE = "machine_distance", _("Nobody is within the safety distance of the machine")
    OPERATOR_PROTECTED = "operator_protected", _("The operator of the machine is protected")
    MACHINE_FOLLOWED = "machine_followed", _("The land behind the machine is followed up as ordered")
    SEARCH_SPACING = "search_spacing", _("The spacing of the search fits the smallest item expected")
    SURFACE_BEFORE = "surface_before", _("The surface was searched before the ground below")
    FADE_OUT = "fade_out", _("The distance searched beyond the last item is kept")
    EOD_CERTIFIED = "eod_certified", _("The level of the team is certified in writing and covers the item")
    CORDON = "cordon", _("The cordon was set, and people were moved away")
    EXPLOSIVES_COUNTED = "explosives_counted", _("Explosives drawn, used and brought back agree")
    TRANSPORT_SAFE = "transport_safe", _("Items and explosives are carried as the procedures say")
    CLEARED_AFTER = "cleared_after", _("The place was searched after the demolition")
    EVIDENCE = "evidence", _("Every polygon rests on evidence that is written down")
    INTERVIEWS = "interviews", _("Women, men, girls and boys were asked")
    SAFE_ROUTE = "safe_route", _("The team stayed on ground known to be safe")
    TURNING_POINTS = "turning_points", _("Turning points are measured and described")
    CANCELLED_REASONS = "cancelled_reasons", _("What is cancelled has its reasons written down")
    LANES_ENOUGH = "lanes_enough", _("Lanes and targets are enough for the conclusion")
    EVIDENCE_FOLLOWED = "evidence_followed", _("Direct evidence was followed up")
    REDUCED_REASONS = "reduced_reasons", _("What is reduced has its reasons written down")
    MESSAGES = "messages", _("The messages are the approved ones")
    AUDIENCE = "audience", _("The session fits the people who are there")
    PARTICIPANTS = "participants", _("Participants are counted by sex and age")
    NO_LIVE_ITEMS = "no_live_items", _("No item, live or inert, is handed around")
    FEEDBACK = "feedback", _("People can say what they know, and it is passed on")
    DOG_TESTED = "dog_tested", _("Dog and handler passed their test together, and it is valid")
    DOG_WEATHER = "dog_weather", _("Wind, rain and heat are within the limits for dogs")
    DOG_TWICE = "dog_twice", _("The ground was searched by the number of dogs ordered")
    DOG_HEALTH = "dog_health", _("The dogs are healthy and rested")
    LICENCE = "licence", _("The store is licensed, and within its limits")
    STOCK_COUNTED = "stock_counted", _("The count of the store agrees with its book")
    KEYS = "keys", _("Keys and guards are as the rules of the store say")
    FIRE = "fire", _("Fire points are there and work")
    MIXED = "mixed", _("Nothing is stored together that must be apart")
    LIGHTNING = "lightning", _("Lightning protection was tested")
