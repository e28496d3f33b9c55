"""Writes a step's notifications as letters, in the transaction of the step itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.casework import effects as fx
from engine.definitions.model import AuthorityDefinition
from engine.identifiers import spoken
from engine.outbox import addressing, disclosure
from engine.outbox.rendering import Written, render
from engine.store.tables import Case, ChildOfCase, Letter, Notification, Outcome
from engine.working_days import written

READY = "ready"
ABOUT_LIMITS = frozenset({"overdue", "warning"})  # kinds that follow on a limit
_AboutLimit = fx.DeadlineMissed | fx.DeadlineWarned
_TELLS_OUTCOMES = frozenset({"outcome", "information"})


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """A case at the step that tells somebody something; `facts` are those of the whole case."""

    case: Case
    definition: AuthorityDefinition
    facts: Mapping[str, Any]
    now: datetime


@dataclass(frozen=True, kw_only=True)
class LimitTold:
    """The limit that a letter to staff is about; `due` is the office's local time in words."""

    label: str
    due: str


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One thing to be told: to whom, the roles behind them, and the limit that it is about."""

    recipient: str
    kind: str
    clauses: tuple[str, ...]
    is_product: bool
    child: str | None = None
    roles: frozenset[str] = frozenset()
    limit: LimitTold | None = None
    notification_id: int | None = None
    may_be_printed: bool = True  # where nobody is known who could have it by e-mail


def write(session: Session, occasion: Occasion, effects: Sequence[fx.Effect]) -> None:
    """Write a letter for each notification of a step; its rows are in the database already."""
    rows = session.execute(
        select(Notification.position, Notification.id).where(
            Notification.case_id == occasion.case.id, Notification.step == occasion.case.version
        )
    )
    ids = {row.position: row.id for row in rows}
    tellings = [
        _telling(occasion, effects, position, ids[position])
        for position, effect in enumerate(effects)
        if isinstance(effect, fx.NotificationSent)
    ]
    put_down(session, occasion, tellings)


def put_down(session: Session, occasion: Occasion, tellings: Sequence[Telling]) -> int:
    """Add the letters of each telling, one for each person; say how many."""
    roles = {role for telling in tellings for role in telling.roles}
    emails = addressing.holders(session, occasion.case.authority, roles)
    known = _known(session, occasion, tellings)
    count = 0
    for telling in tellings:
        written = _written(occasion, telling, known)
        for recipient, address in _addressed(occasion, telling, emails):
            session.add(_letter(occasion, telling, written, recipient, address))
            count += 1
    session.flush()
    return count


def limit_told(occasion: Occasion, label: str, due: datetime) -> LimitTold:
    """Return a limit as letters tell of it."""
    return LimitTold(label=spoken(label), due=written(due, occasion.definition.calendar))


def _telling(
    occasion: Occasion, effects: Sequence[fx.Effect], position: int, notification_id: int
) -> Telling:
    effect = effects[position]
    assert isinstance(effect, fx.NotificationSent)
    roles = addressing.roles_behind(occasion.definition, effect.recipient)
    about = _limit_before(effects, position) if effect.kind in ABOUT_LIMITS else None
    if about is not None:
        roles |= _responsible(effects, position, about)
    return Telling(
        recipient=effect.recipient,
        kind=effect.kind,
        clauses=effect.clauses or (about.clauses if about else ()),
        is_product=effect.product,
        child=effect.child,
        roles=roles,
        limit=_told(occasion, about),
        notification_id=notification_id,
    )


def _told(occasion: Occasion, about: _AboutLimit | None) -> LimitTold | None:
    if about is None:
        return None
    return limit_told(occasion, about.name or about.deadline_name, about.due)


def _limit_before(effects: Sequence[fx.Effect], position: int) -> _AboutLimit | None:
    """What a notification about a limit follows on: the last limit missed or warned of."""
    for effect in reversed(effects[:position]):
        if isinstance(effect, fx.DeadlineMissed | fx.DeadlineWarned):
            return effect
    return None


def _responsible(effects: Sequence[fx.Effect], position: int, about: _AboutLimit) -> frozenset[str]:
    """The roles that are to act: those warned, or whoever is asked next why a limit was missed."""
    if isinstance(about, fx.DeadlineWarned):
        return frozenset(about.roles)
    told = effects[position]
    asked = (
        effect.role
        for effect in effects[position:]
        if isinstance(effect, fx.TaskOpened) and effect.process_id == told.process_id
    )
    return frozenset([role] if (role := next(asked, None)) else [])


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What letters of one occasion may draw on."""

    children: tuple[str, ...]
    reached: tuple[tuple[str | None, str], ...]


