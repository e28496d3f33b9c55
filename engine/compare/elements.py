"""What an element says that its reader or the engine acts on, property by property."""

from collections.abc import Callable, Iterator
from typing import Any

from engine.compare.citing import citation_unlike
from engine.compare.difference import Difference, Pair, feel, spoken, words
from engine.compare.difference import in_words as told_in_words
from engine.compare.expressions import in_words
from engine.compare.naming import KINDS, length_text, name_of, role_label
from engine.compare.same import same_decision, same_form
from engine.compare.wording import worded
from engine.definitions import AuthorityDefinition
from engine.definitions.model import Element, IoMapping

Facets = dict[str, Any]
Used = Callable[[int, str, Element], list[str]]  # what an element of a side asks and decides

_SUBJECTS = {
    "kind": "what it is",
    "role": "who does it",
    "form": "form",
    "decision": "decision",
    "called": "called diagram",
    "script": "computation",
    "loop": "repetition",
    "event": "event",
    "timer": "timer",
    "attached_to": "where it is attached",
    "interrupting": "ends what it is attached to",
    "propagates": "takes all variables",
    "outcome": "outcome",
    "record": "what is written down",
    "recipient": "who is told",
    "notice": "kind of notice",
    "deadline": "deadline",
    "deadline_amount": "length",
    "deadline_unit": "unit",
    "deadline_from": "clock start",
    "deadline_owner": "whose limit it is",
    "deadline_met_at": "what meets it",
    "deadline_strength": "strength",
    "deadline_clauses": "clauses",
    "clauses": "clauses",
    "assumption": "assumption",
    "strength": "strength",
    "guidance": "guidance for whoever does it",
}
_KNOWN = (
    "outcome",
    "record",
    "notify.recipient",
    "notify.kind",
    "source.clause",
    "source.assumption",
    "source.strength",
)


def element_differences(
    pair: Pair,
    part: str,
    elements: tuple[Element, Element],
    *,
    common: frozenset[str],
    used: Used,
) -> Iterator[Difference]:
    """Each property in which two elements of one id differ; another kind stands for all others."""
    a, b = elements
    ours, theirs = facets(pair.a.definition, a), facets(pair.b.definition, b)
    for kind in _unlike(ours, theirs):
        if _is_same(pair, kind, elements, common):
            continue
        values = (ours.get(kind), theirs.get(kind))
        if kind in ("form", "decision"):
            values = (used(0, part, a), used(1, part, b))
        said = (_said(kind, ours.get(kind), a), _said(kind, theirs.get(kind), b))
        yield pair.differs(kind, (part, a.id), values, _subject(kind, a, b), said=said)


def told_of(kind: str, value: Any, element: Element) -> str:
    """A property in a few words."""
    return f"{_named(kind)}: {told_in_words(_said(kind, value, element))}"


def _said(kind: str, value: Any, element: Element) -> Any:
    if kind == "deadline_amount" and value:
        return length_text(element)
    if kind == "loop" and value:
        return _loop(element, in_words)
    return worded(kind, value)


def _subject(kind: str, a: Element, b: Element) -> str:
    told = _named(kind)
    if a.deadline_name and a.deadline_name == b.deadline_name:
        return f"{spoken(a.deadline_name)}, {told}"
    return f"{name_of(a)}: {told}"


def _named(kind: str) -> str:
    return _SUBJECTS.get(kind) or _passed(kind) or kind.replace("_", " ")


def _passed(kind: str) -> str:
    """What is handed to an element, or comes out of it, by its name."""
    way, _, name = kind.partition("_")
    words = {"input": "what it takes in as", "output": "what it gives out as"}
    return f"{words[way]} “{spoken(name).lower()}”" if way in words else ""


def _unlike(ours: Facets, theirs: Facets) -> list[str]:
    unlike = [kind for kind in {**ours, **theirs} if ours.get(kind) != theirs.get(kind)]
    if "kind" in unlike:
        return ["kind"]
    if "deadline" in unlike:
        return [kind for kind in unlike if not kind.startswith("deadline_") and kind != "timer"]
    if "event" in unlike:
        return [kind for kind in unlike if kind != "timer"]
    return unlike


