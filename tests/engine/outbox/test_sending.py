"""E-mails: sent once, tried again, given up, come back; whatever is killed in between."""

import logging
from datetime import timedelta

import pytest

from engine import outbox
from engine.doctor import check_invariants
from engine.errors import Invalid, NotFound, Refused
from engine.outbox import sending
from engine.outbox.post import Answer, Post
from engine.store.tables import AuditEntry, Letter
from tests.engine.outbox.letters import (
    free_port,
    mail_server,
)
from tests.engine.runtime.playing import NOW, everybody, start_referral
from tests.persons import make_person

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def server():
    with mail_server() as running:
        yield running


@pytest.fixture
def letter(deployed):
    """An e-mail to a referrer, which is due."""
    case_id = start_referral(deployed)
    with deployed.writing() as session:
        written = Letter(
            case_id=case_id,
            authority="southwark",
            recipient="professional_referrer",
            kind="acknowledgement",
            address="head@school.example.test",
            subject="We have received what you sent us",
            text="Thank you.\n",
            html="<p>Thank you.</p>",
            clauses=["SWK-46"],
            state="ready",
            tries=0,
            next_try_at=NOW,
            made_at=NOW,
        )
        session.add(written)
        session.flush()
        return written.id


def now_is(deployed, letter_id):
    with deployed.reading() as session:
        return session.get_one(Letter, letter_id)


def events(deployed, letter_id):
    with deployed.reading() as session:
        rows = session.query(AuditEntry).filter_by(subject=f"letter:{letter_id}")
        return [row.event for row in rows.order_by(AuditEntry.sequence)]


def send(deployed, server, at=NOW):
    return outbox.deliver(deployed, server.post, now=at)


def test_an_email_is_sent_once_with_both_parts_and_its_message_id(deployed, letter, server):
    assert send(deployed, server) == 1
    assert send(deployed, server, LATER) == 0

    (mail,) = server.received
    row = now_is(deployed, letter)
    assert (row.state, row.tries, row.ended_at, row.problem) == ("sent", 1, NOW, None)
    assert (mail["To"], mail["From"]) == ("head@school.example.test", "office@example.test")
    assert mail["Message-ID"] == row.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert events(deployed, letter) == ["letter.sent"]


def test_a_letter_without_an_address_waits_to_be_printed(deployed, letter, server):
    with deployed.writing() as session:
        session.get_one(Letter, letter).address = None

    assert send(deployed, server) == 0
    assert now_is(deployed, letter).state == "ready"


@pytest.mark.parametrize("answer", ["451 Try later", "421 Closing"])
def test_a_server_that_cannot_now_is_asked_again_after_longer_and_longer_pauses(
    deployed, letter, server, answer
):
    server.to_letter, moment, waits = answer, NOW, []
    for _ in range(sending.MOST_TRIES):
        send(deployed, server, moment)
        row = now_is(deployed, letter)
        waits.append((row.next_try_at - moment, row.state))
        moment = row.next_try_at

    assert waits[:-1] == [(pause, "ready") for pause in sending.PAUSES]
    assert waits[-1][1] == "failed"
    server.to_letter = None
    assert send(deployed, server, moment + timedelta(days=1)) == 0
    assert events(deployed, letter) == ["letter.failed"]


def test_a_letter_is_not_tried_before_its_pause_is_over(deployed, letter, server):
    server.to_letter = "451 Try later"
    send(deployed, server)
    server.to_letter = None

    assert send(deployed, server, NOW + timedelta(seconds=59)) == 0
    assert send(deployed, server, NOW + timedelta(minutes=1)) == 1


@pytest.mark.parametrize(
    ("to_recipient", "to_letter", "state"),
    [
        ("550 No such mailbox", None, "bounced"),
        ("450 Mailbox busy", None, "ready"),
        (None, "554 No", "failed"),
    ],
)
def test_what_the_server_refuses_for_good_is_not_tried_again(
    deployed, letter, server, to_recipient, to_letter, state
):
    server.to_recipient, server.to_letter = to_recipient, to_letter

    send(deployed, server)

    row = now_is(deployed, letter)
    assert row.state == state
    assert "mail server" in row.problem
    assert "example" not in row.problem


def test_a_server_that_is_not_there_is_tried_later(deployed, letter):
    post = Post(host="127.0.0.1", port=free_port(), sender="office@example.test")

    assert outbox.deliver(deployed, post, now=NOW) == 0

    row = now_is(deployed, letter)
    assert (row.state, row.problem) == ("ready", "The mail server could not be reached.")


def test_a_process_that_dies_after_the_server_accepted_sends_again_under_the_same_id(
    deployed, letter, server
):
    with deployed.writing() as session:
        taken = sending.claim(session, letter, server.post, now=NOW)
    server.post.hand_over(taken.mail)  # and here the process is killed

    assert send(deployed, server, NOW + sending.LEASE - timedelta(seconds=1)) == 0
    assert send(deployed, server, NOW + sending.LEASE) == 1

    first, second = server.received
    assert first["Message-ID"] == second["Message-ID"]
    assert events(deployed, letter) == ["letter.sent"]


