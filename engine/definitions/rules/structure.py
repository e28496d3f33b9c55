"""The file as a whole: ids, references, size, and what the modeller needs to open it."""

import re
from collections.abc import Iterator
from itertools import chain

from engine.definitions.diagram import Diagram, Node, is_bpmn, local, owner, text
from engine.definitions.model import Flow
from engine.definitions.names import BPMN, BPMNDI, FLOW_NODES, MODELER, SUB_PROCESSES, bpmn
from engine.definitions.problems import Finding

MAX_NODES = 250
MAX_FLOWS = 1_000
MAX_PROCESSES = 20
MAX_NESTING = 10
MAX_ID = 128
PLATFORM = ("Camunda Cloud", "8.8.0")

_NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_WORDS = re.compile(r"[a-z][a-z0-9_]*")
_REFERENCES = ("sourceRef", "targetRef", "default", "attachedToRef", "processRef", "messageRef",
               "escalationRef", "categoryValueRef")  # fmt: skip
_NAMED_IDS = FLOW_NODES | {"process", "sequenceFlow"}


def process_present(diagram: Diagram) -> Iterator[Finding]:
    """A diagram holds a process with a start event; pictures of other kinds are not run."""
    if not diagram.processes:
        yield Finding(element=None, message="The file holds no process: draw one, or delete it.")
    for process in diagram.processes:
        starts = [
            element
            for element in process.elements.values()
            if element.kind == "startEvent" and element.parent is None
        ]
        if len(starts) != 1:
            count = "no start event" if not starts else f"{len(starts)} start events"
            message = f"The process has {count}; draw exactly one."
            yield Finding(element=process.id or None, message=message)


def size_limits(diagram: Diagram) -> Iterator[Finding]:
    """A process has at most 250 elements and 1,000 flows, sub-processes at most 10 deep."""
    for process in diagram.processes:
        if len(process.elements) > MAX_NODES:
            message = (
                f"The process has {len(process.elements)} elements, more than {MAX_NODES}."
                " Move parts of it into processes of their own and draw call activities."
            )
            yield Finding(element=process.id or None, message=message)
        if len(process.flows) > MAX_FLOWS:
            message = f"The process has more than {MAX_FLOWS} flows. Draw call activities."
            yield Finding(element=process.id or None, message=message)
    for node in diagram.root.iter(*(bpmn(tag) for tag in SUB_PROCESSES)):
        depth = sum(1 for around in node.iterancestors() if local(around) in SUB_PROCESSES) + 1
        if depth == MAX_NESTING + 1:
            message = (
                f"Sub-processes are nested more than {MAX_NESTING} deep. Draw call activities."
            )
            yield Finding(element=owner(node), message=message)


def few_processes(diagram: Diagram) -> Iterator[Finding]:
    """A file has at most 20 processes."""
    if len(diagram.processes) > MAX_PROCESSES:
        message = f"The file has more than {MAX_PROCESSES} processes. Make several files of it."
        yield Finding(element=None, message=message)


def unique_ids(diagram: Diagram) -> Iterator[Finding]:
    """Every element has an id of its own: letters, digits, `_`, `-`, `.`, at most 128 of them."""
    seen: set[str] = set()
    for node in diagram.root.iter(f"{{{BPMN}}}*", f"{{{BPMNDI}}}*"):
        identifier = node.get("id")
        if identifier is None:
            if local(node) in _NAMED_IDS and is_bpmn(node, *_NAMED_IDS):
                yield Finding(element=owner(node), message=f"A <{local(node)}> has no id.")
            continue
        shown = identifier[:60]
        if not _NCNAME.fullmatch(identifier) or len(identifier) > MAX_ID:
            message = f"The id {shown!r} is not a word of at most {MAX_ID} letters, digits and _."
            yield Finding(element=shown, message=message)
        if identifier in seen:
            yield Finding(element=shown, message=f"The id {shown!r} is given twice. Rename one.")
        seen.add(identifier)


def word_ids(diagram: Diagram) -> Iterator[Finding]:
    """Ids of processes, elements and gateways are words in snake_case, as the trace shows them."""
    for process in diagram.processes:
        for identifier in (process.id, *process.elements):
            if not _WORDS.fullmatch(identifier):
                message = f"The id {identifier[:60]!r} is no word: say in snake_case what it is."
                yield Finding(element=identifier, message=message)