def _is_same(
    pair: Pair, kind: str, elements: tuple[Element, Element], common: frozenset[str]
) -> bool:
    """Whether another id means the same; or the difference is told at another element."""
    a, b = elements
    if kind in ("clauses", "assumption", "guidance"):
        return not citation_unlike(pair, kind, (a, b))
    if kind == "role":
        return a.role == b.role
    if kind == "attached_to":
        return not {a.attached_to, b.attached_to} <= common
    if kind == "form" and a.form_id and b.form_id:
        return same_form(pair, (a.form_id, b.form_id))
    if kind == "decision" and a.decision_id and b.decision_id:
        is_same = same_decision(pair, (a.decision_id, b.decision_id))
        return is_same and a.result_variable == b.result_variable
    return False


def facets(definition: AuthorityDefinition, element: Element) -> Facets:
    """What the element says; what it does not say is left out."""
    said = {
        "kind": KINDS.get(element.kind, element.kind),
        "role": role_label(definition, element.role),
        "form": element.form_id,
        "decision": _decision(element),
        "called": element.called_element,
        "script": _script(element),
        "loop": _loop(element),
        "event": _event(element),
        "timer": f"{element.timer_kind} {feel(element.timer)}" if element.timer_kind else None,
        "attached_to": element.attached_to,
        "interrupting": element.interrupting if element.attached_to else None,
        "propagates": list(element.propagates_all) if element.called_element else None,
        "guidance": " ".join(element.documentation.split()),
        **_properties(element),
        **_mappings("input", element.inputs),
        **_mappings("output", element.outputs),
    }
    return {kind: value for kind, value in said.items() if value not in (None, "", [])}


def _properties(element: Element) -> Facets:
    given = element.properties
    said = {
        "outcome": words(given.get("outcome", "")),
        "record": words(given.get("record", "")),
        "recipient": given.get("notify.recipient"),
        "notice": given.get("notify.kind"),
        "assumption": given.get("source.assumption"),
        **{key: value for key, value in given.items() if _is_free(key)},
    }
    if element.deadline_name is None:
        strength = given.get("source.strength")
        return {**said, "clauses": sorted(element.clauses), "strength": strength}
    return {
        **said,
        "deadline": element.deadline_name,
        **_deadline(element),
    }


def _is_free(name: str) -> bool:
    """Whether a property is told under its own name."""
    return name not in _KNOWN and not name.startswith("deadline.")


def _deadline(element: Element) -> Facets:
    given = element.properties
    return {
        "deadline_amount": given.get("deadline.amount"),
        "deadline_unit": given.get("deadline.unit"),
        "deadline_from": given.get("deadline.from"),
        "deadline_owner": given.get("deadline.owner", "authority"),
        "deadline_met_at": given.get("deadline.met_at"),
        "deadline_strength": given.get("source.strength", "must"),
        "deadline_clauses": sorted(element.clauses),
    }


def _decision(element: Element) -> str | None:
    if element.decision_id is None:
        return None
    return f"{element.decision_id} into {element.result_variable}"


def _script(element: Element) -> str | None:
    if element.script is None:
        return None
    return f"{element.result_variable} = {feel(element.script)}"


def _event(element: Element) -> str | None:
    if element.event is None:
        return None
    key = feel(element.correlation_key)
    named = [element.event, element.event_reference or "", f"matched by {key}" if key else ""]
    return " ".join(filter(None, named))


def _loop(element: Element, said: Callable[[str], str] = str) -> str | None:
    loop = element.loop
    if loop is None:
        return None
    collection, each, done = (
        said(feel(text) or "")
        for text in (loop.input_collection, loop.output_element, loop.completion_condition)
    )
    order = "one after the other" if loop.sequential else "side by side"
    text = f"{order}, for each {loop.input_element} of {collection}"
    if loop.output_collection:
        text += f", {each} collected in {loop.output_collection}"
    return f"{text}, until {done}" if done else text


def _mappings(kind: str, mappings: tuple[IoMapping, ...]) -> Facets:
    return {f"{kind}_{mapping.target}": feel(mapping.source) for mapping in mappings}
