"""Who sees which records and which of their fields, as the design says it."""

import datetime
import itertools
import random
import uuid

import pytest

from kambila.accounts import people
from kambila.accounts.models import Grant
from kambila.accounts.roles import RULES, Role
from kambila.registry import access
from kambila.registry.kinds import model_of
from kambila.registry.models import kind_of

OWN, OTHER = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))
counter = itertools.count(10)


def grant(username, role, **scope):
    Grant.objects.create(
        account=username, role=role, active=True, entry=str(uuid.UUID(int=next(counter))), tick=1, recorded="", **scope
    )


def put(kind, **values):
    """A row of the registry, as the projection would write it."""
    model = model_of(kind)
    base = {
        "id": str(uuid.UUID(int=next(counter))),
        "record_tier": model.default_tier,
        "office": "GAO",
        "organisation": OTHER,
        "last_entry": "",
        "revision": 1,
    }
    return model.objects.create(**{**base, **values})


def seen(account, kind):
    return set(access.visible(account, model_of(kind)).values_list("id", flat=True))


@pytest.fixture
def ahmed(programme):
    return people.add("ahmed")


@pytest.fixture
def incident(programme):
    return put("incident", adm1="ML07", adm2="ML0701")


def test_somebody_who_is_not_signed_in_sees_public_records_only(programme):
    village, task = put("village"), put("incident", record_tier="partner")
    assert seen(None, "village") == {village.id}
    assert seen(None, "incident") == set() and task.id


@pytest.mark.parametrize("role", [Role.REPORTER, Role.ADMINISTRATOR])
def test_reporters_and_administrators_see_no_data_of_others(ahmed, incident, role):
    grant("ahmed", role)
    put("incident", record_tier="partner")
    assert seen(ahmed, "incident") == set()


@pytest.mark.parametrize(
    "role",
    [Role.OFFICE_OFFICER, Role.QUALITY_OFFICER, Role.INFORMATION_OFFICER, Role.PROGRAMME_MANAGER, Role.AUDITOR],
)
def test_staff_without_limits_and_auditors_see_everything(ahmed, incident, role):
    grant("ahmed", role)
    assert seen(ahmed, "incident") == {incident.id}
    assert "location" in access.fields(ahmed, model_of("incident"), incident)


def test_an_operator_sees_what_its_organisation_reported_or_is_named_in(ahmed):
    grant("ahmed", Role.OPERATOR, organisation=OWN)
    mine = put("clearance", organisation=OWN)
    named = put("clearance", operator_id=OWN)
    put("clearance", operator_id=OTHER)
    assert seen(ahmed, "clearance") == {mine.id, named.id}


def test_partners_see_partner_records_everywhere_without_their_restricted_fields(ahmed):
    grant("ahmed", Role.OPERATOR, organisation=OWN)
    course = put("course")
    assert seen(ahmed, "course") == {course.id}
    assert "attendance_list" not in access.fields(ahmed, model_of("course"), course)
    own = put("course", provider_id=OWN)
    assert "attendance_list" in access.fields(ahmed, model_of("course"), own)


def test_a_donor_sees_what_names_it_and_not_what_is_reported_in_its_name(ahmed):
    grant("ahmed", Role.DONOR, organisation=OWN)
    put("clearance", organisation=OWN)
    named = put("clearance", operator_id=OWN)
    assert seen(ahmed, "clearance") == {named.id}


def test_an_office_officer_sees_the_records_of_the_office(ahmed, incident):
    grant("ahmed", Role.OFFICE_OFFICER, office="GAO")
    put("incident", office="KID")
    assert seen(ahmed, "incident") == {incident.id}


@pytest.mark.parametrize(("place", "sees"), [("ML07", True), ("ML0701", True), ("ML0702", False), ("ML08", False)])
def test_a_place_is_a_chain_of_codes(ahmed, incident, place, sees):
    grant("ahmed", Role.OFFICE_OFFICER, place=place)
    assert bool(seen(ahmed, "incident")) is sees


def test_a_record_without_place_lies_in_no_place(ahmed):
    grant("ahmed", Role.OFFICE_OFFICER, place="ML07")
    put("incident")
    assert seen(ahmed, "incident") == set()


def test_a_casualty_lies_where_its_incident_does(ahmed, incident):
    grant("ahmed", Role.OFFICE_OFFICER, place="ML07")
    casualty = put("casualty", incident_id=incident.id)
    put("casualty", incident_id=str(uuid.UUID(int=next(counter))))
    assert seen(ahmed, "casualty") == {casualty.id}


def test_an_adviser_sees_only_his_area_of_work(ahmed, incident):
    grant("ahmed", Role.ASSISTANCE_OFFICER, kind="casualty")
    casualty = put("casualty")
    assert seen(ahmed, "casualty") == {casualty.id}
    assert seen(ahmed, "incident") == set()


def test_limits_of_different_grants_do_not_mix(ahmed):
    grant("ahmed", Role.OFFICE_OFFICER, office="GAO", place="ML08")
    grant("ahmed", Role.OFFICE_OFFICER, office="KID", place="ML07")
    put("incident", office="GAO", adm1="ML07")
    assert seen(ahmed, "incident") == set()


def test_the_rule_narrows_the_query_that_is_given(ahmed, incident):
    grant("ahmed", Role.AUDITOR)
    none = model_of("incident").objects.filter(office="KID")
    assert not access.visible(ahmed, model_of("incident"), none).exists()