def _known(session: Session, occasion: Occasion, tellings: Iterable[Telling]) -> _Known:
    if not any(telling.kind in _TELLS_OUTCOMES for telling in tellings):
        return _Known(children=(), reached=())
    case_id = occasion.case.id
    children = session.scalars(
        select(ChildOfCase.name)
        .where(ChildOfCase.case_id == case_id)
        .order_by(ChildOfCase.position)
    )
    reached = session.execute(
        select(Outcome.child, Outcome.outcome)
        .where(Outcome.case_id == case_id)
        .order_by(Outcome.step, Outcome.position)
    )
    return _Known(children=tuple(children), reached=tuple((c, word) for c, word in reached))


def _written(occasion: Occasion, telling: Telling, known: _Known) -> Written:
    definition = occasion.definition
    told = {
        "authority": definition.name,
        "service": definition.labels["service"],
        "reference": occasion.case.reference,
        "clauses": telling.clauses,
        "document": definition.document["title"],
        "is_product": telling.is_product,
        "limit": telling.limit,
        "out_of_hours": definition.settings.get("out_of_hours", {}).get("service"),
        "referral_form": definition.labels.get("confirmation_form")
        or definition.labels.get("referral_form"),
        "outcomes": _outcomes(occasion, telling, known),
        "gist": disclosure.gist(
            disclosure.outcome_words(occasion.facts, known.reached, telling.child)
        ),
        "source": _source(occasion, telling),
    }
    staff = addressing.is_staff(definition, telling.recipient)
    return render(telling.recipient, telling.kind, told, is_staff=staff)


def _source(occasion: Occasion, telling: Telling) -> str | None:
    if telling.kind != disclosure.SOURCE_DISCLOSURE:
        return None
    return disclosure.source(occasion.definition, occasion.facts, now=occasion.now)


def _outcomes(
    occasion: Occasion, telling: Telling, known: _Known
) -> list[tuple[str, tuple[str, ...]]]:
    """The outcomes of each child who is meant, the children told apart without their names."""
    if telling.child is not None or len(known.children) < 2:  # noqa: PLR2004 - several children
        words = disclosure.outcome_words(occasion.facts, known.reached, telling.child)
        return [("", disclosure.phrases(occasion.definition, words))]
    return [
        (
            disclosure.ordinal(position),
            disclosure.phrases(
                occasion.definition,
                disclosure.outcome_words(occasion.facts, known.reached, name),
            ),
        )
        for position, name in enumerate(known.children)
    ]


def _addressed(
    occasion: Occasion, telling: Telling, emails: Mapping[str, list[str]]
) -> list[tuple[str, str | None]]:
    """Whom the letter goes to, and where: each person once; one to print where nobody is known."""
    people = {
        email: telling.recipient if role in _own(occasion, telling) else role
        for role in sorted(telling.roles, key=lambda role: role in _own(occasion, telling))
        for email in emails.get(role, ())
    }
    if people:
        return [(recipient, email) for email, recipient in people.items()]
    if not telling.may_be_printed:
        return []
    return [(telling.recipient, addressing.referrer_address(telling.recipient, occasion.facts))]


def _own(occasion: Occasion, telling: Telling) -> frozenset[str]:
    return addressing.roles_behind(occasion.definition, telling.recipient)


def _letter(
    occasion: Occasion, telling: Telling, written: Written, recipient: str, address: str | None
) -> Letter:
    return Letter(
        case_id=occasion.case.id,
        notification_id=telling.notification_id,
        authority=occasion.case.authority,
        recipient=recipient,
        kind=telling.kind,
        address=address,
        subject=written.subject,
        text=written.text,
        html=written.html,
        clauses=list(telling.clauses),
        state=READY,
        tries=0,
        next_try_at=occasion.now,
        made_at=occasion.now,
    )
