"""Diagrams for tests, written in a few words: nodes and flows become Camunda 8 XML."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from engine.definitions.model import ProcessDefinition
from engine.definitions.parse import parse_process
from engine.execution import Execution, Limits, Program

STANDARD = Limits()
START = datetime(2026, 3, 3, 10, tzinfo=UTC)
_SPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_CODES = ("ESC", "OTHER")
_MESSAGES = ("confirmation", "reply")


@dataclass
class Drawing:
    """The content of one process or sub-process."""

    nodes: list[str] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)

    def add(self, other: "Drawing") -> None:
        """Take in what another drawing holds."""
        self.nodes += other.nodes
        self.flows += other.flows

    def node(self, tag: str, id: str, inner: str = "", *, extra: str = "", **attrs: str) -> str:
        """Draw a flow node; `extra` is what its extension elements hold."""
        written = "".join(f" {name}={quoteattr(value)}" for name, value in attrs.items())
        extension = f"<bpmn:extensionElements>{extra}</bpmn:extensionElements>" if extra else ""
        self.nodes.append(
            f'<bpmn:{tag} id="{id}" name="{id}"{written}>{extension}{inner}</bpmn:{tag}>'
        )
        return id

    def flow(self, source: str, target: str, condition: str | None = None, *, id: str = "") -> str:
        """Draw a sequence flow, by default with the id `source-target`."""
        name = id or f"{source}-{target}"
        inner = ""
        if condition:
            inner = (
                '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
                f"{escape(condition)}</bpmn:conditionExpression>"
            )
        self.flows.append(
            f'<bpmn:sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inner}'
            "</bpmn:sequenceFlow>"
        )
        return name

    def chain(self, *ids: str) -> None:
        """Draw flows from each node to the next."""
        for source, target in pairwise(ids):
            self.flow(source, target)

    def boundary(
        self, id: str, host: str, inner: str, *, interrupting: bool = True, extra: str = ""
    ) -> str:
        """Draw an event at the edge of an activity."""
        attrs = {"attachedToRef": host, "cancelActivity": str(interrupting).lower()}
        return self.node("boundaryEvent", id, inner, extra=extra, **attrs)

    def sub(self, id: str, inside: "Drawing", *, loop: str = "", extra: str = "") -> str:
        """Draw an expanded sub-process."""
        return self.node("subProcess", id, inside.xml + loop, extra=extra)

    @property
    def xml(self) -> str:
        """The content as XML."""
        return "".join(self.nodes) + "".join(self.flows)


def line(*ids: str, tag: str = "userTask", prefix: str = "") -> Drawing:
    """Return a process of tasks one after the other, between `start` and `end`."""
    drawing = Drawing()
    drawing.node("startEvent", f"{prefix}start")
    for id in ids:
        drawing.node(tag, id)
    drawing.node("endEvent", f"{prefix}end")
    drawing.chain(f"{prefix}start", *ids, f"{prefix}end")
    return drawing


def timer(text: str, kind: str = "timeDuration") -> str:
    """Return a timer event definition."""
    return (
        f'<bpmn:timerEventDefinition><bpmn:{kind} xsi:type="bpmn:tFormalExpression">'
        f"{escape(text)}</bpmn:{kind}></bpmn:timerEventDefinition>"
    )


def escalation(code: str | None = None) -> str:
    """Return an escalation event definition; without a code it catches any."""
    reference = f' escalationRef="escalation_{code}"' if code else ""
    return f"<bpmn:escalationEventDefinition{reference}/>"


def message(name: str) -> str:
    """Return a message event definition."""
    return f'<bpmn:messageEventDefinition messageRef="message_{name}"/>'


def loop(
    collection: str, element: str | None = None, *, sequential: bool = False, **attrs: str
) -> str:
    """Return loop characteristics; `until` is the completion condition."""
    until = attrs.pop("until", "")
    given = {"inputCollection": collection, **({"inputElement": element} if element else {})}
    written = "".join(f" {k}={quoteattr(v)}" for k, v in {**given, **attrs}.items())
    condition = f"<bpmn:completionCondition>{escape(until)}</bpmn:completionCondition>"
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">'
        f"<bpmn:extensionElements><zeebe:loopCharacteristics{written}/></bpmn:extensionElements>"
        f"{condition if until else ''}</bpmn:multiInstanceLoopCharacteristics>"
    )


def called(process_id: str, **attrs: str) -> str:
    """Return the extension of a call activity."""
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attrs.items())
    return f'<zeebe:calledElement processId="{process_id}"{written}/>'


def script(expression: str, variable: str = "result") -> str:
    """Return the extension of a script task."""
    return f'<zeebe:script expression={quoteattr(expression)} resultVariable="{variable}"/>'


def mapping(*, inputs: Mapping[str, str] = {}, outputs: Mapping[str, str] = {}) -> str:
    """Return an input and output mapping: target → FEEL source."""
    rows = [
        (tag, t, s) for tag, m in (("input", inputs), ("output", outputs)) for t, s in m.items()
    ]
    inner = "".join(
        f"<zeebe:{tag} source={quoteattr(source)} target={quoteattr(target)}/>"
        for tag, target, source in rows
    )
    return f"<zeebe:ioMapping>{inner}</zeebe:ioMapping>"


def properties(values: Mapping[str, str]) -> str:
    """Return zeebe properties."""
    inner = "".join(
        f"<zeebe:property name={quoteattr(name)} value={quoteattr(value)}/>"
        for name, value in values.items()
    )
    return f"<zeebe:properties>{inner}</zeebe:properties>"


def processes(**drawings: Drawing) -> dict[str, ProcessDefinition]:
    """Return process definitions by id, read from the XML of one file."""
    content = "".join(
        f'<bpmn:process id="{id}" name="{id}" isExecutable="true">{drawing.xml}</bpmn:process>'
        for id, drawing in drawings.items()
    )
    named = "".join(
        f'<bpmn:escalation id="escalation_{code}" name="{code}" escalationCode="{code}"/>'
        for code in _CODES
    )
    messages = "".join(
        f'<bpmn:message id="message_{name}" name="{name}"><bpmn:extensionElements>'
        '<zeebe:subscription correlationKey="=case_id"/></bpmn:extensionElements></bpmn:message>'
        for name in _MESSAGES
    )
    xml = (
        f'<bpmn:definitions {_SPACES} id="d" targetNamespace="http://example.test">'
        f"{messages}{named}{content}</bpmn:definitions>"
    )
    return {process.id: process for process in parse_process(xml.encode(), file="drawing.bpmn")}


class FixedClocks:
    """Deadlines so many hours after what `deadline.from` names."""

    def due(
        self, properties: Mapping[str, str], variables: Mapping[str, Any], *, now: datetime
    ) -> datetime:
        """Return the due instant."""
        start = datetime.fromisoformat(variables[properties["deadline.from"]])
        return start + timedelta(hours=int(properties["deadline.amount"]))


class Run:
    """Drives one execution in a test, saved and restored before every act."""

    def __init__(
        self,
        drawing: Drawing | None = None,
        variables: Mapping[str, Any] | None = None,
        *,
        decisions: Mapping[str, Any] | None = None,
        limits: Limits = STANDARD,
        **called_drawings: Drawing,
    ) -> None:
        drawings = {"main": drawing, **called_drawings} if drawing else called_drawings
        self.program = Program.compile(processes(**drawings), decisions or {})
        self.limits = limits
        self.now = START
        self.events: list[Any] = []
        self.execution = Execution.start(
            self.program, "main", variables or {}, now=START, clocks=FixedClocks(), limits=limits
        )
        self._note()

    def complete(self, element_id: str, *, nth: int = 0, **answers: Any) -> None:
        """Complete the nth open user task with this element id."""
        self.reload()
        open_now = [task for task in self.execution.open_tasks() if task.element_id == element_id]
        self.execution.complete(open_now[nth].id, answers, now=self.now)
        self._note()

    def wait(self, **length: float) -> None:
        """Let time pass, then wake."""
        self.now += timedelta(**length)
        self.reload()
        self.execution.wake(now=self.now)
        self._note()

    def deliver(self, name: str, *, key: Any = "K1", **variables: Any) -> bool:
        """Hand over a message."""
        self.reload()
        taken = self.execution.deliver(name, key=key, variables=variables, now=self.now)
        self._note()
        return taken

    def reload(self) -> None:
        """Save and restore."""
        state = self.execution.dump()
        self.execution = Execution.restore(
            self.program, state, clocks=FixedClocks(), limits=self.limits
        )
        assert self.execution.dump() == state

    @property
    def open(self) -> list[str]:
        """Element ids of the open user tasks."""
        return [task.element_id for task in self.execution.open_tasks()]

    def happened(self, *kinds: type[Any]) -> list[tuple[str, str]]:
        """Return (kind, element id) of what has happened, in order."""
        return [
            (type(event).__name__, event.element_id)
            for event in self.events
            if not kinds or isinstance(event, kinds)
        ]

    def _note(self) -> None:
        self.events.extend(self.execution.take_events())


def names(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Return only the element ids of `Run.happened`."""
    return [element_id for _, element_id in pairs]
