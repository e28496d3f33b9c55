"""Unites the diagrams of one flow: every element and every flow once, with who has it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.compare.difference import feel, spoken
from engine.compare.elements import facets
from engine.compare.match import matched, renamed
from engine.compare.naming import KINDS, deadline_text, role_label
from engine.definitions import AuthorityDefinition
from engine.definitions.model import Element, Flow, ProcessDefinition

# what each says in its own words, or by ids of its own
_OWN = ("clauses", "assumption", "guidance", "deadline_clauses", "form", "decision", "attached_to")


@dataclass(frozen=True, kw_only=True)
class Had:
    """An element as one definition has it."""

    element: str  # its own id there
    name: str
    role: str | None  # label
    clauses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Node:
    """An element of the union, and how each definition that has it says it."""

    id: str
    kind: str  # in words
    name: str
    by: Mapping[str, Had]
    unlike: tuple[str, ...]  # the properties in which those that have it differ


@dataclass(frozen=True, kw_only=True)
class Edge:
    """A way from an element to the next, who has it, and under which conditions."""

    source: str
    target: str
    by: Mapping[str, str]  # key → condition, or nothing
    is_limit: bool = False  # leads to a limit that is attached, and is no flow


@dataclass(frozen=True, kw_only=True)
class Merged:
    """The union of the diagrams of one id; `without` have no such diagram."""

    process: str
    keys: tuple[str, ...]
    without: tuple[str, ...]
    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]

    def followers(self, node: str) -> Iterator[Edge]:
        """The ways on from an element."""
        return (edge for edge in self.edges if edge.source == node)


def merge(definitions: Mapping[str, AuthorityDefinition], process: str) -> Merged:
    """The diagrams of that id in one; elements that belong together are one element."""
    having = {key: d.processes[process] for key, d in definitions.items() if process in d.processes}
    own, ids = _under_one_id(having)
    nodes: dict[str, dict[str, Element]] = {}
    for key, diagram in own.items():
        for element in diagram.elements.values():
            if not _is_join(diagram, element.id):
                nodes.setdefault(element.id, {})[key] = element
    return Merged(
        process=process,
        keys=tuple(having),
        without=tuple(key for key in definitions if key not in having),
        nodes={node: _node(definitions, node, found, ids) for node, found in nodes.items()},
        edges=tuple(_edges(own)),
    )


Ids = Mapping[str, Mapping[str, str]]  # key → id in the union → id there


def _under_one_id(
    having: Mapping[str, ProcessDefinition],
) -> tuple[dict[str, ProcessDefinition], Ids]:
    """The diagrams with elements that belong together under one id."""
    union: ProcessDefinition | None = None
    found: dict[str, ProcessDefinition] = {}
    ids: dict[str, dict[str, str]] = {}
    for key, diagram in having.items():
        others = matched(union, diagram) if union else {}
        found[key] = renamed(diagram, others)
        ids[key] = {here: there for there, here in others.items()}
        union = found[key] if union is None else _union(union, found[key])
    return found, ids


def _union(a: ProcessDefinition, b: ProcessDefinition) -> ProcessDefinition:
    flows = {f"{flow.source} {flow.target}": flow for d in (a, b) for flow in d.flows.values()}
    return replace(a, elements={**b.elements, **a.elements}, flows=flows)


def _node(
    definitions: Mapping[str, AuthorityDefinition],
    node: str,
    found: Mapping[str, Element],
    ids: Ids,
) -> Node:
    first = next(iter(found.values()))
    return Node(
        id=node,
        kind="limit" if first.deadline_name else KINDS.get(first.kind, first.kind),
        name=_name(first),
        by={
            key: Had(
                element=ids[key].get(node, node),
                name=_name(element),
                role=role_label(definitions[key], element.role),
                clauses=element.clauses,
            )
            for key, element in found.items()
        },
        unlike=tuple(_unlike(definitions, found)),
    )


def _unlike(
    definitions: Mapping[str, AuthorityDefinition], found: Mapping[str, Element]
) -> Iterator[str]:
    """The properties in which an element is not the same everywhere."""
    said = [facets(definitions[key], element) for key, element in found.items()]
    kinds = dict.fromkeys(kind for each in said for kind in each)
    for kind in kinds:
        if kind not in _OWN and any(each.get(kind) != said[0].get(kind) for each in said):
            yield kind


def _name(element: Element) -> str:
    if element.deadline_name:
        return f"{spoken(element.deadline_name)}: {deadline_text(element).partition(' from')[0]}"
    return element.name or spoken(element.id)


def _edges(own: Mapping[str, ProcessDefinition]) -> Iterator[Edge]:
    found: dict[tuple[str, str, bool], dict[str, str]] = {}
    for key, diagram in own.items():
        for source, target, condition, is_limit in _ways(diagram):
            found.setdefault((source, target, is_limit), {}).setdefault(key, condition)
    for (source, target, is_limit), by in found.items():
        yield Edge(source=source, target=target, by=by, is_limit=is_limit)


def _ways(diagram: ProcessDefinition) -> Iterator[tuple[str, str, str, bool]]:
    """Flows past joins, limits on what they are attached to, and the way into a sub-process."""
    for flow in diagram.flows.values():
        if not _is_join(diagram, flow.source):
            yield flow.source, _beyond(diagram, flow.target), _condition(diagram, flow), False
    entered = {flow.target for flow in diagram.flows.values()}
    for element in diagram.elements.values():
        if element.attached_to:
            yield element.attached_to, element.id, "", True
        elif element.parent and element.id not in entered:
            yield element.parent, element.id, "", False


def _condition(diagram: ProcessDefinition, flow: Flow) -> str:
    if flow.name:
        return flow.name
    if diagram.elements[flow.source].default_flow == flow.id:
        return "otherwise"
    return feel(flow.condition) or ""


def _is_join(diagram: ProcessDefinition, element: str) -> bool:
    """An unnamed gateway with one way on says nothing to a reader."""
    found = diagram.elements[element]
    is_silent = found.kind.endswith("Gateway") and not found.name and not found.clauses
    return is_silent and len(list(diagram.outgoing(element))) == 1


def _beyond(diagram: ProcessDefinition, element: str) -> str:
    seen: set[str] = set()
    while _is_join(diagram, element) and element not in seen:
        seen.add(element)
        element = next(diagram.outgoing(element)).target
    return element


def in_order(merged: Merged) -> Sequence[Node]:
    """The elements so that each stands after what leads to it, loops aside."""
    return [merged.nodes[node] for layer in layers(merged) for node in layer]


def layers(merged: Merged) -> list[list[str]]:
    """The elements in layers: each lies one below the lowest that leads to it, loops aside."""
    ahead = _without_loops(merged)
    depth = dict.fromkeys(merged.nodes, 0)
    for node in _sorted(merged, ahead):
        for target in ahead[node]:
            depth[target] = max(depth[target], depth[node] + 1)
    found: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node, at in depth.items():
        found[at].append(node)
    return found


Ways = Mapping[str, Sequence[str]]  # what follows each element


def _without_loops(merged: Merged) -> dict[str, list[str]]:
    """What follows each element, without the ways that lead back.

    First go those that lead back in the diagram of everybody who has them; what then still runs
    in circles comes of steps that two take in another order.
    """
    own = {key: _ahead(_after(merged, key)) for key in merged.keys}
    after: dict[str, list[str]] = {node: [] for node in merged.nodes}
    for edge in merged.edges:
        if any(edge.target in own[key].get(edge.source, ()) for key in edge.by):
            after[edge.source].append(edge.target)
    return _ahead(after)


def _after(merged: Merged, key: str) -> Ways:
    """What follows each element in the diagram of one."""
    found: dict[str, list[str]] = {n: [] for n, node in merged.nodes.items() if key in node.by}
    for edge in merged.edges:
        if key in edge.by:
            found[edge.source].append(edge.target)
    return found


def _ahead(after: Ways) -> dict[str, list[str]]:
    """The ways without those that lead back to an element that leads there."""
    entered = {target for targets in after.values() for target in targets}
    roots = [node for node in after if node not in entered]
    is_open: dict[str, bool] = {}  # while what follows it is visited
    ahead: dict[str, list[str]] = {node: [] for node in after}
    for root in (*roots, *after):
        if root not in is_open:
            _visit(root, after, is_open, ahead)
    return ahead


def _visit(root: str, after: Ways, is_open: dict[str, bool], ahead: dict[str, list[str]]) -> None:
    stack = [(root, iter(after[root]))]
    is_open[root] = True
    while stack:
        node, rest = stack[-1]
        following = next(rest, None)
        if following is None:
            is_open[node] = False
            stack.pop()
        elif not is_open.get(following, False):
            ahead[node].append(following)
            if following not in is_open:
                is_open[following] = True
                stack.append((following, iter(after[following])))


def _sorted(merged: Merged, ahead: Mapping[str, list[str]]) -> Iterator[str]:
    """Each element after all that lead to it."""
    waiting = dict.fromkeys(merged.nodes, 0)
    for targets in ahead.values():
        for target in targets:
            waiting[target] += 1
    ready = [node for node, count in waiting.items() if not count]
    while ready:
        node = ready.pop(0)
        yield node
        for target in ahead[node]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