def references(diagram: Diagram) -> Iterator[Finding]:
    """What an element refers to exists in the same file, a flow's ends in the same process."""
    ids = {str(node.get("id")): node for node in diagram.nodes() if node.get("id")}
    for node in diagram.root.iter(f"{{{BPMN}}}*"):
        for name in _REFERENCES:
            target = node.get(name)
            if target is not None and target not in ids:
                message = f"{name} names {target[:60]!r}, which is not in the file."
                yield Finding(element=owner(node), message=message)
    for node in diagram.root.iter(bpmn("flowNodeRef")):
        if text(node) not in ids:
            message = f"The lane names {text(node)[:60]!r}, which is not in the file."
            yield Finding(element=owner(node), message=message)
    yield from chain.from_iterable(_flow_ends(node, ids) for node in _flows(diagram))
    yield from _attachments(diagram, ids)


def platform(diagram: Diagram) -> Iterator[Finding]:
    """The file is stamped for Camunda 8.8.0 and its process executable, so modellers open it so."""
    stamp = tuple(
        diagram.root.get(f"{{{MODELER}}}{name}")
        for name in ("executionPlatform", "executionPlatformVersion")
    )
    if stamp != PLATFORM:
        message = (
            f'The file is not stamped modeler:executionPlatform="{PLATFORM[0]}",'
            f' modeler:executionPlatformVersion="{PLATFORM[1]}".'
        )
        yield Finding(element=None, message=message)
    for node in diagram.root.iterchildren(bpmn("process")):
        if node.get("isExecutable") != "true":
            message = 'The process is not executable: set isExecutable="true".'
            yield Finding(element=owner(node), message=message)


def one_process(diagram: Diagram) -> Iterator[Finding]:
    """One file holds one process; what it calls stands in a file of its own."""
    for process in diagram.processes[1:]:
        message = "A second process is in the file. Move it into a file named after its id."
        yield Finding(element=process.id or None, message=message)


def _flows(diagram: Diagram) -> Iterator[Node]:
    return diagram.root.iter(bpmn("sequenceFlow"))


def _flow_ends(flow: Node, ids: dict[str, Node]) -> Iterator[Finding]:
    parent = flow.getparent()
    for name in ("sourceRef", "targetRef"):
        identifier = flow.get(name)
        if identifier is None:
            yield Finding(element=owner(flow), message=f"The flow has no {name}.")
            continue
        end = ids.get(identifier)
        if end is None:
            continue
        if local(end) not in FLOW_NODES or end.getparent() is not parent:
            message = (
                f"The flow's {name} {identifier[:60]!r} is no element of the same (sub-)process:"
                " flows do not cross a border."
            )
            yield Finding(element=owner(flow), message=message)


def _attachments(diagram: Diagram, ids: dict[str, Node]) -> Iterator[Finding]:
    for node in diagram.root.iter(bpmn("boundaryEvent")):
        host = ids.get(node.get("attachedToRef", ""))
        if host is None or host.getparent() is not node.getparent():
            message = "The boundary event is attached to nothing: attach it to the step it watches."
            yield Finding(element=owner(node), message=message)
    for node in diagram.root.iter(*(bpmn(tag) for tag in FLOW_NODES)):
        default = ids.get(node.get("default", ""))
        if default is not None and default.get("sourceRef") != node.get("id"):
            message = "The default flow does not leave this element."
            yield Finding(element=owner(node), message=message)


def flow_lists(diagram: Diagram) -> Iterator[Finding]:
    """An element lists the flows that reach and leave it, as modellers write and linters read."""
    for node in diagram.root.iter(*(bpmn(tag) for tag in FLOW_NODES)):
        for process in diagram.processes:
            element = process.elements.get(node.get("id", ""))
            if element is None:
                continue
            yield from _unlisted(node, "incoming", process.incoming(element.id))
            yield from _unlisted(node, "outgoing", process.outgoing(element.id))


def _unlisted(node: Node, tag: str, flows: Iterator[Flow]) -> Iterator[Finding]:
    listed = {text(child) for child in node.iterchildren(bpmn(tag))}
    drawn = {flow.id for flow in flows}
    for identifier in sorted(drawn - listed):
        message = f"<{tag}> does not list the flow {identifier!r}. Save the file in the modeller."
        yield Finding(element=owner(node), message=message)
    for identifier in sorted(listed - drawn):
        message = f"<{tag}> lists {identifier[:60]!r}, which is no such flow. Delete it."
        yield Finding(element=owner(node), message=message)