def test_a_process_that_wakes_up_after_its_lease_records_nothing(deployed, letter, server):
    with deployed.writing() as session:
        slow = sending.claim(session, letter, server.post, now=NOW)
    send(deployed, server, NOW + sending.LEASE)

    with deployed.writing() as session:
        refused = Answer(said="bounced", problem="Too late.")
        assert not sending.record(session, slow, refused, now=NOW + sending.LEASE)

    assert now_is(deployed, letter).state == "sent"


def test_two_senders_do_not_take_one_letter(deployed, letter, server):
    with deployed.writing() as session:
        assert sending.claim(session, letter, server.post, now=NOW) is not None
    with deployed.writing() as session:
        assert sending.claim(session, letter, server.post, now=NOW) is None


def test_a_letter_whose_sender_always_falls_silent_fails(deployed, letter, server):
    moment = NOW
    for _ in range(sending.MOST_TRIES + 1):
        with deployed.writing() as session:
            sending.claim(session, letter, server.post, now=moment)
        moment += sending.LEASE

    assert now_is(deployed, letter).state == "failed"


def test_a_letter_that_nobody_could_send_for_a_week_is_left_to_be_printed(deployed, letter, server):
    assert send(deployed, server, NOW + sending.OLDEST) == 0
    assert now_is(deployed, letter).state == "ready"


def test_neither_address_nor_text_is_logged(deployed, letter, server, caplog):
    caplog.set_level(logging.INFO)
    send(deployed, server)

    told = [record.getMessage() for record in caplog.records if record.name.startswith("engine")]
    assert told == [f"letter {letter}: accepted, try 1"]
    assert "example.test" not in "".join(told)


def test_a_letter_that_came_back_is_marked_by_its_message_id_and_may_be_sent_again(
    deployed, letter, server
):
    send(deployed, server)
    message_id = now_is(deployed, letter).message_id
    with deployed.writing() as session:
        assert outbox.returned(session, message_id.strip("<>"), now=LATER) == letter
        assert outbox.returned(session, message_id, now=LATER) == letter
        with pytest.raises(NotFound):
            outbox.returned(session, "<nobody@example.test>", now=LATER)
    assert now_is(deployed, letter).state == "bounced"

    with deployed.writing() as session:
        outbox.try_again(session, letter, by=everybody(), now=LATER)
    assert send(deployed, server, LATER) == 1

    assert events(deployed, letter) == [
        "letter.sent",
        "letter.bounced",
        "letter.retried",
        "letter.sent",
    ]
    with deployed.reading() as session:
        assert check_invariants(session, now=NOW) == ()


def test_a_printed_letter_is_not_emailed_as_well(deployed, letter, server):
    with deployed.writing() as session:
        outbox.printed(session, letter, by=everybody(), now=NOW)
        outbox.printed(session, letter, by=everybody(), now=NOW)

    assert send(deployed, server) == 0
    with deployed.writing() as session, pytest.raises(Refused):
        outbox.try_again(session, letter, by=everybody(), now=NOW)
    assert events(deployed, letter) == ["letter.printed"]


def test_a_letter_that_is_being_sent_cannot_be_marked_as_printed(deployed, letter, server):
    with deployed.writing() as session:
        sending.claim(session, letter, server.post, now=NOW)
    with deployed.writing() as session, pytest.raises(Refused):
        outbox.printed(session, letter, by=everybody(), now=NOW)


def test_a_letter_of_another_authority_does_not_exist(deployed, letter):
    stranger = make_person(deployed, "stranger")
    with deployed.writing() as session, pytest.raises(NotFound):
        outbox.printed(session, letter, by=stranger, now=NOW)
    with deployed.reading() as session, pytest.raises(NotFound):
        outbox.page(session, letter, stranger)


@pytest.mark.parametrize(
    ("address", "host", "port", "is_encrypted"),
    [
        ("smtp://mail.example.test", "mail.example.test", 25, False),
        ("smtp://mail.example.test:587", "mail.example.test", 587, False),
        ("smtps://u%40x:p%3Aw@mail.example.test", "mail.example.test", 465, True),
    ],
)
def test_the_settings_name_a_server(address, host, port, is_encrypted):
    given = {"FRONTDOOR_SMTP_URL": address, "FRONTDOOR_MAIL_FROM": "office@example.test"}

    post = Post.from_env(given)

    assert (post.host, post.port, post.is_encrypted) == (host, port, is_encrypted)
    assert "p:w" not in repr(post)
    assert (post.user, post.password) == (("u@x", "p:w") if is_encrypted else (None, None))


def test_without_a_server_nothing_is_sent_and_a_wrong_setting_is_said():
    assert Post.from_env({}) is None
    for url, sender in [
        ("smtp://mail.example.test", ""),
        ("http://mail.example.test", "office@example.test"),
        ("smtp://mail.example.test:many", "office@example.test"),
        ("smtp://", "office@example.test"),
    ]:
        with pytest.raises(Invalid):
            Post.from_env({"FRONTDOOR_SMTP_URL": url, "FRONTDOOR_MAIL_FROM": sender})
