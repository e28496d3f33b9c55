"""Letters as people see them: lists, the letter as it reads, and what is done by hand."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, false, or_, select
from sqlalchemy.orm import Session

from engine.definitions.model import AuthorityDefinition
from engine.errors import NotFound, Refused
from engine.identifiers import titled
from engine.outbox import disclosure, sending
from engine.people import SYSTEM, Actor, seen_case
from engine.store.deployed import definition_for, definitions_of
from engine.store.tables import Case, Deployment, Letter

PAGE = 50
LIST_STATES = ("ready", "sending", "failed", "bounced", "sent", "printed")
_ENDED = frozenset({"failed", "bounced"})


@dataclass(frozen=True, kw_only=True)
class LetterLine:
    """A letter as a list shows it; `address` is None for paper, and where it may not be seen."""

    id: int
    case_id: int
    reference: str
    authority: str
    authority_name: str
    recipient: str
    recipient_label: str
    kind: str
    subject: str
    clauses: tuple[str, ...]
    state: str
    tries: int
    problem: str | None
    is_for_email: bool
    address: str | None
    made_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class LetterPage:
    """A letter with its text; None where whoever asks may not read it."""

    line: LetterLine
    text: str | None
    next_try_at: datetime | None
    message_id: str | None


@dataclass(frozen=True, kw_only=True)
class Letters:
    """One page of a list; `before` is what the next page starts after, None on the last."""

    lines: tuple[LetterLine, ...]
    before: int | None


def listing(
    session: Session,
    by: Actor,
    *,
    state: str = "ready",
    authority: str | None = None,
    before: int | None = None,
) -> Letters:
    """Give letters in one state, those that were last touched first, fifty at a time."""
    wanted = [name for name in by.sees if authority in (None, name)]
    query = (
        select(Letter, Case, Deployment)
        .join(Case, Case.id == Letter.case_id)
        .join(Deployment, Deployment.id == Case.deployment_id)
        .where(Letter.state == state, Letter.authority.in_(wanted) if wanted else false())
        .order_by(Letter.next_try_at.desc(), Letter.id.desc())
        .limit(PAGE + 1)
    )
    rows = session.execute(_after(session, query, before)).all()
    procedures = definitions_of(session, {deployment for _, _, deployment in rows})
    lines = tuple(
        _line(letter, case, procedures[deployment.id], by=by)
        for letter, case, deployment in rows[:PAGE]
    )
    return Letters(lines=lines, before=lines[-1].id if len(rows) > PAGE else None)


def of_case(session: Session, case_id: int, by: Actor) -> tuple[LetterLine, ...]:
    """Give the letters of a case, the oldest first. NotFound where the actor may not see it."""
    case = seen_case(session, case_id, by=by)
    rows = session.scalars(select(Letter).where(Letter.case_id == case_id).order_by(Letter.id))
    definition = definition_for(session, case.deployment_id)
    return tuple(_line(letter, case, definition, by=by) for letter in rows)


def page(session: Session, letter_id: int, by: Actor) -> LetterPage:
    """Give one letter as it reads. NotFound where the actor may not see its case."""
    letter, case, definition = _seen(session, letter_id, by)
    may_read = disclosure.may_read(definition, letter.kind, by)
    return LetterPage(
        line=_line(letter, case, definition, by=by),
        text=letter.text if may_read else None,
        next_try_at=letter.next_try_at,
        message_id=letter.message_id,
    )


def printed(session: Session, letter_id: int, *, by: Actor, now: datetime) -> None:
    """Note that somebody printed a letter and sent it off; it is then no longer e-mailed."""
    letter = _held(session, letter_id, by)
    if letter.state == "printed":
        return
    if letter.state not in ("ready", *_ENDED):
        raise Refused("This letter has gone out by e-mail, or is going just now.")
    _end(session, letter, "printed", by=by, now=now)


def try_again(session: Session, letter_id: int, *, by: Actor, now: datetime) -> None:
    """Let an e-mail that failed or came back be sent again, from the first try."""
    letter = _held(session, letter_id, by)
    if letter.state == "ready":
        return
    if letter.state not in _ENDED or letter.address is None:
        raise Refused("Only an e-mail that failed or came back can be tried again.")
    letter.state, letter.tries, letter.problem = "ready", 0, None
    letter.next_try_at, letter.ended_at, letter.ended_by = now, None, None
    session.flush()
    sending.note(session, letter, "letter.retried", by=by.key, now=now)


def came_back(session: Session, letter_id: int, *, by: Actor, now: datetime) -> None:
    """Note that a letter that had gone out came back."""
    letter = _held(session, letter_id, by)
    if letter.state == "bounced":
        return
    if letter.state not in ("sent", "printed"):
        raise Refused("Only a letter that has gone out can come back.")
    letter.problem = "It came back."
    _end(session, letter, "bounced", by=by, now=now)


def returned(session: Session, message_id: str, *, now: datetime) -> int:
    """Note that an e-mail came back, by its message id; return the letter's number."""
    bare = message_id.strip().strip("<>")
    letter = session.scalar(select(Letter).where(Letter.message_id == f"<{bare}>"))
    if letter is None:
        raise NotFound("no letter has this message id")
    sending.hold_case(session, letter.case_id)
    session.refresh(letter)
    if letter.state == "sent":
        letter.problem = "It came back."
        _end(session, letter, "bounced", by=SYSTEM, now=now)
    return letter.id


def _after(
    session: Session, query: Select[Letter, Case, Deployment], before: int | None
) -> Select[Letter, Case, Deployment]:
    last = session.get(Letter, before) if before is not None else None
    if last is None:
        return query
    return query.where(
        or_(
            Letter.next_try_at < last.next_try_at,
            and_(Letter.next_try_at == last.next_try_at, Letter.id < last.id),
        )
    )


def _seen(session: Session, letter_id: int, by: Actor) -> tuple[Letter, Case, AuthorityDefinition]:
    letter = session.get(Letter, letter_id)
    if letter is None or not by.may_see_cases_of(letter.authority):
        raise NotFound(f"there is no letter {letter_id}")
    case = session.get_one(Case, letter.case_id)
    return letter, case, definition_for(session, case.deployment_id)


def _held(session: Session, letter_id: int, by: Actor) -> Letter:
    letter, case, _ = _seen(session, letter_id, by)
    sending.hold_case(session, case.id)
    session.refresh(letter, with_for_update=True)
    return letter


def _end(session: Session, letter: Letter, state: str, *, by: Actor, now: datetime) -> None:
    letter.state, letter.ended_by = state, by.key
    letter.ended_at = letter.next_try_at = now
    session.flush()
    sending.note(session, letter, f"letter.{state}", by=by.key, now=now)


def _line(letter: Letter, case: Case, definition: AuthorityDefinition, *, by: Actor) -> LetterLine:
    is_shown = disclosure.may_see_address(definition, letter.recipient, by)
    return LetterLine(
        id=letter.id,
        case_id=letter.case_id,
        reference=case.reference,
        authority=letter.authority,
        authority_name=definition.name,
        recipient=letter.recipient,
        recipient_label=titled(definition.roles.get(letter.recipient, letter.recipient)),
        kind=letter.kind,
        subject=letter.subject,
        clauses=tuple(letter.clauses),
        state=letter.state,
        tries=letter.tries,
        problem=letter.problem,
        is_for_email=letter.address is not None,
        address=letter.address if is_shown else None,
        made_at=letter.made_at,
        ended_at=letter.ended_at,
    )
