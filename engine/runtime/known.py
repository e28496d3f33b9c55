"""What is known of a case: every fact, who said it when and where, and whether it was put right."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.casework import start_form
from engine.definitions.model import AuthorityDefinition, Fact, Field, Option
from engine.identifiers import spoken, titled
from engine.runtime.persist import LiveCase
from engine.store.tables import Correction, TimelineEvent
from engine.store.timeline import told

_TYPES: Mapping[str, tuple[str, str | None]] = {  # of a fact → of a field, with its subtype
    "datetime": ("datetime", "datetime"),
    "enum": ("radio", None),
    "boolean": ("radio", None),
    "string": ("textfield", None),
    "list": ("checklist", None),
}


@dataclass(frozen=True, kw_only=True)
class PutRight:
    """A correction: what stood there before, who put it right when, and why."""

    before: Any
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Known:
    """One fact, of the whole case or of one child; `field` is the question that asked for it."""

    fact: str
    child: str | None
    value: Any
    by: str  # who said it last
    at: datetime
    task_name: str | None  # None: it was known when the contact was recorded
    field: Field
    corrections: tuple[PutRight, ...] = ()  # oldest first


def known_of(session: Session, live: LiveCase) -> tuple[Known, ...]:
    """Give everything that is known, in the order in which it was first said."""
    corrections = _corrections(session, live.case.id)
    said = list(_said(session, live.case.id))
    answered = {key for row, _ in said for key in row.detail.get("answers", ())}
    found = {(fact.fact, fact.child): fact for fact in _from_the_start(live, answered)}
    for row, by in said:
        if row.event == "fact.corrected":
            found = _renamed(found, row.detail["renamed"])
            _put_right(found, corrections.pop((row.at, row.detail["fact"], row.child), None))
            continue
        for key, value in row.detail["answers"].items():
            field = _asking(live.definition, row, key)
            before = found.get((key, row.child))
            found[key, row.child] = Known(
                fact=key,
                child=row.child,
                value=value,
                by=by,
                at=row.at,
                task_name=row.name,
                field=field,
                corrections=before.corrections if before else (),
            )
    return tuple(found.values())


def field_of(definition: AuthorityDefinition, key: str) -> Field:
    """Give the question that asks for a fact: the start form's first, else any form's."""
    start = start_form(definition)
    forms = [*([start] if start else []), *definition.forms.values()]
    asked = (field for form in forms for field in form.walk() if field.key == key)
    return next(asked, None) or _made_up(key, definition.vocabulary.facts.get(key))


def _from_the_start(live: LiveCase, answered: Set[str]) -> Iterable[Known]:
    """What was known before anybody was asked: what the start form asks, and what nothing else did.

    A fact that tasks asked about one child or another is not known of the case as a whole.
    """
    facts, start = live.definition.vocabulary.facts, start_form(live.definition)
    first = {field.key for field in start.walk()} if start else set()
    for key, value in live.run.facts().items():
        is_first = key in first or key not in answered
        if key in facts and is_first and value not in (None, "", []):
            yield Known(
                fact=key,
                child=None,
                value=value,
                by=live.case.started_by,
                at=live.case.started_at,
                task_name=None,
                field=field_of(live.definition, key),
            )


def _said(session: Session, case_id: int) -> Iterable[tuple[TimelineEvent, str]]:
    """Every answer and correction of a case, with who gave it."""
    rows = session.execute(
        told(case_id, ("task.completed", "fact.corrected")).order_by(
            TimelineEvent.step, TimelineEvent.position
        )
    )
    return ((row, by) for row, by in rows)


def _corrections(
    session: Session, case_id: int
) -> dict[tuple[datetime, str, str | None], Correction]:
    rows = session.scalars(select(Correction).where(Correction.case_id == case_id))
    return {(row.at, row.fact, row.child): row for row in rows}


def _put_right(found: dict[tuple[str, str | None], Known], row: Correction | None) -> None:
    known = found.get((row.fact, row.child)) if row else None
    if row is None or known is None:
        return
    made = PutRight(before=row.before, reason=row.reason, by=row.by, at=row.at)
    found[row.fact, row.child] = replace(
        known, value=row.after, corrections=(*known.corrections, made)
    )


def _renamed(
    found: dict[tuple[str, str | None], Known], names: Mapping[str, str]
) -> dict[tuple[str, str | None], Known]:
    if not names:
        return found
    moved = (
        replace(known, child=names.get(known.child or "", known.child)) for known in found.values()
    )
    return {(known.fact, known.child): known for known in moved}


def _asking(definition: AuthorityDefinition, row: TimelineEvent, key: str) -> Field:
    element = definition.processes[row.process_id].elements[row.element_id]
    form = definition.forms.get(element.form_id or "")
    fields = form.walk() if form else ()
    return next((field for field in fields if field.key == key), None) or field_of(definition, key)


def _made_up(key: str, fact: Fact | None) -> Field:
    """Give a question for a fact that no form asks for: programs may send any of them."""
    kind, subtype = _TYPES[fact.type] if fact else ("textfield", None)
    values: tuple[Any, ...] = fact.values if fact else ()
    options = [Option(value=value, label=spoken(value)) for value in values]
    if fact is not None and fact.type == "boolean":
        options = [Option(value=True, label="Yes"), Option(value=False, label="No")]
    return Field(key=key, type=kind, subtype=subtype, label=titled(key), options=tuple(options))