def test_a_disclosed_record_shows_its_fields_but_not_its_place_and_story(programme):
    shown = put("incident", record_tier="public")
    fields = access.fields(None, model_of("incident"), shown)
    assert "category" in fields
    assert not {"location", "circumstances", "photograph", "full_name"} & set(fields)


@pytest.mark.parametrize(
    ("role", "audience", "until", "is_shown"),
    [
        (None, "public", None, True),
        (None, "public", datetime.date(2014, 7, 1), False),
        (None, "partner", None, False),
        (None, None, None, False),
        (Role.DONOR, "partner", None, True),
        (Role.DONOR, "public", None, True),
        (Role.DONOR, "partner", datetime.date(2014, 7, 1), False),
        (Role.REPORTER, "partner", None, False),
    ],
)
def test_the_exact_place_is_shown_to_whom_a_disclosure_opens_it_and_no_other_shape_or_story(
    ahmed, role, audience, until, is_shown
):
    if role:
        grant("ahmed", role, organisation=OWN)
    model = model_of("incident")
    opened = put("incident", record_tier="public", place_tier=audience, place_until=until)
    account = ahmed if role else None
    assert ("location" in access.fields(account, model, opened)) is is_shown
    [shown] = access.visible(account, model)
    assert ("location" in access.fields(account, model, shown)) is is_shown
    assert shown.shown_place in access.place_tiers(account, model)
    assert "circumstances" not in access.fields(account, model, opened)
    assert "location" not in access.fields(account, model)


def test_a_disclosure_ends(programme):
    day = datetime.date(2014, 7, 1)
    put("incident", record_tier="public", tier_until=day)
    closed = put("village", record_tier="restricted", tier_until=day)
    assert seen(None, "incident") == set()
    assert seen(None, "village") == {closed.id}


def test_what_identifies_a_person_is_never_just_shown(ahmed):
    grant("ahmed", Role.PROGRAMME_MANAGER)
    casualty = put("casualty")
    assert not {"full_name", "contact", "address"} & set(access.fields(ahmed, model_of("casualty"), casualty))


def test_figures_beyond_the_public_ones_follow_the_role(ahmed):
    assert access.figures(None) == {"public"}
    grant("ahmed", Role.OFFICE_OFFICER, office="GAO")
    assert access.figures(ahmed) == {"public", "partner"}
    grant("ahmed", Role.INFORMATION_OFFICER)
    assert access.figures(ahmed) == {"public", "partner", "restricted"}


def test_free_numbers_are_for_those_who_see_everything(ahmed):
    model = model_of("incident")
    grant("ahmed", Role.OFFICE_OFFICER, office="GAO")
    assert not access.may_count(None, model) and not access.may_count(ahmed, model)
    grant("ahmed", Role.AUDITOR)
    assert access.may_count(ahmed, model, by=["category"])
    assert not access.may_count(ahmed, model, by=["informant"])


OFFICES, PLACES, ORGANISATIONS = ("GAO", "KID"), (("ML07", "ML0701"), ("ML08", "ML0801"), (None, None)), (OWN, OTHER)
TIERS = ("public", "partner", "restricted")


def test_no_role_sees_a_restricted_record_outside_its_scope(ahmed):
    """Every role in random scopes, against a second, plain statement of the rule."""
    rng = random.Random(2014)
    model = model_of("hazardous_area")
    rows = [
        put("hazardous_area", office=o, organisation=org, surveyed_by_id=by, adm1=p[0], adm2=p[1], record_tier=t)
        for o, org, by, p, t in itertools.product(OFFICES, ORGANISATIONS, ORGANISATIONS, PLACES, TIERS)
    ]
    for _round in range(120):
        Grant.objects.all().delete()
        grants = [(rng.choice(list(RULES)), random_scope(rng)) for _each in range(rng.randint(1, 2))]
        for role, scope in dict.fromkeys((role, tuple(scope.items())) for role, scope in grants):
            grant("ahmed", role, **dict(scope))
        found = {row.id: row.shown_tier for row in access.visible(ahmed, model)}
        for row in rows:
            tiers = [expected(role, scope, row) for role, scope in grants]
            shown = max(tiers, key=TIERS.index)
            sees = TIERS.index(shown) >= TIERS.index(row.record_tier)
            assert (row.id in found) is sees, (grants, vars(row))
            assert not sees or found[row.id] == shown, (grants, vars(row))


def random_scope(rng):
    scope = {
        "office": rng.choice(["", *OFFICES]),
        "place": rng.choice(["", "ML07", "ML0801"]),
        "organisation": rng.choice(["", *ORGANISATIONS]),
        "kind": rng.choice(["", "hazardous_area", "land", "casualty"]),
    }
    return {name: value for name, value in scope.items() if rng.random() < 0.6}


def expected(role, scope, row):
    """How far a role shows the fields of a row."""
    rule = RULES[role]
    kind = scope.get("kind")
    if (rule.needs and not scope.get(rule.needs)) or (kind and kind not in (kind_of(type(row)), row._meta.app_label)):
        return "public"
    organisations = {row.surveyed_by_id} if rule.links_only else {row.organisation, row.surveyed_by_id}
    inside = (
        scope.get("office", "") in ("", row.office)
        and (not scope.get("organisation") or scope["organisation"] in organisations)
        and (not scope.get("place") or scope["place"] in (row.adm1, row.adm2))
    )
    return rule.within if inside else rule.everywhere
