"""The questions of the matrix, as the vocabulary and the files themselves raise them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from engine.compare.difference import spoken
from engine.compare.evidence import Evidence, Reader

CHOICES = ("responses", "manager_choice")  # what somebody chooses from, where a procedure lists it


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How a question is answered, where it stands, and whether silence of all is shown too."""

    order: tuple[int, int]
    find: Callable[[Reader], Iterator[Evidence]]
    always: bool = False


def of(reader: Reader) -> Iterator[tuple[str, Answer]]:
    """The questions that one definition raises; the same one of another has the same text."""
    groups = (
        _service, _flows, _deadlines, _notices, _records, _outcomes, _decisions, _choices, _facts,
        _messages,
    )  # fmt: skip
    for group, raise_questions in enumerate(groups):
        for place, (question, find) in enumerate(raise_questions(reader)):
            always = raise_questions in (_service, _deadlines)
            yield question, Answer(order=(group, place), find=find, always=always)


Raised = Iterator[tuple[str, Callable[[Reader], Iterator[Evidence]]]]


def _service(reader: Reader) -> Raised:
    yield "What is the service called?", _label("service")
    yield "When is the office open?", _office_hours
    yield "Who serves out of hours?", _out_of_hours
    yield "What is an assessment called?", _label("assessment")
    yield "What is a strategy discussion called?", _label("strategy_event")
    yield "Which roles act?", _roles
    yield "Who authorises the disposal?", Reader.authorisation


def _label(name: str) -> Callable[[Reader], Iterator[Evidence]]:
    return lambda reader: _plain(reader.definition.labels.get(name))


def _plain(value: str | None) -> Iterator[Evidence]:
    if value:
        yield Evidence(value=value)


def _office_hours(reader: Reader) -> Iterator[Evidence]:
    calendar: dict[str, Any] = reader.definition.settings.get("calendar", {})
    spans: dict[str, list[str]] = {}
    for day, span in calendar.get("office_hours", {}).items():
        spans.setdefault(span, []).append(day.capitalize())
    if spans:
        hours = ", ".join(f"{' '.join(days)} {span}" for span, days in spans.items())
        yield Evidence(value=f"{hours} (assumed)" if calendar.get("assumed") else hours)


def _out_of_hours(reader: Reader) -> Iterator[Evidence]:
    return _plain(reader.definition.settings.get("out_of_hours", {}).get("service"))


def _roles(reader: Reader) -> Iterator[Evidence]:
    used = {element.role for _, element in reader.elements()}
    for role, label in reader.definition.roles.items():
        if role in used:
            yield from _first_act(reader, role, label)


def _first_act(reader: Reader, role: str, label: str) -> Iterator[Evidence]:
    process, element = next(found for found in reader.elements() if found[1].role == role)
    yield Evidence(value=label, part=process, element=element.id)


def _flows(reader: Reader) -> Raised:
    for flow in reader.definition.vocabulary.flows:
        name = spoken(flow).lower()
        yield f"Is there a flow for {name}?", partial(_flow, flow=flow)
        yield f"Who does what in {name}?", partial(Reader.user_tasks, flow=flow)


def _flow(reader: Reader, flow: str) -> Iterator[Evidence]:
    process = reader.definition.processes.get(flow)
    if process and flow in reader.scope.processes:
        yield Evidence(value=process.name or spoken(flow), part=flow, element=flow)


def _deadlines(reader: Reader) -> Raised:
    for name in reader.definition.vocabulary.deadlines:
        question = f"What is the limit for {spoken(name).lower()}?"
        yield question, partial(Reader.deadline, name=name)


def _notices(reader: Reader) -> Raised:
    vocabulary = reader.definition.vocabulary
    for recipient in vocabulary.recipients:
        for kind in vocabulary.kinds:
            question = f"Where is {spoken(recipient).lower()} told: {spoken(kind).lower()}?"
            yield question, partial(_notice, notice=(recipient, kind))


def _notice(reader: Reader, notice: tuple[str, str]) -> Iterator[Evidence]:
    return reader.where(
        lambda e: (e.properties.get("notify.recipient"), e.properties.get("notify.kind")) == notice
    )


def _records(reader: Reader) -> Raised:
    for record in reader.definition.vocabulary.records:
        question = f"Where is a record made of {spoken(record).lower()}?"
        yield question, partial(_record, record=record)


def _record(reader: Reader, record: str) -> Iterator[Evidence]:
    return reader.where(lambda e: record in reader.words(e, "record"))


def _outcomes(reader: Reader) -> Raised:
    for outcome in reader.definition.vocabulary.outcomes:
        question = f"How does a case come to {spoken(outcome).lower()}?"
        yield question, partial(Reader.outcome, outcome=outcome)


def _decisions(reader: Reader) -> Raised:
    for decision_id in sorted(reader.definition.decisions):
        question = f"What can the table of {spoken(decision_id).lower()} come to?"
        yield question, partial(Reader.results, decision_id=decision_id)


def _choices(reader: Reader) -> Raised:
    for fact in CHOICES:
        if fact in reader.definition.vocabulary.facts:
            yield f"What is offered for {spoken(fact).lower()}?", partial(Reader.options, fact=fact)


def _facts(reader: Reader) -> Raised:
    for fact in reader.definition.vocabulary.facts:
        yield f"Where is {spoken(fact).lower()} asked?", partial(Reader.fact, fact=fact)


def _messages(reader: Reader) -> Raised:
    for message in reader.definition.vocabulary.messages:
        question = f"Where is {spoken(message).lower()} waited for?"
        yield question, partial(_message, message=message)


def _message(reader: Reader, message: str) -> Iterator[Evidence]:
    return reader.where(lambda e: e.event == "message" and e.event_reference == message)
