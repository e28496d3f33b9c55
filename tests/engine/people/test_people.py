from datetime import UTC, datetime, timedelta

import pytest

from engine import people
from engine.errors import Invalid, NotFound
from engine.store.tables import WebSession

NOW = datetime(2026, 3, 27, 15, 10, tzinfo=UTC)
PASSWORD = "correct horse battery"


@pytest.fixture
def database(migrated):
    return migrated


@pytest.fixture
def person(database):
    with database.writing() as session:
        person = people.create(
            session, email=" Ana@Example.test", name="Ana Example", password=PASSWORD, now=NOW
        )
        people.grant(session, person.id, "southwark", "duty_manager")
    return person


def sign_in(database, password, *, now=NOW, email="ana@example.test"):
    with database.writing() as session:
        return people.authenticate(session, email, password, now=now)


def test_the_right_password_gives_the_person_with_their_roles(database, person):
    actor = sign_in(database, PASSWORD)

    assert actor.key == f"person:{person.id}"
    assert actor.holds("southwark", "duty_manager")
    assert actor.may_see_cases_of("southwark")
    assert not actor.may_see_cases_of("sefton")


@pytest.mark.parametrize(
    ("email", "password"),
    [("ana@example.test", "wrong"), ("nobody@example.test", PASSWORD), ("", "")],
)
def test_a_wrong_address_or_password_gives_nobody(database, person, email, password):
    assert sign_in(database, password, email=email) is None


def test_five_wrong_passwords_lock_the_account_for_fifteen_minutes(database, person):
    for _ in range(5):
        assert sign_in(database, "wrong") is None

    with pytest.raises(people.TooManyTries):
        sign_in(database, PASSWORD)
    assert sign_in(database, PASSWORD, now=NOW + timedelta(minutes=15)) is not None


def test_signing_in_forgets_the_failures_before_it(database, person):
    for _ in range(4):
        sign_in(database, "wrong")
    sign_in(database, PASSWORD)

    for _ in range(4):
        assert sign_in(database, "wrong") is None
    assert sign_in(database, PASSWORD) is not None


def test_a_disabled_person_cannot_sign_in_and_is_signed_out(database, person):
    with database.writing() as session:
        cookie = people.sessions.start(session, person.id, now=NOW)
        people.disable(session, person.id, now=NOW)

    with database.reading() as session:
        assert people.sessions.resume(session, cookie, now=NOW) is None
    assert sign_in(database, PASSWORD) is None


@pytest.mark.parametrize(
    ("email", "name", "password"),
    [
        ("no address", "A", PASSWORD),
        ("a@example.test", " ", PASSWORD),
        ("b@example.test", "B", "short"),
        ("c@example.test", "C", "x" * 129),
        ("d@example.test", "D", "aaaaaaaaaaaaa"),
        ("longname@example.test", "E", "longname and 12"),
        ("ANA@example.test", "F", PASSWORD),
    ],
)
def test_an_account_that_would_not_do_is_refused(database, person, email, name, password):
    with database.writing() as session, pytest.raises(Invalid):
        people.create(session, email=email, name=name, password=password, now=NOW)


def test_everybody_is_listed_with_roles_and_found_by_address(database, person):
    with database.writing() as session:
        people.grant(session, person.id, "southwark", "duty_manager")
        people.grant(session, person.id, "sefton", "manager")
        people.revoke(session, person.id, "southwark", "duty_manager")

        lines = people.everybody(session)

        assert [line.grants for line in lines] == [(("sefton", "manager"),)]
        assert people.find(session, "ANA@example.test ").id == person.id
        with pytest.raises(NotFound):
            people.find(session, "nobody@example.test")
        with pytest.raises(NotFound):
            people.revoke(session, person.id, "southwark", "duty_manager")


