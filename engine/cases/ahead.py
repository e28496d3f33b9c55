"""What follows a user task in its diagram, in the words of the diagram."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.definitions.model import AuthorityDefinition, ProcessDefinition

MOST = 6
_PASSED = frozenset(
    {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "businessRuleTask", "scriptTask"}
)


@dataclass(frozen=True, kw_only=True)
class Following:
    """Something that may come next; `if_` is what the flow that leads there is called."""

    if_: str
    name: str


def following(
    definition: AuthorityDefinition, process_id: str, element_id: str
) -> tuple[Following, ...]:
    """Give what may come next after an element, gateways and tables passed over."""
    process = definition.processes[process_id]
    found = list(dict.fromkeys(_after(process, element_id, "", frozenset())))
    return tuple(found[:MOST])


def _after(
    process: ProcessDefinition, element_id: str, so_far: str, seen: frozenset[str]
) -> Iterator[Following]:
    for flow in process.outgoing(element_id):
        target = process.elements[flow.target]
        label = ", ".join(filter(None, (so_far, flow.name)))
        if target.id in seen:
            continue
        if target.kind in _PASSED:
            yield from _after(process, target.id, label, seen | {target.id})
        elif target.name:
            yield Following(if_=label, name=target.name)
