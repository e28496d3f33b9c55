"""Every notification becomes letters in its own step, to the right people."""

from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from engine.casework import effects as fx
from engine.errors import Refused
from engine.outbox import addressing, write
from engine.outbox.writing import Telling, put_down
from engine.runtime import tasks, timers
from engine.store.tables import Case, Letter, Notification
from tests.engine.outbox.letters import letters_of
from tests.engine.outbox.telling import ALL, occasion, procedure, tell
from tests.engine.runtime.playing import (
    NOW,
    answers_of,
    complete_next,
    everybody,
    open_rows,
    start_case,
    start_referral,
)
from tests.persons import make_person

LATE = NOW + timedelta(hours=25)


def test_every_notification_of_a_step_has_its_letter(deployed):
    case_id = start_referral(deployed, referrer_contact="head@school.example.test")
    while open_rows(deployed, case_id):
        complete_next(deployed, case_id, now=NOW, contact_channel="email")

    with deployed.reading() as session:
        told = session.query(Notification).filter_by(case_id=case_id).all()
        written = session.query(Letter).filter_by(case_id=case_id).all()
    assert told
    assert {row.notification_id for row in written} == {row.id for row in told}
    assert {row.state for row in written} == {"ready"}
    assert all(row.clauses for row in written if row.kind == "outcome")
    assert all("Child A" not in row.subject + row.text + row.html for row in written)


def test_a_step_that_is_rolled_back_leaves_no_letter(deployed):
    case_id = start_referral(deployed)
    with deployed.reading() as session:
        before = session.query(Letter).count()

    with closing(Session(deployed.engine, info=deployed.session_info)) as session:
        timers.wake(session, case_id, now=LATE)
        assert session.query(Letter).count() > before
        session.rollback()

    assert len(letters_of(deployed)) == before


def test_a_referrer_has_an_email_where_their_contact_is_an_address(deployed):
    by_mail = tell(
        deployed,
        recipient="professional_referrer",
        kind="acknowledgement",
        facts={"referrer_contact": " head@school.example.test "},
    )
    on_paper = tell(
        deployed,
        recipient="public_referrer",
        kind="acknowledgement",
        facts={"referrer_contact": "020 7946 0000"},
    )

    assert by_mail.address == "head@school.example.test"
    assert on_paper.address is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "two words@example.test",
        "a@b",
        "a@example.test\nBcc: b@example.test",
        "a@example.test,b",
        "=?utf-8?q?=0aBcc?=@example.test",  # a header would be decoded, into a second line
        "a=?utf-8?q?=2c?=@example.test",
    ],
)
def test_what_is_no_single_address_is_none(text):
    assert addressing.email_in(text) is None


def test_a_missed_limit_is_told_once_to_each_manager_and_holder_of_the_role(deployed):
    make_person(deployed, "manager", "duty_manager")
    make_person(deployed, "both", "duty_manager", "social_worker")
    make_person(deployed, "worker", "social_worker", "information_officer")
    make_person(deployed, "bystander", "staff_member")
    case_id = start_referral(deployed)

    with deployed.writing() as session:
        timers.wake(session, case_id, now=LATE)
    told = letters_of(deployed, kind="overdue")

    by_limit = {}
    for letter in told:
        by_limit.setdefault(letter.notification_id, []).append(letter.address)
    assert len(by_limit) == 3
    for addresses in by_limit.values():
        assert len(addresses) == len(set(addresses))
        assert {"manager@example.test", "both@example.test"} <= set(addresses)
        assert "bystander@example.test" not in addresses
    assert any("worker@example.test" in addresses for addresses in by_limit.values())
    reference = told[0].subject.rpartition(" ")[2]
    assert all(reference in letter.subject for letter in told)
    assert any("24 hours from receipt (SWK-51)" in letter.text for letter in told)
    assert all("function of Frontdoor" in letter.text for letter in told)


def test_where_nobody_holds_the_role_the_letter_waits_to_be_printed(deployed):
    case_id = start_referral(deployed)
    with deployed.writing() as session:
        timers.wake(session, case_id, now=LATE)

    told = letters_of(deployed, kind="overdue")
    assert {(letter.recipient, letter.address) for letter in told} == {("manager", None)}


def warned(authority):
    """A step that warns of a limit: what happened, then what is told."""
    common = {
        "at": NOW,
        "process_id": "front_door",
        "element_id": "due",
        "name": "24 hours",
        "clauses": ("X-1",),
    }
    return [
        fx.DeadlineWarned(
            deadline="1",
            deadline_name="disposal_decision",
            due=LATE,
            roles=tuple(procedure(authority).roles)[:1],
            **common,
        ),
        fx.NotificationSent(recipient="manager", kind="warning", product=True, **common),
    ]


@pytest.mark.parametrize("authority", ALL)
def test_a_warning_names_the_out_of_hours_service_where_the_procedure_has_one(deployed, authority):
    case_id = start_case(deployed)
    service = procedure(authority).settings.get("out_of_hours", {}).get("service")
    with deployed.writing() as session:
        case = session.get_one(Case, case_id)
        session.add(
            Notification(
                case_id=case_id,
                step=case.version,
                position=1,
                at=NOW,
                process_id="front_door",
                element_id="due",
                name="",
                clauses=[],
                child=None,
                recipient="manager",
                kind="warning",
                product=True,
            )
        )
        session.flush()
        write(session, occasion(session, case_id, procedure(authority)), warned(authority))
    (letter,) = letters_of(deployed, kind="warning")

    assert (service or "does not state who acts outside office hours") in letter.text


@pytest.mark.parametrize("authority", ALL)
def test_every_recipient_and_kind_can_be_written_to_by_every_authority(deployed, authority):
    vocabulary = procedure(authority).vocabulary
    case_id = start_case(deployed)
    secret = {"referrer_name": "Quux", "referrer_agency": "Quuxbury", "anonymity_requested": True}
    with deployed.writing() as session:
        tellings = [
            Telling(recipient=recipient, kind=kind, clauses=(), is_product=False)
            for recipient in (*vocabulary.recipients, *procedure(authority).roles)
            for kind in vocabulary.kinds
            if kind != "reminder" or recipient.endswith("_referrer")
        ]
        put_down(session, occasion(session, case_id, procedure(authority), **secret), tellings)
    written = letters_of(deployed, case_id=case_id)

    assert len(written) >= len(tellings)
    for letter in written:
        assert letter.subject.strip()
        assert "{" not in letter.text
        assert "Quux" not in letter.subject + letter.text + letter.html


def test_completing_a_task_twice_writes_no_letter_twice(deployed):
    case_id = start_referral(deployed)
    row = open_rows(deployed, case_id)[0]
    given = answers_of(deployed, row.id)
    with deployed.writing() as session:
        tasks.complete(session, row.id, given, by=everybody(), now=NOW)
    before = len(letters_of(deployed))
    with pytest.raises(Refused), deployed.writing() as session:
        tasks.complete(session, row.id, given, by=everybody(), now=NOW)

    assert len(letters_of(deployed)) == before
