"""Withdrawing, reopening and correcting at any point of any course leaves nothing out of joint."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import doctor
from engine.errors import Invalid, Refused
from engine.runtime import acts, messages, timers
from engine.runtime.waiting import waiting_timer
from tests.engine.databases import empty_database
from tests.engine.runtime.playing import (
    NOW,
    complete,
    definition,
    deploy_to,
    everybody,
    open_rows,
    start_case,
)

REASON = "Said again on the telephone, and written down wrongly."
PAIR = [
    {"name": name, "date_of_birth": "2017-05-04", "gender": "2", "ethnicity": "WBRI"}
    for name in ("Ana Vale", "Ben Vale")
]
RENAMED = [{**child, "name": child["name"].replace("Vale", "Dale")} for child in PAIR]
VALUES = {
    "referrer_kind": ["public", "professional"],
    "concern": ["Left alone at night.", "Bruises."],
    "level_of_need": ["low", "high"],
    "children": [RENAMED, PAIR, [RENAMED[0]], [*PAIR, {**PAIR[0], "name": "Cleo Vale"}]],
    "crime_suspected": [True, False],
}
STEPS = st.one_of(
    st.tuples(st.just("complete"), st.integers(0, 5)),
    st.tuples(st.just("complete"), st.integers(0, 5)),
    st.tuples(st.just("wake"), st.integers(1, 30)),
    st.tuples(st.just("deliver"), st.sampled_from(sorted(definition().vocabulary.messages))),
    st.tuples(st.just("withdraw"), st.none()),
    st.tuples(st.just("reopen"), st.none()),
    st.tuples(
        st.just("correct"),
        st.sampled_from([(fact, value) for fact, values in VALUES.items() for value in values]),
    ),
)


class Walk:
    """One case that goes its way, an hour to a step."""

    def __init__(self, database):
        self.database = database
        self.now = NOW
        self.case_id = start_case(database, children=PAIR)

    def take(self, step, argument):
        """Take a step; one that cannot be taken just now is none."""
        self.now += timedelta(hours=1)
        try:
            getattr(self, step)(argument)
        except (Refused, Invalid):
            return

    def complete(self, number):
        rows = open_rows(self.database, self.case_id)
        if rows:
            since = (self.now - timedelta(minutes=1)).isoformat()
            row = rows[number % len(rows)]
            facts = {"children": PAIR, "received_at": since, "first_contact_at": since}
            complete(self.database, row, now=self.now, **facts)

    def wake(self, hours):
        self.now += timedelta(hours=hours)
        with self.database.writing() as session:
            timers.wake(session, self.case_id, now=self.now)

    def deliver(self, message):
        with self.database.writing() as session:
            messages.deliver(
                session, self.case_id, message, at=self.now, by=everybody(), now=self.now
            )

    def withdraw(self, _):
        with self.database.writing() as session:
            acts.withdraw(session, self.case_id, REASON, by=everybody(), now=self.now)

    def reopen(self, _):
        with self.database.writing() as session:
            acts.reopen(session, self.case_id, REASON, by=everybody(), now=self.now)

    def correct(self, fact_and_value):
        fact, value = fact_and_value
        child = next((row.child for row in open_rows(self.database, self.case_id)), None)
        with self.database.writing() as session:
            acts.correct(
                session,
                self.case_id,
                fact,
                value,
                child=child if fact == "level_of_need" else None,
                reason=REASON,
                by=everybody(),
                now=self.now,
            )

    def findings(self):
        with self.database.writing() as session:
            timer = waiting_timer(session, self.case_id)
            if timer is not None and timer.due_at <= self.now:  # the worker's work
                timers.wake(session, self.case_id, now=self.now)
        with self.database.reading() as session:
            return doctor.check_invariants(session, now=self.now)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(st.integers(0, 12), st.lists(STEPS, min_size=3, max_size=14))
def test_acts_at_any_point_leave_nothing_out_of_joint(ahead, steps):
    with empty_database() as database:
        deploy_to(database)
        walk = Walk(database)
        for _ in range(ahead):
            walk.take("complete", 0)
        for step, argument in steps:
            walk.take(step, argument)

            assert walk.findings() == ()
