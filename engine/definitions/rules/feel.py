"""FEEL: every expression of a diagram or form can be read, and calls only functions there are."""

from collections.abc import Iterator

from engine.definitions.diagram import Diagram, flow_element, text
from engine.definitions.expressions import slots
from engine.definitions.feel_names import problem_with_feel
from engine.definitions.names import bpmn, zeebe
from engine.definitions.problems import Finding
from engine.definitions.rules.forms import Part

MAX_FEEL = 30_000


def feel_size(diagram: Diagram) -> Iterator[Finding]:
    """The expressions of a diagram have at most 30,000 letters together."""
    total = sum(len(slot.text) for process in diagram.processes for slot in slots(process))
    if total > MAX_FEEL:
        message = f"The expressions have {total:,} letters, more than {MAX_FEEL:,}. Use tables."
        yield Finding(element=None, message=message)


def form_feel_size(form: list[Part]) -> Iterator[Finding]:
    """The expressions of a form have at most 30,000 letters together."""
    total = sum(len(str(part.data.get("conditional", ""))) for part in form)
    if total > MAX_FEEL:
        message = f"The conditions have {total:,} letters, more than {MAX_FEEL:,}. Shorten them."
        yield Finding(element=None, message=message)


def feel(diagram: Diagram) -> Iterator[Finding]:
    """Every expression is FEEL that can be read, and calls only functions that FEEL has."""
    for process in diagram.processes:
        for slot in slots(process):
            problem = problem_with_feel(slot.text)
            if problem:
                message = f"The {slot.purpose} is not usable FEEL: {problem}"
                yield Finding(element=slot.element, message=message)


def feel_marked(diagram: Diagram) -> Iterator[Finding]:
    """FEEL starts with `=`: without it other tools of the profile read plain text."""
    for node in diagram.root.iter(bpmn("conditionExpression"), bpmn("completionCondition")):
        if not text(node).startswith("="):
            message = "The condition does not start with =, which marks FEEL. Add it."
            yield Finding(element=flow_element(node), message=message)
    for tag, name in _ALWAYS_FEEL:
        for node in diagram.root.iter(zeebe(tag)):
            if node.get(name) and not node.get(name, "").strip().startswith("="):
                message = f"{name} does not start with =, which marks FEEL. Add it."
                yield Finding(element=flow_element(node), message=message)


_ALWAYS_FEEL = (
    ("script", "expression"),
    ("loopCharacteristics", "inputCollection"),
    ("loopCharacteristics", "outputElement"),
    ("subscription", "correlationKey"),
)


def form_feel(form: list[Part]) -> Iterator[Finding]:
    """`conditional.hide` is FEEL that can be read; no other slot of a form is computed."""
    for part in form:
        conditional = part.data.get("conditional")
        hide = conditional.get("hide") if isinstance(conditional, dict) else conditional
        if hide is None or hide == "":
            continue
        if not isinstance(hide, str) or not hide.strip().startswith("="):
            message = "conditional.hide is no FEEL: write it as text that starts with =."
            yield Finding(element=part.name, message=message)
            continue
        problem = problem_with_feel(hide.strip()[1:])
        if problem:
            message = f"conditional.hide is not usable FEEL: {problem}"
            yield Finding(element=part.name, message=message)


def computed_slots(form: list[Part]) -> Iterator[Finding]:
    """Only `conditional.hide` is computed: FEEL elsewhere in a form would be shown as text."""
    for part in form:
        for name, value in part.data.items():
            computed = isinstance(value, str) and value.lstrip().startswith("=")
            if computed and name not in ("label", "dateLabel", "timeLabel", "description", "text"):
                message = f"{str(name)[:60]} is FEEL, which is not computed there. Write a value."
                yield Finding(element=part.name, message=message)
