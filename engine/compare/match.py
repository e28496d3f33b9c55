"""Matches the elements of two diagrams: by id, and where ids differ by meaning, role and place."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace

from engine.compare.difference import Pair
from engine.definitions import AuthorityDefinition
from engine.definitions.model import Element, Flow, ProcessDefinition

_WEAK = ("called", "recipient", "outcome", "record", "event")
Meaning = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Two elements of one meaning, and how much more they have in common."""

    a: str
    b: str
    is_weak: bool  # what they do is done in many places
    score: tuple[int, int]  # whether the same role acts, and how many neighbours are the same


def matched(a: ProcessDefinition, b: ProcessDefinition) -> dict[str, str]:
    """Elements of `b` that are elements of `a` under another id: theirs to ours.

    Elements of one id always belong together. Of the others those do that do the same (put the
    same form, ask the same decision, keep the same deadline, tell the same people, come to the
    same outcome), if there is one such on either side, or if they also stand in the same place.
    What is done in many places, such as telling somebody, needs both. Where the diagrams share
    most of their ids another id is meant, so that the same role has to do it as well.
    """
    common = set(a.elements) & set(b.elements)
    is_alike = len(common) * 2 >= min(len(a.elements), len(b.elements))
    candidates = list(_candidates(a, b, common))
    found: dict[str, str] = {}
    for each in sorted(candidates, key=lambda one: one.score, reverse=True):
        if each.b in found or each.a in found.values():
            continue
        is_placed, is_only = each.score[1] > 0, _is_only(each, candidates)
        if is_alike:
            is_same = is_placed and is_only and each.score[0]
        else:
            is_same = (is_placed and is_only) if each.is_weak else (is_placed or is_only)
        if is_same:
            found[each.b] = each.a
    return found


def under_one_id(pair: Pair) -> Pair:
    """The pair with elements that belong together under the ids of the first side."""
    ours, theirs = pair.definitions
    processes = {
        key: renamed(b, matched(ours.processes[key], b)) if key in ours.processes else b
        for key, b in theirs.processes.items()
    }
    return replace(pair, b=replace(pair.b, definition=replace(theirs, processes=processes)))


def renamed(process: ProcessDefinition, ids: Mapping[str, str]) -> ProcessDefinition:
    """The diagram with other ids for some of its elements."""
    if not ids:
        return process
    elements = [_element(e, ids) for e in process.elements.values()]
    return replace(
        process,
        elements={element.id: element for element in elements},
        flows={key: _flow(flow, ids) for key, flow in process.flows.items()},
    )


def meaning(element: Element) -> Meaning | None:
    """What an element does, whatever its id; None where that is not told by any property."""
    given = element.properties
    said = (
        ("deadline", element.deadline_name),
        ("form", element.form_id),
        ("decision", element.decision_id),
        ("called", element.called_element),
        ("recipient", given.get("notify.recipient")),
        ("outcome", given.get("outcome")),
        ("record", given.get("record")),
        ("event", element.event_reference),
    )
    kind, value = next(((k, v) for k, v in said if v), (None, None))
    if kind is None or value is None:
        return None
    notice = given.get("notify.kind", "") if kind == "recipient" else ""
    return element.kind, element.event or "", kind, value, notice


def other_ids(pair: Pair) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Forms and decisions of two ids that one element uses, if each side lacks the other's."""
    ours, theirs = pair.definitions
    forms: dict[str, str] = {}
    decisions: dict[str, str] = {}
    for a, b in _shared_elements(pair):
        _put_together(forms, (a.form_id, b.form_id), (set(ours.forms), set(theirs.forms)))
        known = (set(ours.decisions), set(theirs.decisions))
        _put_together(decisions, (a.decision_id, b.decision_id), known)
    return list(forms.items()), list(decisions.items())


def _put_together(
    found: dict[str, str], ids: tuple[str | None, str | None], known: tuple[Set[str], Set[str]]
) -> None:
    a, b = ids
    if not a or not b or a not in known[0] - known[1] or b not in known[1] - known[0]:
        return
    if a not in found and b not in found.values():
        found[a] = b


def _shared_elements(pair: Pair) -> Iterator[tuple[Element, Element]]:
    ours, theirs = pair.definitions
    for key in (key for key in ours.processes if key in theirs.processes):
        a, b = ours.processes[key], theirs.processes[key]
        yield from ((e, b.elements[k]) for k, e in a.elements.items() if k in b.elements)


def _candidates(
    a: ProcessDefinition, b: ProcessDefinition, common: Set[str]
) -> Iterator[Candidate]:
    for one in a.elements.values():
        sense = meaning(one) if one.id not in common else None
        if sense is None:
            continue
        for other in b.elements.values():
            if other.id not in common and meaning(other) == sense:
                near = _around(a, one) & _around(b, other)
                score = (one.role == other.role, len(near))
                yield Candidate(a=one.id, b=other.id, is_weak=sense[2] in _WEAK, score=score)


def _is_only(candidate: Candidate, candidates: list[Candidate]) -> bool:
    return sum(candidate.a == each.a or candidate.b == each.b for each in candidates) == 1


def _around(process: ProcessDefinition, element: Element) -> set[tuple[str, str | None]]:
    """What stands beside an element: what leads to it, what follows, what it is attached to."""
    before = {("before", flow.source) for flow in process.incoming(element.id)}
    after = {("after", flow.target) for flow in process.outgoing(element.id)}
    host = {("host", element.attached_to)} if element.attached_to else set()
    return {*before, *after, *host}


def _element(element: Element, ids: Mapping[str, str]) -> Element:
    return replace(
        element,
        id=ids.get(element.id, element.id),
        parent=_known(element.parent, ids),
        attached_to=_known(element.attached_to, ids),
    )


def _known(key: str | None, ids: Mapping[str, str]) -> str | None:
    return ids.get(key, key) if key else None


def _flow(flow: Flow, ids: Mapping[str, str]) -> Flow:
    source, target = ids.get(flow.source, flow.source), ids.get(flow.target, flow.target)
    return replace(flow, source=source, target=target)


def matches_of(ours: AuthorityDefinition, theirs: AuthorityDefinition, key: str) -> dict[str, str]:
    """The elements of a diagram of `theirs` to those of `ours`, all that belong together."""
    a, b = ours.processes[key], theirs.processes[key]
    return {each: each for each in b.elements if each in a.elements} | matched(a, b)
