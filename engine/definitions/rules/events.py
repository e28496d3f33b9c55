"""Events: which kinds there are, timers that can be computed, messages that find their case."""

import re
from collections.abc import Iterator
from datetime import datetime

from engine.definitions.diagram import Diagram, flow_element, owner
from engine.definitions.model import Element, ProcessDefinition
from engine.definitions.names import EVENT_DEFINITIONS, EVENTS, TIMER_KINDS, bpmn
from engine.definitions.problems import Finding

MAX_YEARS = 20
MAX_REPEATS = 1_000
CORRELATION = "case_id"

_KINDS: dict[str, set[str | None]] = {
    "startEvent": {None},
    "endEvent": {None, "escalation", "terminate"},
    "intermediateThrowEvent": {None, "escalation"},
    "intermediateCatchEvent": {"timer", "message"},
    "boundaryEvent": {"timer", "message", "escalation"},
}
_DURATION = re.compile(
    r"P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?"
    r"(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?"
)
_SECONDS = (31_557_600, 2_629_800, 604_800, 86_400, 3_600, 60, 1)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)")
_CYCLE = re.compile(r"R(\d*)/([^/]+)")
_SMALLEST_PERIOD = 60


def event_kinds(diagram: Diagram) -> Iterator[Finding]:
    """Events are of a kind the engine runs, with one definition each, written in the event."""
    for node in diagram.root.iter(*(bpmn(tag) for tag in EVENTS)):
        definitions = sum(len(node.findall(bpmn(tag))) for tag in EVENT_DEFINITIONS)
        if definitions > 1:
            message = "The event has several triggers. Draw one event for each."
            yield Finding(element=owner(node), message=message)
    for element in _events(diagram):
        kinds = _KINDS.get(element.kind, {element.event})
        if element.event not in kinds:
            yield Finding(element=element.id, message=_wrong_kind(element))


def escalations(diagram: Diagram) -> Iterator[Finding]:
    """An escalation that is thrown has a code, and an event that catches names one or all."""
    for element in _events(diagram):
        throws = element.kind in ("endEvent", "intermediateThrowEvent")
        if element.event == "escalation" and throws and not element.event_reference:
            message = "The escalation has no code: refer to a bpmn:escalation with escalationCode."
            yield Finding(element=element.id, message=message)
        on_task = element.kind == "boundaryEvent" and not _hosted_by_part(diagram, element)
        if element.event == "escalation" and on_task:
            message = "Nothing escalates there: attach the event to a call activity or sub-process."
            yield Finding(element=element.id, message=message)


def messages(diagram: Diagram) -> Iterator[Finding]:
    """What waits for a message names it, and the message finds its case by `=case_id`."""
    for process in diagram.processes:
        for element in process.elements.values():
            if element.event != "message" or element.kind in ("startEvent", "endEvent"):
                continue
            if not element.event_reference:
                message = "The element waits for no message: refer to a bpmn:message with a name."
                yield Finding(element=element.id, message=message)
            elif element.correlation_key != CORRELATION:
                message = (
                    f"The message {element.event_reference!r} needs zeebe:subscription"
                    f' correlationKey="={CORRELATION}", so that it reaches its own case.'
                )
                yield Finding(element=element.id, message=message)


def timers(diagram: Diagram) -> Iterator[Finding]:
    """A timer has one time that can be computed: FEEL, or ISO 8601 with a sane length."""
    for node in diagram.root.iter(bpmn("timerEventDefinition")):
        times = sum(len(node.findall(bpmn(kind))) for kind in TIMER_KINDS)
        if times != 1:
            message = f"The timer has {times or 'no'} times. Give one date, duration or cycle."
            yield Finding(element=flow_element(node), message=message)
    for element in _events(diagram):
        if element.event == "timer" and element.timer_kind:
            problem = timer_problem(element)
            if problem:
                yield Finding(element=element.id, message=problem)


def timer_problem(element: Element) -> str | None:
    """What is wrong with a timer's text, as a sentence; FEEL is looked at by another rule."""
    written = element.timer or ""
    if element.timer_kind == "timeCycle" and not _may_repeat(element):
        return "Only a non-interrupting boundary timer may repeat. Give a duration or a date."
    if written.startswith("="):
        return None if written[1:].strip() else "The timer is empty: write when it is due."
    if element.timer_kind == "timeDate":
        return _date_problem(written)
    if element.timer_kind == "timeCycle":
        return _cycle_problem(written)
    return _duration_problem(written)


def _may_repeat(element: Element) -> bool:
    return element.kind == "boundaryEvent" and not element.interrupting


def _date_problem(written: str) -> str | None:
    advice = "Write an instant with its offset, such as 2026-03-03T10:00:00+00:00, or =deadline.due"
    if not _INSTANT.fullmatch(written):
        return f"The date {written[:60]!r} is no instant. {advice}."
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return f"The date {written[:60]!r} does not exist. {advice}."
    return None


def _cycle_problem(written: str) -> str | None:
    match = _CYCLE.fullmatch(written)
    if match is None:
        return f"The cycle {written[:60]!r} is not understood. Write it like R3/P7D."
    if match.group(1) and int(match.group(1)[:9]) > MAX_REPEATS:
        return f"The cycle repeats more than {MAX_REPEATS} times. Write a smaller number."
    problem = _duration_problem(match.group(2))
    if problem:
        return problem
    if _seconds(match.group(2)) < _SMALLEST_PERIOD:
        return f"The cycle's period is under {_SMALLEST_PERIOD} seconds. Write a longer one."
    return None


def _duration_problem(written: str) -> str | None:
    if not _DURATION.fullmatch(written) or written == "P":
        return f"The duration {written[:60]!r} is not ISO 8601. Write it like PT24H or P10D."
    if _seconds(written) > MAX_YEARS * _SECONDS[0]:
        return f"The duration {written[:60]} is over {MAX_YEARS} years. Write a shorter one."
    return None


def _seconds(written: str) -> int:
    match = _DURATION.fullmatch(written)
    numbers = match.groups() if match else ()
    return sum(int(n[:18]) * unit for n, unit in zip(numbers, _SECONDS, strict=False) if n)


def _wrong_kind(element: Element) -> str:
    if element.kind == "startEvent":
        return "Start events are plain: a case is opened by a person, a called process by its call."
    if element.event == "message":
        return "Message events do not send. Draw a send task with notify.recipient and notify.kind."
    if element.event is None:
        return "The event waits for nothing: make it a timer or a message."
    offered = ", ".join(sorted(kind for kind in _KINDS[element.kind] if kind))
    return f"A {element.event} event cannot stand here. Possible: {offered}."


def _events(diagram: Diagram) -> Iterator[Element]:
    for process in diagram.processes:
        for element in process.elements.values():
            if element.kind in EVENTS:
                yield element


def _hosted_by_part(diagram: Diagram, element: Element) -> bool:
    host = next((_host(p, element) for p in diagram.processes if _host(p, element)), None)
    return host is not None and host.kind in ("callActivity", "subProcess")


def _host(process: ProcessDefinition, element: Element) -> Element | None:
    return process.elements.get(element.attached_to or "")
