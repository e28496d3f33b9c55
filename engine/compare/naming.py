"""How elements are named in sentences, and which of them tell something by being there."""

from engine.compare.difference import spoken
from engine.compare.wording import length, moment
from engine.definitions import AuthorityDefinition
from engine.definitions.model import Element, ProcessDefinition

KINDS = {
    "userTask": "user task",
    "sendTask": "notification",
    "receiveTask": "wait",
    "businessRuleTask": "decision",
    "scriptTask": "computation",
    "callActivity": "called diagram",
    "subProcess": "sub-process",
    "startEvent": "start",
    "endEvent": "end",
    "boundaryEvent": "boundary event",
    "intermediateThrowEvent": "event",
    "intermediateCatchEvent": "awaited event",
    "exclusiveGateway": "question",
    "inclusiveGateway": "question with several answers",
    "parallelGateway": "parallel split or join",
    "eventBasedGateway": "wait for the first of several",
}
_PLAIN = ("startEvent", "endEvent", "intermediateThrowEvent")


def name_of(element: Element) -> str:
    """The element's name in quotation marks."""
    return f"“{element.name or spoken(element.id)}”"


def is_telling(element: Element) -> bool:
    """Whether an element is worth an entry by itself; plain events and gateways only connect."""
    if element.kind.endswith("Gateway"):
        return False
    if element.kind not in _PLAIN:
        return True
    says = element.properties.get("outcome") or element.properties.get("record")
    return bool(element.event or says)


def role_label(definition: AuthorityDefinition, role: str | None) -> str | None:
    """The role's label; FEEL, and what is no role of the authority, as it is written."""
    return definition.roles.get(role, role) if role else None


def deadline_text(element: Element) -> str:
    """A deadline's length, unit and start."""
    return f"{length_text(element)} from {moment(element.properties.get('deadline.from', ''))}"


def length_text(element: Element) -> str:
    """How long a deadline is."""
    given = element.properties
    return length(given.get("deadline.amount", ""), given.get("deadline.unit", ""))


def described(definition: AuthorityDefinition, element: Element) -> str:
    """What the element is, in a few words."""
    if element.deadline_name:
        return f"deadline “{spoken(element.deadline_name)}”, {deadline_text(element)}"
    text = f"{KINDS.get(element.kind, element.kind)} {name_of(element)}"
    role = role_label(definition, element.role)
    told = element.properties.get("notify.recipient")
    more = [f"by {role}" if role else "", f"to {spoken(told).lower()}" if told else ""]
    return ", ".join(filter(None, (text, *more)))


def place_of(process: ProcessDefinition, key: str) -> str:
    """Where an element stands, by what leads to it and what follows."""
    before = [name_of(process.elements[flow.source]) for flow in process.incoming(key)]
    after = [name_of(process.elements[flow.target]) for flow in process.outgoing(key)]
    return f"after {', '.join(before) or 'nothing'} and before {', '.join(after) or 'nothing'}"
