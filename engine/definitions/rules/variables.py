"""Variables: what an expression reads is filled by something, and compared with what it can be."""

from collections.abc import Iterator

from engine.definitions.expressions import slots
from engine.definitions.feel_names import compared_texts, free_names
from engine.definitions.model import AuthorityDefinition, Element
from engine.definitions.problems import Finding

_GIVEN = {"case_id", "deadline"}


def known_variables(authority: AuthorityDefinition) -> Iterator[Finding]:
    """What an expression reads is a fact, a field, a result, a mapping's target or a message."""
    known = known_names(authority)
    for file, element, purpose, text in _expressions(authority):
        for name in sorted(free_names(text) - known):
            message = f"The {purpose} reads {name[:60]!r}, which nothing fills. Is it mistyped?"
            yield Finding(file=file, element=element, message=message)


def fact_values(authority: AuthorityDefinition) -> Iterator[Finding]:
    """A fact is compared only with values that it can have."""
    facts = authority.vocabulary.facts
    for file, element, purpose, text in _expressions(authority):
        for compared in compared_texts(text):
            fact = facts.get(compared.name)
            for value in compared.values if fact and fact.values else ():
                if fact and value not in fact.values:
                    message = (
                        f"The {purpose} compares {compared.name} with {value[:60]!r}, which it"
                        f" never is: {', '.join(fact.values)}."
                    )
                    yield Finding(file=file, element=element, message=message)


def known_names(authority: AuthorityDefinition) -> set[str]:
    """Every variable that something in the authority can fill."""
    names = {*_GIVEN, *authority.vocabulary.facts, *authority.vocabulary.messages}
    for process in authority.processes.values():
        for element in process.elements.values():
            names.update(filled_by(element))
    for form in authority.forms.values():
        names.update(field.key for field in form.walk() if field.key)
    return names


def filled_by(element: Element) -> Iterator[str]:
    """The variables that an element fills by itself: results, mappings, items of its list."""
    for mapping in (*element.inputs, *element.outputs):
        yield mapping.target
    loop = element.loop
    for name in (
        element.result_variable,
        *((loop.input_element, loop.output_collection) if loop else ()),
    ):
        if name:
            yield name


def _expressions(authority: AuthorityDefinition) -> Iterator[tuple[str, str | None, str, str]]:
    for process in authority.processes.values():
        for slot in slots(process):
            yield process.file, slot.element, slot.purpose, slot.text
    for form in authority.forms.values():
        for field in form.walk():
            if field.hide:
                yield form.file, field.key, "condition for hiding", field.hide
