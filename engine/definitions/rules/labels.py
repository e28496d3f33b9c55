"""Labels: what a reader is told beside each symbol."""

from collections.abc import Iterator

from engine.definitions.diagram import Diagram
from engine.definitions.model import Element, Flow
from engine.definitions.names import ACTIVITIES, EVENTS
from engine.definitions.problems import Finding
from engine.definitions.rules.flows import decides

MAX_LABEL = 200


def labels(diagram: Diagram) -> Iterator[Finding]:
    """Every step, event, gateway that decides and conditional flow has a label."""
    for process in diagram.processes:
        for element in process.elements.values():
            what = _what_it_says(element.kind, deciding=decides(process, element))
            if what and not element.name:
                message = f"The element has no label: write {what}."
                yield Finding(element=element.id, message=message)
        for flow in process.flows.values():
            source = process.elements.get(flow.source)
            if source and decides(process, source) and not flow.name:
                message = "The flow has no label: write the answer to the gateway's question."
                yield Finding(element=flow.id, message=message)


def label_length(diagram: Diagram) -> Iterator[Finding]:
    """A label has at most 200 letters: what is longer belongs into the documentation."""
    for process in diagram.processes:
        labelled: tuple[Element | Flow, ...] = (
            *process.elements.values(),
            *process.flows.values(),
        )
        for item in labelled:
            if len(item.name) > MAX_LABEL:
                message = f"The label has {len(item.name)} letters; at most {MAX_LABEL} are read."
                yield Finding(element=item.id, message=message)


def _what_it_says(kind: str, *, deciding: bool) -> str | None:
    if deciding:
        return "the question that is decided"
    if kind in EVENTS:
        return "what has happened"
    if kind in ACTIVITIES:
        return "a verb and a thing"
    return None
