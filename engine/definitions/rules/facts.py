"""Facts: a field whose key is a word of the vocabulary asks for just that."""

from collections.abc import Iterator

from engine.definitions.model import AuthorityDefinition, Fact, Field
from engine.definitions.problems import Finding
from engine.definitions.used import own_forms

_COMPONENTS = {
    "boolean": ("checkbox", "radio"),
    "enum": ("radio", "select"),
    "string": ("textfield", "textarea", "radio", "select"),
    "datetime": ("datetime",),
}


def fact_fields(authority: AuthorityDefinition) -> Iterator[Finding]:
    """A field whose key is a fact has the fact's type and offers no values but the fact's."""
    for form in own_forms(authority):
        for field in form.walk():
            fact = authority.vocabulary.facts.get(field.key or "")
            problem = _problem(field, fact) if fact else None
            if problem:
                yield Finding(file=form.file, element=field.key, message=problem)


def _problem(field: Field, fact: Fact) -> str | None:
    fitting = _fitting(fact)
    if field.type not in fitting:
        return f"The fact is a {fact.type}: ask for it by a {' or '.join(fitting)}."
    if fact.type == "datetime" and field.subtype != "datetime":
        return 'The fact is an instant: give the subtype "datetime".'
    values = [option.value for option in field.options]
    if fact.type == "boolean" and field.type == "radio" and set(values) != {True, False}:
        return "The fact is true or false: offer exactly the values true and false."
    if fact.values:
        for value in values:
            if value not in fact.values:
                return f"The fact has no value {value!r}: {', '.join(fact.values)}."
    return None


def _fitting(fact: Fact) -> tuple[str, ...]:
    if fact.type == "list":
        return ("checklist", "taglist") if fact.values else ("dynamiclist",)
    return _COMPONENTS[fact.type]
