"""Deadlines: boundary timers that say which limit of the procedure they keep."""

import re
from collections.abc import Iterator

from engine.definitions.diagram import Diagram
from engine.definitions.model import Element
from engine.definitions.problems import Finding
from engine.working_days import UNITS

DUE = "=deadline.due"
STRENGTHS = ("must", "should", "may")
OWNERS = ("authority", "referrer", "next_procedure")
MAX_AMOUNT = 1_000
NEEDED = ("deadline.name", "deadline.amount", "deadline.unit", "deadline.from", "source.strength")

_AMOUNT = re.compile(r"[0-9]{1,4}")
_KNOWN = {*NEEDED, "deadline.owner", "deadline.met_at"}


def deadline_place(diagram: Diagram) -> Iterator[Finding]:
    """A deadline is a non-interrupting boundary timer with `=deadline.due`: time never decides."""
    for element in _elements(diagram):
        if not is_deadline(element):
            continue
        if element.kind != "boundaryEvent" or element.event != "timer":
            message = (
                "A deadline is a timer on the border of the step that meets it. Move it there."
            )
            yield Finding(element=element.id, message=message)
            continue
        if element.interrupting:
            message = (
                'The deadline would end its step when it is missed. Set cancelActivity="false".'
            )
            yield Finding(element=element.id, message=message)
        if element.timer_kind != "timeDate" or (element.timer or "").replace(" ", "") != DUE:
            message = f"A deadline's timer is a timeDate with {DUE}; the properties say the rest."
            yield Finding(element=element.id, message=message)


def deadline_properties(diagram: Diagram) -> Iterator[Finding]:
    """A deadline says its name, amount, unit, start and strength, each in the allowed words."""
    for element in _elements(diagram):
        if not is_deadline(element):
            continue
        for name in NEEDED:
            if not element.properties.get(name):
                message = f"The deadline has no property {name}."
                yield Finding(element=element.id, message=message)
        for problem in _wrong_values(element):
            yield Finding(element=element.id, message=problem)


def known_properties(diagram: Diagram) -> Iterator[Finding]:
    """A property that the engine does not read is pointed out, in case its name is mistyped."""
    for element in _elements(diagram):
        for name in element.properties:
            if name not in _PROPERTIES and name not in _KNOWN:
                message = f"The property {name[:60]!r} does nothing here. Is its name mistyped?"
                yield Finding(element=element.id, message=message)


def is_deadline(element: Element) -> bool:
    """Whether the element claims to be a deadline, by its properties or its timer."""
    named = any(name.startswith("deadline.") for name in element.properties)
    return named or (element.timer or "").replace(" ", "") == DUE


_PROPERTIES = {
    "source.clause", "source.assumption", "source.strength", "outcome", "record",
    "notify.recipient", "notify.kind", "task.about",
}  # fmt: skip


def _wrong_values(element: Element) -> Iterator[str]:
    given = element.properties
    amount = given.get("deadline.amount", "")
    if amount and not (_AMOUNT.fullmatch(amount) and int(amount) <= MAX_AMOUNT):
        yield f"deadline.amount is {amount[:60]!r}; write a whole number up to {MAX_AMOUNT}."
    closing = given.get("deadline.unit") == "end-of-working-day"  # 0: of the day it starts on
    if amount and not amount.strip("0") and not closing:
        yield "deadline.amount is 0; write at least 1."
    for name, allowed in (
        ("deadline.unit", UNITS),
        ("source.strength", STRENGTHS),
        ("deadline.owner", OWNERS),
    ):
        value = given.get(name)
        if value and value not in allowed:
            yield f"{name} is {value[:60]!r}; write one of: {', '.join(allowed)}."


def _elements(diagram: Diagram) -> Iterator[Element]:
    for process in diagram.processes:
        yield from process.elements.values()