def test_a_session_ends_when_idle_when_old_and_when_signed_out(database, person):
    with database.writing() as session:
        cookie = people.sessions.start(session, person.id, now=NOW)

    def is_signed_in(minutes):
        with database.reading() as session:
            now = NOW + timedelta(minutes=minutes)
            return people.sessions.resume(session, cookie, now=now) is not None

    assert is_signed_in(29)
    assert not is_signed_in(30)
    for minutes in range(20, 12 * 60, 20):
        with database.writing() as session:
            people.sessions.touch(session, cookie, now=NOW + timedelta(minutes=minutes))
    assert is_signed_in(12 * 60 - 1)
    assert not is_signed_in(12 * 60)
    with database.writing() as session:
        people.sessions.end(session, cookie)
    assert not is_signed_in(0)


def test_the_table_of_sessions_does_not_hold_the_id_in_the_cookie(database, person):
    with database.writing() as session:
        cookie = people.sessions.start(session, person.id, now=NOW)
        row = session.query(WebSession).one()

    assert cookie not in (row.id_hash, row.csrf_secret)
    assert len(cookie) >= 43


def test_sessions_are_forgotten_a_day_after_their_end(database, person):
    later = NOW + people.sessions.IDLE + people.sessions.REMEMBERED
    with database.writing() as session:
        people.sessions.start(session, person.id, now=NOW)
        people.sessions.start(session, person.id, now=NOW + timedelta(hours=1))
        people.sessions.forget_expired(session, now=later)

        assert session.query(WebSession).count() == 1


def test_it_is_remembered_whose_time_is_out_but_they_are_not_signed_in(database, person):
    with database.writing() as session:
        cookie = people.sessions.start(session, person.id, now=NOW)
        over = NOW + people.sessions.IDLE

        assert people.sessions.whose_was(session, cookie, now=over - timedelta(seconds=1)) is None
        was = people.sessions.whose_was(session, cookie, now=over)
        assert was is not None
        assert was.key == f"person:{person.id}"
        assert people.sessions.resume(session, cookie, now=over) is None
        assert people.sessions.touch(session, cookie, now=over) is None
        assert people.sessions.resume(session, cookie, now=over) is None
        forgotten = over + people.sessions.REMEMBERED
        assert people.sessions.whose_was(session, cookie, now=forgotten) is None


def test_whoever_signed_out_is_not_remembered(database, person):
    with database.writing() as session:
        cookie = people.sessions.start(session, person.id, now=NOW)
        people.sessions.end(session, cookie)

        over = NOW + people.sessions.IDLE
        assert people.sessions.whose_was(session, cookie, now=over) is None


def test_a_new_password_ends_the_sessions_of_the_old_one(database, person):
    with database.writing() as session:
        cookie = people.sessions.start(session, person.id, now=NOW)
        people.set_password(session, person.id, "another long password")

        assert people.sessions.resume(session, cookie, now=NOW) is None
    assert sign_in(database, PASSWORD) is None
    assert sign_in(database, "another long password") is not None


def test_a_token_acts_in_one_role_until_it_is_revoked(database):
    with database.writing() as session:
        token = people.tokens.create(
            session, "casework system", authority="southwark", role="staff_member", now=NOW
        )
        actor = people.tokens.actor_for(session, token)
        with pytest.raises(Invalid):
            people.tokens.create(
                session, "casework system", authority="southwark", role="x", now=NOW
            )

        people.tokens.revoke(session, "casework system", now=NOW)

        assert actor.grants == {("southwark", "staff_member")}
        assert people.tokens.actor_for(session, token) is None
        assert people.tokens.actor_for(session, "fd_guess") is None
        assert [line.is_revoked for line in people.tokens.everything(session)] == [True]


def test_names_are_given_for_people_programs_and_the_clock(database, person):
    with database.writing() as session:
        people.tokens.create(session, "portal", authority="a", role="b", now=NOW)
        found = people.names(session, [f"person:{person.id}", "token:1", "system:timers", None])

    assert found == {
        f"person:{person.id}": "Ana Example",
        "token:1": "portal",
        "system:timers": "Frontdoor",
    }
