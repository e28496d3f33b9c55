"""Acts on a whole case, each with its reason: withdrawn, opened again, a fact of it put right."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import people
from engine.casework import checked_fact, known_again
from engine.casework.children import CHILDREN
from engine.casework.facts import as_instant
from engine.casework.tasks import DECIDED
from engine.errors import Invalid, Refused
from engine.identifiers import spoken
from engine.people import Actor
from engine.runtime import confidential, judgement
from engine.runtime.known import Known, known_of
from engine.runtime.persist import LiveCase, Step, live, load_seen, save
from engine.runtime.rows import Place, write_known
from engine.store.tables import Case, CaseAct, Correction, Decision, TimelineEvent
from engine.store.timeline import since_last_begun

WITHDRAWN, REOPENED = "withdrawn", "reopened"
SHORTEST_REASON = 10  # letters
LONGEST_REASON = 20_000


class NotKnown(Invalid):
    """Nothing is known of the fact yet, or it is decided and not known."""


@dataclass(frozen=True, kw_only=True)
class OldAnswerUsed:
    """A decision that was taken with the answer that has been put right since."""

    decision_id: str
    label: str
    at: datetime
    child: str | None


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """What a correction came to; `limits` are names of running clocks that started at the fact."""

    fact: str
    before: Any
    after: Any
    decisions: tuple[OldAnswerUsed, ...]
    limits: tuple[str, ...]


def withdraw(session: Session, case_id: int, reason: str, *, by: Actor, now: datetime) -> Case:
    """Take a case off everybody's desk; it stands where it stood and can be opened again.

    Raises Refused where the case is finished, and NotYourJudgement.
    """
    reason, case = tidy(reason), load_seen(session, case_id, by=by)
    judgement.require(case.definition, by)
    case.run.withdraw(reason=reason, now=now)
    return save(session, case, _act(session, case, WITHDRAWN, reason, by=by, now=now))


def reopen(
    session: Session,
    case_id: int,
    reason: str,
    *,
    by: Actor,
    now: datetime,
    received_at: datetime | None = None,
) -> Case:
    """Let a withdrawn case go on as it was, or take a finished one through the procedure again.

    So does one that waits for nobody but the referrer. `received_at` is when the new information
    came that such a case begins again with; now, unless given. Raises Refused where somebody has
    something to do in the case, and NotYourJudgement.
    """
    reason, case = tidy(reason), load_seen(session, case_id, by=by)
    judgement.require(case.definition, by)
    if case.run.is_withdrawn:
        case.run.reopen(reason=reason, now=now)
    else:
        facts = known_again(case.definition, case.run.facts())
        since = as_instant(received_at or now, case.definition.calendar.zone)
        facts = {**facts, "received_at": since.isoformat()}
        case.run.start_again(facts, case_id=str(case_id), reason=reason, now=now)
    return save(session, case, _act(session, case, REOPENED, reason, by=by, now=now))


def correct(  # noqa: PLR0913 - a fact, of a child, to a value, for a reason
    session: Session,
    case_id: int,
    fact: str,
    value: Any,
    *,
    child: str | None = None,
    reason: str,
    by: Actor,
    now: datetime,
) -> Corrected:
    """Put right one fact that is known, and keep what stood there before.

    What was decided and counted with the old answer stays; the result names it. Raises
    InvalidAnswers with a sentence for the fact, NotKnown, and Refused where nothing changes.
    """
    reason, case = tidy(reason), load_seen(session, case_id, by=by)
    known = find(session, case, fact, child, by=by)
    after = checked_fact(case.definition, known.field, value, case.run.facts(), now=now)
    if after == known.value:
        raise Refused("That is what is known already.")
    _refuse_other_children(session, case, fact, known.value, after)
    case.run.correct(fact, after, child=child, now=now)
    row = Correction(
        case_id=case_id,
        fact=fact,
        child=child,
        before=known.value,
        after=after,
        reason=reason,
        by=by.key,
        at=now,
    )
    return _save_corrected(session, case, row)


def correctable(session: Session, case_id: int, fact: str, number: int, *, by: Actor) -> Known:
    """Give what is known under a fact, of the whole case or the `number`-th child it was asked of.

    Numbers count from 0, in the order of answering. Raises NotKnown where there is no such answer,
    and NotFound where the actor may not see the case.
    """
    running = live(session, people.seen_case(session, case_id, by=by))
    hidden = confidential.hides(running.definition, running.run.facts(), by)
    found = [known for known in known_of(session, running) if known.fact == fact]
    if fact in DECIDED or fact in confidential.settled(hidden) or number >= len(found):
        raise NotKnown("Nothing is known of this that could be put right.")
    return found[number]


def find(session: Session, case: LiveCase, fact: str, child: str | None, *, by: Actor) -> Known:
    """Give a known fact that the actor may see and put right. Raises NotKnown otherwise."""
    if fact in DECIDED:
        raise NotKnown("This was decided, so it cannot be put right; open the case again instead.")
    hidden = confidential.hides(case.definition, case.run.facts(), by)
    for known in known_of(session, case):
        if (known.fact, known.child) == (fact, child) and fact not in confidential.settled(hidden):
            return known
    raise NotKnown("Nothing is known of this yet, so there is nothing to put right.")


def decided_with(
    session: Session, case: LiveCase, fact: str, child: str | None
) -> tuple[OldAnswerUsed, ...]:
    """Give the decisions so far whose table was asked about the fact, oldest first."""
    named = re.compile(rf"\b{re.escape(fact)}\b")
    rows = session.scalars(
        select(Decision)
        .where(Decision.case_id == case.case.id)
        .order_by(Decision.step, Decision.position)
    )
    return tuple(
        OldAnswerUsed(
            decision_id=row.decision_id,
            label=case.definition.decisions[row.decision_id].decisions[row.decision_id].name,
            at=row.at,
            child=row.child,
        )
        for row in rows
        if child in (None, row.child) and any(named.search(asked) for asked in row.inputs)
    )


def tidy(reason: str) -> str:
    """Give the reason without blanks around it. Raises Invalid where it says too little."""
    text = reason.strip()
    if not SHORTEST_REASON <= len(text) <= LONGEST_REASON:
        raise Invalid(f"Give a reason of at least {SHORTEST_REASON} letters.")
    return text


def _act(
    session: Session, case: LiveCase, act: str, reason: str, *, by: Actor, now: datetime
) -> Step:
    row = CaseAct(case_id=case.case.id, act=act, reason=reason, by=by.key, at=now)
    session.add(row)
    session.flush()
    return Step(event=f"case.{act}", subject=f"case_act:{row.id}", by=by.key, now=now)


def _refuse_other_children(
    session: Session, case: LiveCase, fact: str, before: Any, after: Any
) -> None:
    """Refuse a child who would have no part in the procedure, or would lose theirs unseen."""
    if fact != CHILDREN or len(before) == len(after):
        return
    about_one = select(TimelineEvent.id).where(
        TimelineEvent.case_id == case.case.id,
        TimelineEvent.child.is_not(None),
        since_last_begun(case.case.id),
    )
    if session.scalar(about_one.limit(1)) is not None:
        raise Refused(
            "The procedure deals with each child already, so none can be added or taken out here."
            " Record a new contact about a child who is missing; for one who is here by mistake,"
            " say so at their tasks."
        )


def _save_corrected(session: Session, case: LiveCase, row: Correction) -> Corrected:
    """Save a correction as a step, with what the case's own row and its search terms follow."""
    session.add(row)
    session.flush()
    step = Step(event="fact.corrected", subject=f"correction:{row.id}", by=row.by, now=row.at)
    limits = tuple(_counted_from(case, row.fact))
    if row.child is None:
        _follow(case, row.fact, row.after)
    save(session, case, step)
    if row.child is None:
        _write_known(session, case, step)
    return Corrected(
        fact=row.fact,
        before=row.before,
        after=row.after,
        decisions=decided_with(session, case, row.fact, row.child),
        limits=limits,
    )


def _follow(case: LiveCase, fact: str, after: Any) -> None:
    """Let the case's own row say what was put right."""
    if fact == "received_at":
        calendar = case.definition.calendar
        case.case.received_at = as_instant(after, calendar.zone)
        case.case.received_out_of_hours = not calendar.is_open(case.case.received_at)
    if fact == "referrer_kind":
        case.case.referrer_kind = after


def _write_known(session: Session, case: LiveCase, step: Step) -> None:
    place = Place(
        session=session,
        case_id=case.case.id,
        authority=case.case.authority,
        step=case.case.version,
        by=step.by,
        now=step.now,
    )
    write_known(place, case.run.facts())


def _counted_from(case: LiveCase, fact: str) -> list[str]:
    names: dict[str, None] = {}
    for clock in case.run.open_deadlines():
        element = case.definition.processes[clock.process_id].elements[clock.element_id]
        if element.properties.get("deadline.from") == fact:
            names[element.name or spoken(clock.name)] = None
    return list(names)
