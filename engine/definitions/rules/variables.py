"""Variables: what an expression reads is filled by something, and compared with what it can be."""

from collections import Counter
from collections.abc import Iterator

from engine.definitions.expressions import slots
from engine.definitions.feel_names import compared_texts, free_names, literal_text
from engine.definitions.model import AuthorityDefinition, Element
from engine.definitions.problems import Finding
from engine.definitions.used import own_forms, own_processes
from engine.definitions.words import PLACEHOLDER
from engine.dmn import Decision

_ONE_ROW = ("UNIQUE", "FIRST", "ANY", "PRIORITY")
_GIVEN = {"case_id", "deadline", "received_out_of_hours"}


def known_variables(authority: AuthorityDefinition) -> Iterator[Finding]:
    """What is read or shown is a fact, a field, a result, a mapping's target or a message."""
    known = known_names(authority)
    for file, element, purpose, text in _expressions(authority):
        for name in sorted(free_names(text) - known):
            message = f"The {purpose} reads {name[:60]!r}, which nothing fills. Is it mistyped?"
            yield Finding(file=file, element=element, message=message)


def possible_values(authority: AuthorityDefinition) -> Iterator[Finding]:
    """A fact, or the result of a table, is compared only with values that it can have."""
    possible = _values(authority)
    for file, element, purpose, text in _expressions(authority):
        for compared in compared_texts(text):
            values = possible.get(compared.name, ())
            for value in compared.values if values else ():
                if value not in values:
                    message = (
                        f"The {purpose} compares {compared.name} with {value[:60]!r}, which it"
                        f" never is: {', '.join(values)}."
                    )
                    yield Finding(file=file, element=element, message=message)


def _values(authority: AuthorityDefinition) -> dict[str, tuple[str, ...]]:
    """The texts that a variable can be, where that is known: facts, and results of tables."""
    filled = Counter(name for names in _fillers(authority) for name in names)
    result: dict[str, tuple[str, ...]] = {}
    for process in authority.processes.values():
        for element in process.elements.values():
            name, asked = element.result_variable, element.decision_id
            if name and asked and asked in authority.decisions and filled[name] == 1:
                result[name] = _outputs(authority.decisions[asked].decisions[asked])
    facts = authority.vocabulary.facts.values()
    return result | {fact.id: fact.values for fact in facts if fact.values}


def _fillers(authority: AuthorityDefinition) -> Iterator[set[str]]:
    for process in authority.processes.values():
        yield from (set(filled_by(element)) for element in process.elements.values())
    for form in authority.forms.values():
        yield {field.key for field in form.walk() if field.key}


def _outputs(decision: Decision) -> tuple[str, ...]:
    """The texts that a table with one column of results can give; empty if it gives others."""
    table = decision.table
    if table is None or len(table.outputs) > 1 or table.hit_policy not in _ONE_ROW:
        return ()
    texts = [literal_text(cell) for rule in table.rules for cell in rule.outputs]
    known = [text for text in texts if text is not None]
    return tuple(dict.fromkeys(known)) if len(known) == len(texts) else ()


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
    for process in own_processes(authority):
        for slot in slots(process):
            yield process.file, slot.element, slot.purpose, slot.text
    for form in own_forms(authority):
        for field in form.walk():
            if field.hide:
                yield form.file, field.key, "condition for hiding", field.hide
            for text in (field.label, field.description, field.text):
                for name in PLACEHOLDER.findall(text):
                    yield form.file, field.key, "text", name
