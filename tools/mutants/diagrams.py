"""Changes diagrams: conditions, flows, tasks, recipients, lanes and deadlines."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from lxml import etree

from engine.definitions.model import AuthorityDefinition
from tools.mutants.mutant import Kind, Mutant, children, source_of, tree_of
from tools.mutants.removal import flows_of, remove_task, swap_targets, with_id

Change = Callable[[etree._Element], None]  # made in the outermost element of a fresh reading
UNITS: Final = ("hours", "working-days", "end-of-working-day")
STARTS: Final = ("received_at", "first_contact_at")
_TASKS: Final = ("userTask", "sendTask", "businessRuleTask", "scriptTask", "receiveTask")


def diagram_mutants(path: str, source: bytes, definition: AuthorityDefinition) -> Iterator[Mutant]:
    """Every mutant of a diagram, kind by kind."""
    root = tree_of(source)
    for element, kind, sentence, change in _changes(root, definition):
        fresh = tree_of(source)
        change(fresh)
        yield Mutant(
            path=path, element=element, kind=kind, change=sentence, source=source_of(fresh)
        )


def _changes(
    root: etree._Element, definition: AuthorityDefinition
) -> Iterator[tuple[str, Kind, str, Change]]:
    yield from _conditions(root)
    yield from _swapped_flows(root)
    yield from _removed_tasks(root)
    yield from _properties(root, definition.vocabulary.recipients)
    yield from _lanes(root, definition.roles)


def _conditions(root: etree._Element) -> Iterator[tuple[str, Kind, str, Change]]:
    for condition in root.iter("{*}conditionExpression"):
        flow = condition.getparent()
        if flow is None:
            continue
        text = (condition.text or "").strip().removeprefix("=").strip()
        element = str(flow.get("id"))

        def negate(fresh: etree._Element, element: str = element, text: str = text) -> None:
            for node in children(with_id(fresh, element), "conditionExpression"):
                node.text = f"=not({text})"

        yield element, "condition", f"{text} becomes not({text})", negate


def _swapped_flows(root: etree._Element) -> Iterator[tuple[str, Kind, str, Change]]:
    for gateway in root.iter("{*}exclusiveGateway", "{*}inclusiveGateway", "{*}eventBasedGateway"):
        outgoing = flows_of(root, "sourceRef", str(gateway.get("id")))
        for one, other in pairwise(outgoing):
            if one.get("targetRef") != other.get("targetRef"):
                pair = str(one.get("id")), str(other.get("id"))

                def swap(fresh: etree._Element, pair: tuple[str, str] = pair) -> None:
                    swap_targets(fresh, *(with_id(fresh, name) for name in pair))

                sentence = f"{pair[0]} and {pair[1]} exchange their targets"
                yield str(gateway.get("id")), "flows swapped", sentence, swap


def _removed_tasks(root: etree._Element) -> Iterator[tuple[str, Kind, str, Change]]:
    for task in root.iter(*(f"{{*}}{name}" for name in _TASKS)):
        element = str(task.get("id"))
        if len(flows_of(root, "sourceRef", element)) == 1:

            def remove(fresh: etree._Element, element: str = element) -> None:
                remove_task(fresh, with_id(fresh, element))

            yield element, "task removed", "the task is not there", remove


def _properties(
    root: etree._Element, recipients: Sequence[str]
) -> Iterator[tuple[str, Kind, str, Change]]:
    for entry in root.iter("{*}property"):
        name, value = str(entry.get("name")), str(entry.get("value"))
        owner = _owner(entry)
        for kind, other in _other_values(name, value, recipients):

            def write(
                fresh: etree._Element, owner: str = owner, name: str = name, other: str = other
            ) -> None:
                for node in with_id(fresh, owner).iter("{*}property"):
                    if node.get("name") == name and _owner(node) == owner:
                        node.set("value", other)

            yield owner, kind, f"{value} becomes {other}", write


def _other_values(name: str, value: str, recipients: Sequence[str]) -> Iterator[tuple[Kind, str]]:
    if name == "notify.recipient":
        yield "recipient", _after(value, recipients)
    elif name == "deadline.amount" and value.isdigit():
        yield "deadline amount", str(int(value) + 1)
    elif name == "deadline.unit":
        yield "deadline unit", _after(value, UNITS)
    elif name == "deadline.from":
        yield "deadline start", _after(value, STARTS)


def _lanes(
    root: etree._Element, roles: Mapping[str, str]
) -> Iterator[tuple[str, Kind, str, Change]]:
    """User tasks put into another lane of the diagram, and given to that lane's role."""
    drawn = {str(lane.get("name")): str(lane.get("id")) for lane in root.iter("{*}lane")}
    here = [role for role, label in roles.items() if label in drawn]
    for task in root.iter("{*}userTask"):
        for assignment in task.iter("{*}assignmentDefinition"):
            role = str(assignment.get("candidateGroups"))
            if role not in here or len(here) == 1:
                continue
            element, other = str(task.get("id")), _after(role, here)
            lane = drawn[roles[other]]

            def move(
                fresh: etree._Element,
                element: str = element,
                other: str = other,
                lane: str = lane,
            ) -> None:
                for node in with_id(fresh, element).iter("{*}assignmentDefinition"):
                    node.set("candidateGroups", other)
                for reference in list(fresh.iter("{*}flowNodeRef")):
                    if reference.text == element:
                        with_id(fresh, lane).append(reference)

            yield element, "lane", f"{role} becomes {other}", move


def _after(value: str, words: Sequence[str]) -> str:
    """The word after this one; the first after the last, and after one that is not among them."""
    return words[(words.index(value) + 1) % len(words)] if value in words else words[0]


def _owner(entry: etree._Element) -> str:
    """The id of the element that a property belongs to."""
    node: etree._Element | None = entry
    while node is not None and not node.get("id"):
        node = node.getparent()
    return "" if node is None else str(node.get("id"))
