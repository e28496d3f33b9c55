"""What an authority's files say, as values: processes, elements, forms, clauses, roles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.dmn import Model
from engine.identifiers import listed
from engine.working_days import OfficeCalendar

Severity = Literal["error", "warning"]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong with a file, in a sentence that its author understands."""

    file: str
    element: str | None
    severity: Severity
    rule: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Flow:
    """A sequence flow; `condition` is FEEL without the leading `=`."""

    id: str
    name: str
    source: str
    target: str
    condition: str | None = None


@dataclass(frozen=True, kw_only=True)
class IoMapping:
    """One `zeebe:input` or `zeebe:output`: a FEEL source and the variable it fills."""

    source: str
    target: str


@dataclass(frozen=True, kw_only=True)
class Loop:
    """`zeebe:loopCharacteristics` of a multi-instance activity."""

    sequential: bool
    input_collection: str
    input_element: str | None
    output_collection: str | None
    output_element: str | None
    completion_condition: str | None


@dataclass(frozen=True, kw_only=True)
class Element:
    """A flow node of a process definition, as drawn and as annotated."""

    id: str
    kind: str  # the BPMN tag: userTask, boundaryEvent, exclusiveGateway, …
    name: str
    line: int
    parent: str | None = None  # id of the sub-process around it
    lane: str | None = None  # the lane's name, which is the role's label
    role: str | None = None  # candidateGroups: a role id, or FEEL when it starts with "="
    form_id: str | None = None
    called_element: str | None = None
    decision_id: str | None = None
    result_variable: str | None = None
    script: str | None = None
    inputs: tuple[IoMapping, ...] = ()
    outputs: tuple[IoMapping, ...] = ()
    loop: Loop | None = None
    event: str | None = None  # timer, message, escalation, error, signal, terminate, or none
    event_reference: str | None = None  # the message's name, the escalation's or error's code
    timer: str | None = None  # the text of timeDate, timeDuration or timeCycle
    timer_kind: str | None = None
    correlation_key: str | None = None  # FEEL without "=": what a message must match
    propagates_all: tuple[bool, bool] = (True, True)  # call activity: variables into it, out of it
    attached_to: str | None = None
    interrupting: bool = True
    default_flow: str | None = None
    documentation: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)  # zeebe:property by name

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clause ids that the element cites, in the order written."""
        return listed(self.properties.get("source.clause"))

    @property
    def deadline_name(self) -> str | None:
        """The vocabulary's name of the deadline that this boundary event keeps, if it is one."""
        return self.properties.get("deadline.name")


@dataclass(frozen=True, kw_only=True)
class ProcessDefinition:
    """One diagram: its elements and flows by id, and the XML that the engine reads."""

    id: str
    name: str
    file: str
    source: bytes
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    lanes: tuple[str, ...] = ()

    def outgoing(self, element_id: str) -> Iterator[Flow]:
        """Flows that leave the element, in the order of the file."""
        return (flow for flow in self.flows.values() if flow.source == element_id)

    def incoming(self, element_id: str) -> Iterator[Flow]:
        """Flows that reach the element, in the order of the file."""
        return (flow for flow in self.flows.values() if flow.target == element_id)


@dataclass(frozen=True, kw_only=True)
class Option:
    """One of the values that a choice offers."""

    value: Any
    label: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """A component of a form-js form. Text and separators have no key and are only shown."""

    key: str | None
    type: str  # the form-js type: textfield, number, radio, checklist, datetime, group, text, …
    label: str = ""
    description: str = ""
    text: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    hide: str | None = None  # FEEL, without "=": the field is hidden, not submitted when true
    default: Any = None
    validation: Mapping[str, Any] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    subtype: str | None = None  # date, time or datetime
    fields: tuple["Field", ...] = ()  # of a group or a dynamiclist

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clause ids that the field cites."""
        return listed(self.properties.get("source.clause"))


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form-js form: what a user task asks."""

    id: str
    file: str
    fields: tuple[Field, ...]

    def walk(self) -> Iterator[Field]:
        """Every field, groups opened, in page order; a dynamiclist counts as one field."""
        stack = list(reversed(self.fields))
        while stack:
            item = stack.pop()
            yield item
            if item.type == "group":
                stack.extend(reversed(item.fields))


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One normative statement of a procedure."""

    id: str
    section: str
    flow: str
    kind: str
    strength: str
    deadline: str
    requirement: str
    guidance_reason: str
    national: bool = False  # from bpmn/shared: may be cited, counts in no authority's coverage


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A word of the vocabulary that something known or decided goes by."""

    id: str
    type: str  # datetime, enum, string, boolean, list
    values: tuple[str, ...] = ()
    default: Any = None


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The only words for facts, outcomes, deadlines, notifications, records and messages."""

    flows: tuple[str, ...]
    facts: Mapping[str, Fact]
    outcomes: Mapping[str, str]
    deadlines: tuple[str, ...]
    recipients: tuple[str, ...]
    kinds: tuple[str, ...]
    records: Mapping[str, str]
    messages: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, eq=False)
class AuthorityDefinition:
    """Everything that one authority's folders (and what it shares) define; immutable.

    Two definitions are the same when they are one object; `fingerprint` compares content.
    """

    id: str  # the folder's name
    name: str
    labels: Mapping[str, str]  # assessment, strategy_event, service, …
    document: Mapping[str, str]  # title and date of the procedure
    roles: Mapping[str, str]  # role id → label, in the order in which they first act
    assumptions: Mapping[str, str]  # key → sentence
    settings: Mapping[str, Any]  # the rest of authority.toml
    calendar: OfficeCalendar
    processes: Mapping[str, ProcessDefinition]
    decisions: Mapping[str, Model]  # by decision id: the DMN model that holds it
    forms: Mapping[str, Form]
    clauses: Mapping[str, Clause]
    vocabulary: Vocabulary
    sources: Mapping[str, bytes]  # path relative to the project → content, all that was read
    fingerprint: str  # of `sources`: names this version
