"""A process definition as a list in words: the text that stands beside every drawn diagram."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.compare.limits import limit_of
from engine.definitions import met_through, spot_of
from engine.definitions.model import AuthorityDefinition, Element, Flow, ProcessDefinition

KINDS: Mapping[str, str] = {
    "userTask": "task",
    "manualTask": "task",
    "task": "task",
    "sendTask": "notification",
    "receiveTask": "waits for a message",
    "businessRuleTask": "decision table",
    "scriptTask": "calculation",
    "callActivity": "part with its own diagram",
    "subProcess": "part",
    "exclusiveGateway": "question: one path",
    "inclusiveGateway": "question: one or more paths",
    "parallelGateway": "all paths",
    "startEvent": "start",
    "endEvent": "end",
    "boundaryEvent": "interrupts or adds",
    "intermediateThrowEvent": "event",
    "intermediateCatchEvent": "waits for an event",
}
THROUGH: Mapping[str, str] = {
    "field": "Its questions rest on",
    "help": "Its guidance rests on",
    "row": "The rows of its table rest on",
}
STATES: Mapping[str, tuple[str, str]] = {
    "done": ("Done", "govuk-tag--green"),
    "current": ("Now", "govuk-tag--yellow"),
    "overdue": ("Overdue", "govuk-tag--red"),
    "left_two_hours": ("Up to 2 hours left", "govuk-tag--orange"),
    "left_day": ("Up to 24 hours left", "govuk-tag--yellow"),
    "left_three_days": ("Up to 3 days left", "govuk-tag--blue"),
    "left_later": ("More than 3 days left", "govuk-tag--grey"),
}


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A way on from a step, and the words for when it is taken."""

    words: str
    target: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One element of a diagram, with where it leads and, in a case, where it stands."""

    id: str
    name: str
    kind: str
    role: str | None
    clauses: tuple[str, ...]
    notes: tuple[str, ...]
    next: tuple[Branch, ...]
    through: tuple[tuple[str, tuple[str, ...]], ...]  # in words, and the clauses cited there
    state: str = ""
    state_tag: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """The clauses that the name itself says."""
        return tuple(clause for clause in self.clauses if clause in self.name)

    @property
    def unnamed(self) -> tuple[str, ...]:
        """The clauses to be said beside the name."""
        return tuple(clause for clause in self.clauses if clause not in self.name)


def steps(
    definition: AuthorityDefinition, process_id: str, states: Mapping[str, str]
) -> tuple[Step, ...]:
    """The elements of a diagram in the order of its paths; unnamed joins are left out."""
    process = definition.processes[process_id]
    shown = [process.elements[id_] for id_ in _in_order(process) if not _is_join(process, id_)]
    return tuple(_step(definition, process, element, states) for element in shown)


def _step(
    definition: AuthorityDefinition,
    process: ProcessDefinition,
    element: Element,
    states: Mapping[str, str],
) -> Step:
    state, tag = STATES.get(states.get(element.id, ""), ("", ""))
    return Step(
        id=element.id,
        name=_name(element),
        kind=_kind(element),
        role=_role(definition, element),
        clauses=element.clauses,
        notes=tuple(_notes(definition, process, element)),
        next=tuple(_branches(process, element)),
        through=tuple(_through(definition, process, element)),
        state=state,
        state_tag=tag,
    )


def _name(element: Element) -> str:
    return element.name or element.id.replace("_", " ").capitalize()


def _kind(element: Element) -> str:
    if element.deadline_name:
        return "limit"
    return KINDS.get(element.kind, element.kind)


def _role(definition: AuthorityDefinition, element: Element) -> str | None:
    if element.kind != "userTask":
        return None
    return definition.roles.get(element.role or "", element.lane or "whoever is responsible")


def _notes(
    definition: AuthorityDefinition, process: ProcessDefinition, element: Element
) -> Iterator[str]:
    yield from _surroundings(process, element)
    properties = element.properties
    if element.deadline_name:
        yield _limit(definition, properties)
    if "notify.recipient" in properties:
        recipient, kind = properties["notify.recipient"], properties.get("notify.kind", "")
        yield f"Tells: {_readable(recipient)} ({_readable(kind)})."
    for word in ("outcome", "record"):
        if word in properties:
            yield f"{word.capitalize()}: {_said(properties[word])}."
    if assumption := properties.get("source.assumption"):
        yield f"Assumption {assumption}: {definition.assumptions.get(assumption, '')}".rstrip(": ")


def _through(
    definition: AuthorityDefinition, process: ProcessDefinition, element: Element
) -> Iterator[tuple[str, tuple[str, ...]]]:
    found = met_through(definition).get(spot_of(process.id, element), {})
    for kind, clauses in found.items():
        yield THROUGH[kind], clauses


def _said(words: str) -> str:
    """Words of the vocabulary; or where they come from, when an expression gives them."""
    readable = _readable(words)
    return f"as answered under “{readable}”" if words.startswith("=") else readable


def _readable(words: str) -> str:
    """A name or an expression of one as a reader writes it."""
    return words.lstrip("=").replace("_", " ")


def _surroundings(process: ProcessDefinition, element: Element) -> Iterator[str]:
    if element.parent:
        yield f"Inside “{_name(process.elements[element.parent])}”."
    if element.attached_to:
        yield f"Belongs to “{_name(process.elements[element.attached_to])}”."
    if element.loop:
        yield f"Once for each entry of {element.loop.input_collection.lstrip('=')}."


def _limit(definition: AuthorityDefinition, properties: Mapping[str, str]) -> str:
    limit = limit_of(properties, definition.calendar)
    return f"Limit: {limit.words()}." if limit else "Limit: computed by the procedure."


def _branches(process: ProcessDefinition, element: Element) -> Iterator[Branch]:
    for flow in process.outgoing(element.id):
        target = _beyond_joins(process, flow.target)
        yield Branch(words=_when(element, flow), target=target.id, name=_name(target))


def _when(element: Element, flow: Flow) -> str:
    if flow.name:
        return f"{flow.name[:1].upper()}{flow.name[1:]}:"
    if flow.id == element.default_flow:
        return "Otherwise:"
    return f"If {flow.condition}:" if flow.condition else "Then:"


def _is_join(process: ProcessDefinition, element_id: str) -> bool:
    """An unnamed gateway with one way on says nothing to a reader, unless it cites a clause."""
    element = process.elements[element_id]
    is_silent = element.kind.endswith("Gateway") and not element.name and not element.clauses
    return is_silent and len(list(process.outgoing(element_id))) == 1


def _beyond_joins(process: ProcessDefinition, element_id: str) -> Element:
    seen: set[str] = set()
    while _is_join(process, element_id) and element_id not in seen:
        seen.add(element_id)
        element_id = next(process.outgoing(element_id)).target
    return process.elements[element_id]


def _in_order(process: ProcessDefinition) -> list[str]:
    """Elements so that each stands after what leads to it, loops aside; first paths first."""
    followers = _followers(process)
    led_to = {target for targets in followers.values() for target in targets}
    starts = [id_ for id_ in process.elements if id_ not in led_to] or list(process.elements)[:1]
    seen: set[str] = set()
    reached = _depth_first(starts, followers, seen)
    return reached + _depth_first(list(process.elements), followers, seen)


def _depth_first(
    starts: list[str], followers: Mapping[str, list[str]], seen: set[str]
) -> list[str]:
    """What is reached, last finished first; without recursion, for a diagram may be long."""
    finished: list[str] = []
    for start in reversed([start for start in starts if start not in seen]):
        if start not in seen:
            seen.add(start)
            _visit(start, followers, seen, finished)
    return finished[::-1]


def _visit(
    start: str, followers: Mapping[str, list[str]], seen: set[str], finished: list[str]
) -> None:
    """An element is finished after all that follow it."""
    stack = [(start, iter(reversed(followers[start])))]
    while stack:
        element_id, rest = stack[-1]
        follower = next((id_ for id_ in rest if id_ not in seen), None)
        if follower is None:
            stack.pop()
            finished.append(element_id)
        else:
            seen.add(follower)
            stack.append((follower, iter(reversed(followers[follower]))))


def _followers(process: ProcessDefinition) -> dict[str, list[str]]:
    """What a reader expects after each element: a part's contents, its limits, then its ways on."""
    found: dict[str, list[str]] = {id_: [] for id_ in process.elements}
    for element in process.elements.values():
        if element.parent and not list(process.incoming(element.id)) and not element.attached_to:
            found[element.parent].append(element.id)
    for element in process.elements.values():
        if element.attached_to:
            found[element.attached_to].append(element.id)
    for id_ in process.elements:
        found[id_].extend(flow.target for flow in process.outgoing(id_))
    for element in process.elements.values():
        if element.parent and not list(process.outgoing(element.id)):
            found[element.id].extend(flow.target for flow in process.outgoing(element.parent))
    return found
