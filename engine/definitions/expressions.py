"""Where FEEL stands in a process, and which names it uses."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.definitions.model import Element, ProcessDefinition


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One FEEL expression of a process: whose it is, what it is for, and its text."""

    element: str
    purpose: str  # as in "The condition …"
    text: str


def slots(process: ProcessDefinition) -> Iterator[Slot]:
    """Every FEEL expression of the process, elements first, then flows."""
    for element in process.elements.values():
        for purpose, text in _of_element(element):
            if text is not None:
                yield Slot(element=element.id, purpose=purpose, text=text)
    for flow in process.flows.values():
        if flow.condition is not None:
            yield Slot(element=flow.id, purpose="condition", text=flow.condition)


def _of_element(element: Element) -> Iterator[tuple[str, str | None]]:
    yield "script", element.script
    yield "correlation key", element.correlation_key
    yield "timer", _marked(element.timer)
    yield "role", _marked(element.role)
    for name in ("outcome", "record", "task.about"):
        yield name, _marked(element.properties.get(name))
    for mapping in element.inputs:
        yield f"input {mapping.target!r}", mapping.source
    for mapping in element.outputs:
        yield f"output {mapping.target!r}", mapping.source
    loop = element.loop
    if loop:
        yield "input collection", loop.input_collection or None
        yield "output element", loop.output_element
        yield "completion condition", loop.completion_condition


def _marked(text: str | None) -> str | None:
    """FEEL in a slot that holds plain text unless it starts with `=`."""
    return text[1:].strip() if text and text.startswith("=") else None
