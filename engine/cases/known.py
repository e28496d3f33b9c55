"""What is known of a case, as a page shows it: who said it when, and what was put right."""

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine import people
from engine.cases import census
from engine.cases.paging import Part
from engine.casework.tasks import DECIDED
from engine.definitions.model import Field
from engine.dmn.explain.results import in_words
from engine.identifiers import spoken
from engine.people import Actor, seen_case
from engine.runtime import confidential
from engine.runtime.known import Known, known_of
from engine.runtime.persist import live

SIZE = 60  # facts of one page
FILES = "filepicker"  # documents are added and taken out, not corrected


@dataclass(frozen=True, kw_only=True)
class CorrectionLine:
    """A correction: what stood there before, and who put it right when and why."""

    before: str
    reason: str
    by_name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FactLine:
    """A fact in words; `task_name` is None where it was known when the contact was recorded."""

    fact: str
    child: str | None
    label: str
    words: str
    by_name: str
    at: datetime
    task_name: str | None
    corrections: tuple[CorrectionLine, ...]
    number: int  # which of the answers under this fact it is, counted from 0
    may_correct: bool


@dataclass(frozen=True, kw_only=True)
class KnownFacts:
    """One part of what is known; `hides` says that something of it is kept from whoever looks."""

    part: Part[FactLine]
    hides: bool


def known(session: Session, case_id: int, number: int, *, by: Actor) -> KnownFacts:
    """Give what is known of a case, without what is not for the actor.

    Raises NotFound where they may not see the case.
    """
    running = live(session, seen_case(session, case_id, by=by))
    hidden = confidential.hides(running.definition, running.run.facts(), by)
    found = [fact for fact in known_of(session, running) if fact.fact not in hidden]
    first = (max(1, number) - 1) * SIZE
    shown = found[first : first + SIZE]
    named = people.names(session, _keys(shown))
    numbers = _numbers(found)
    kept = {*DECIDED, *confidential.settled(hidden)}
    lines = tuple(_line(fact, numbers[id(fact)], named, kept) for fact in shown)
    part = Part(lines=lines, number=number, goes_on=len(found) > first + SIZE)
    return KnownFacts(part=part, hides=bool(hidden))


def _keys(shown: list[Known]) -> list[str | None]:
    return [key for fact in shown for key in (fact.by, *(c.by for c in fact.corrections))]


def _numbers(found: list[Known]) -> dict[int, int]:
    counted: Counter[str] = Counter()
    numbers: dict[int, int] = {}
    for fact in found:
        numbers[id(fact)] = counted[fact.fact]
        counted[fact.fact] += 1
    return numbers


def _line(fact: Known, number: int, named: Mapping[str, str], kept: Container[str]) -> FactLine:
    return FactLine(
        fact=fact.fact,
        child=fact.child,
        label=fact.field.label or spoken(fact.fact),
        words=said(fact.field, fact.value),
        by_name=named[fact.by],
        at=fact.at,
        task_name=fact.task_name,
        corrections=tuple(
            CorrectionLine(
                before=said(fact.field, made.before),
                reason=made.reason,
                by_name=named[made.by],
                at=made.at,
            )
            for made in fact.corrections
        ),
        number=number,
        may_correct=fact.fact not in kept and fact.field.type != FILES,
    )


def said(field: Field, value: Any) -> str:
    """Give an answer in the words of the question that asked for it."""
    labels = {option.value: option.label for option in field.options if _is_key(option.value)}
    if isinstance(value, list):
        between = "\n" if field.type == "dynamiclist" else "; "
        return between.join(said(field, item) for item in value) or "None"
    if isinstance(value, Mapping):
        inner = {str(item.key): item for item in field.fields}
        parts = (
            f"{spoken(key)}: {said(inner.get(key, Field(key=key, type='')), item)}"
            for key, item in sorted(value.items(), key=lambda pair: pair[0] != "name")
        )
        return _capital(", ".join(parts))
    if field.type == "datetime" and isinstance(value, str):
        return _moment(value)
    if _is_key(value) and value in labels and not isinstance(value, bool):
        return labels[value]
    if isinstance(value, str) and not field.options:
        return census.in_words(str(field.key), value)
    return _capital(in_words(value))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_key(value: Any) -> bool:
    return isinstance(value, str | int | float | bool)


def _moment(text: str) -> str:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    if "T" not in text:
        return f"{found.day} {found:%B %Y}"
    return f"{found.day} {found:%B %Y} at {found:%H:%M}"
