from datetime import timedelta

import pytest

from engine import definitions
from engine.casework import InvalidFacts
from engine.errors import NotFound
from engine.intake import (
    TooManyRequests,
    count_request,
    expected,
    follow,
    online_authorities,
    refer,
    referred_before,
)
from engine.runtime.persist import live
from engine.store.tables import Case, Notification, Outcome
from tests.engine.runtime.playing import AUTHORITY, NOW, ROOT, definition

CODE = "BCDF-GHJK-2345-6789"
FACTS = {"referrer_kind": "professional", "concern": "Hungry.", "children": [{"name": "Ada"}]}


def sent(database, *, code=CODE, **facts):
    with database.writing() as session:
        return refer(session, AUTHORITY, {**FACTS, **facts}, code=code, now=NOW)


def the_case(session):
    return session.query(Case).one()


def test_a_referral_is_received_when_it_is_sent(deployed):
    referred = sent(deployed)

    with deployed.reading() as session:
        case = the_case(session)
        facts = live(session, case).run.facts()
    assert (case.reference, case.received_at) == (referred.reference, NOW)
    assert (case.started_by, case.referrer_kind) == ("system:referrer", "professional")
    assert facts["contact_channel"] == "online_form"
    assert facts["first_contact_at"] == facts["received_at"]
    assert facts["child_may_be_in_need"] is True  # as the authority's file says


def test_nobody_says_for_themselves_when_and_how_they_were_heard(deployed):
    sent(deployed, contact_channel="fax", received_at=NOW - timedelta(days=9))

    with deployed.reading() as session:
        case = the_case(session)
        assert case.received_at == NOW
        assert live(session, case).run.facts()["contact_channel"] == "online_form"


def test_the_same_code_comes_to_the_same_case(deployed):
    assert sent(deployed) == sent(deployed, code=CODE.lower().replace("-", " "))
    assert sent(deployed, code="another") != sent(deployed)
    with deployed.reading() as session:
        assert session.query(Case).count() == 2
        assert referred_before(session, "unknown") is None


def test_facts_that_will_not_do_start_nothing(deployed):
    with pytest.raises(InvalidFacts):
        sent(deployed, concern=7)
    with pytest.raises(NotFound), deployed.writing() as session:
        refer(session, "elsewhere", FACTS, code=CODE, now=NOW)
    with deployed.reading() as session:
        assert session.query(Case).count() == 0
        assert online_authorities(session) == ((AUTHORITY, "Southwark"),)


def test_requests_from_one_place_are_counted_for_an_hour(deployed):
    def ask(minutes, origin="here"):
        with deployed.writing() as session:
            count_request(session, origin, most=2, now=NOW + timedelta(minutes=minutes))

    ask(0)
    ask(1)
    with pytest.raises(TooManyRequests):
        ask(2)
    ask(2, origin="there")
    ask(62)
    ask(62)
    with pytest.raises(TooManyRequests):
        ask(63)
    ask(3000)


def notice(session, case, recipient, kind, *, step=5, **more):
    about = {"case_id": case.id, "step": step, "at": NOW, "process_id": "p", "element_id": "e",
             "name": "n", "clauses": [], "child": None}  # fmt: skip
    session.add(
        Notification(recipient=recipient, kind=kind, position=0, **{"product": False, **more},
                     **about)
    )  # fmt: skip
    return about


@pytest.mark.parametrize(
    ("kind", "recipient", "told", "seen"),
    [
        ("professional", "professional_referrer", "acknowledgement", ("acknowledgement", ())),
        ("professional", "professional_referrer", "outcome", ("outcome", ("Advice given",))),
        ("public", "public_referrer", "general_response", ("general_response", ())),
        ("family", "public_referrer", "outcome", ("outcome", ())),
        ("public", "professional_referrer", "outcome", None),
        ("professional", "public_referrer", "outcome", None),
        ("professional", "professional_referrer", "reminder", None),
        ("professional", "manager", "outcome", None),
    ],
)
def test_a_referrer_sees_only_notices_to_people_like_them(deployed, kind, recipient, told, seen):
    referred = sent(deployed, referrer_kind=kind)
    with deployed.writing() as session:
        about = notice(session, the_case(session), recipient, told)
        session.add(Outcome(outcome="advice", **{**about, "position": 1}))
        session.add(Outcome(outcome="assessment", **{**about, "step": 6, "position": 0}))

    with deployed.reading() as session:
        found = follow(session, referred.reference, CODE)

    assert [(a.kind, a.outcomes) for a in found.answers] == ([seen] if seen else [])


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        ([], ()),
        ([(6, "advice", None), (7, "assessment", None)], ("Advice given",)),
        ([(3, "advice", None), (6, "assessment", None)], ("Advice given",)),
        ([(6, "advice", "A"), (7, "early_help", "B"), (8, "assessment", "A")],
         ("Advice given", "Passed to early help")),
        ([(6, "setting_conversation", None)],
         ("The reporting setting asked to hold the conversation with parents",)),
    ],
)  # fmt: skip
def test_a_professional_is_told_the_outcome_and_nothing_that_followed_it(deployed, outcomes, told):
    referred = sent(deployed)
    with deployed.writing() as session:
        about = notice(session, the_case(session), "professional_referrer", "outcome")
        for step, outcome, child in outcomes:
            row = {**about, "step": step, "child": child, "position": 9}
            session.add(Outcome(outcome=outcome, **row))

    with deployed.reading() as session:
        (answer,) = follow(session, referred.reference, CODE).answers

    assert answer.outcomes == told


def test_what_frontdoor_itself_sends_is_no_answer_of_the_procedure(deployed):
    referred = sent(deployed)
    with deployed.writing() as session:
        notice(session, the_case(session), "professional_referrer", "outcome", product=True)

    with deployed.reading() as session:
        assert follow(session, referred.reference, CODE).answers == ()


@pytest.mark.parametrize(("reference", "code"), [(None, "wrong"), ("7K3M-9QXT", CODE), ("", "")])
def test_reference_and_code_must_belong_together(deployed, reference, code):
    referred = sent(deployed)

    with deployed.reading() as session, pytest.raises(NotFound):
        follow(session, referred.reference if reference is None else reference, code)


def expectation(authority, kind):
    found = expected(definitions.load_authority(ROOT, authority), kind)
    return {n.kind for n in found.notices}, {limit.deadline for limit in found.limits}


@pytest.mark.parametrize(
    ("authority", "kind", "notices", "limits"),
    [
        ("southwark", "professional", {"outcome"}, {"disposal_decision"}),
        ("milton_keynes", "public", set(), {"disposal_decision", "level_of_response"}),
        ("sefton", "professional", {"outcome"},
         {"outcome_to_referrer", "acknowledgement_chase", "disposal_decision"}),
        ("sefton", "public", {"general_response"}, {"acknowledgement_chase", "disposal_decision"}),
        ("lincolnshire", "public", {"acknowledgement", "outcome"},
         {"acknowledgement", "outcome_to_referrer", "disposal_decision"}),
        ("cambridgeshire", "professional", set(), {"disposal_decision"}),
    ],
)  # fmt: skip
def test_what_may_be_expected_is_read_off_the_procedure(authority, kind, notices, limits):
    assert expectation(authority, kind) == (notices, limits)


def test_what_may_be_expected_names_its_clauses():
    found = expected(definition(), "public")

    assert [n.clauses for n in found.notices] == [("SWK-94", "SWK-95")]
    assert {limit.clauses for limit in found.limits} == {("SWK-51",)}
