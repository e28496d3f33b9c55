"""What an authority's files have anywhere: its questions, its words, and what steers its course."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.casework import start_form
from engine.casework.tasks import AUTHORISATION_FACT
from engine.definitions.feel_names import expressions_of, free_names
from engine.definitions.model import AuthorityDefinition, Element, Field, Vocabulary
from engine.definitions.used import used_decisions, used_forms, used_processes

Word = tuple[str, str]  # a kind of act, and the vocabulary's word for what it is about

AUTHORISED: Word = ("authorised", "manager")
_QUOTED = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, kw_only=True)
class Text:
    """What is known of an authority's text before any referral is played."""

    words: frozenset[Word]  # acts that some course of the procedure has
    steering: frozenset[str]  # facts that a condition, a table or a computation reads
    fields: Mapping[str, Mapping[str, Field]]  # by form id and key
    at_start: tuple[Field, ...]  # what the contact itself tells
    values: frozenset[str]  # what a decision's result may be in all authorities alike


@lru_cache(maxsize=64)
def text_of(definition: AuthorityDefinition) -> Text:
    """Return what the files of an authority say; read once for each definition."""
    form = start_form(definition)
    return Text(
        words=frozenset(_words(definition)),
        steering=frozenset(definition.vocabulary.facts) & set(_read(definition)),
        fields={
            key: {str(field.key): field for field in form.walk() if field.key}
            for key, form in definition.forms.items()
        },
        at_start=tuple(field for field in form.walk() if field.key) if form else (),
        values=frozenset(_values(definition.vocabulary)),
    )


def _values(vocabulary: Vocabulary) -> Iterator[str]:
    yield from (*vocabulary.outcomes, *vocabulary.flows)
    yield from (value for fact in vocabulary.facts.values() for value in fact.values)


def _words(definition: AuthorityDefinition) -> Iterator[Word]:
    for form in used_forms(definition):
        for field in form.walk():
            if field.key:
                yield "asked", field.key
                if field.key == AUTHORISATION_FACT:
                    yield AUTHORISED
    yield from (("decided", key) for key in used_decisions(definition))
    offered = _offered(definition)
    for process in used_processes(definition):
        for element in process.elements.values():
            yield from _of_element(element, offered)


def _offered(definition: AuthorityDefinition) -> Mapping[str, tuple[str, ...]]:
    """Return what the forms let people choose, by the key of the question."""
    found: dict[str, tuple[str, ...]] = {}
    for form in used_forms(definition):
        for field in form.walk():
            values = tuple(str(option.value) for option in field.options)
            found[str(field.key)] = (*found.get(str(field.key), ()), *values)
    return found


def _of_element(element: Element, offered: Mapping[str, tuple[str, ...]]) -> Iterator[Word]:
    told = element.properties.get("notify.recipient")
    if told:
        yield "told", f"{told}:{element.properties.get('notify.kind', '')}"
    if element.deadline_name:
        yield "limit", element.deadline_name
        yield "missed", element.deadline_name
    for kind in ("record", "outcome"):
        text = element.properties.get(kind, "")
        yield from ((kind, word) for word in _listed(text, offered))


def _listed(text: str, offered: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the words of a property; of FEEL every text in it, and every choice that it reads."""
    found = text.split(",")
    if text.startswith("="):
        chosen = (word for name in free_names(text[1:]) for word in offered.get(name, ()))
        found = [*_QUOTED.findall(text), *chosen]
    yield from (word.strip() for word in found if word.strip())


def _read(definition: AuthorityDefinition) -> Iterator[str]:
    for text in _expressions(definition):
        yield from free_names(text)


def _expressions(definition: AuthorityDefinition) -> Iterator[str]:
    for process in used_processes(definition):
        yield from (flow.condition for flow in process.flows.values() if flow.condition)
        for element in process.elements.values():
            yield from (mapping.source for mapping in element.inputs)
            yield element.script or ""
            computed = (*element.properties.values(), element.role or "")
            yield from (text[1:] for text in computed if text.startswith("="))
    for key in used_decisions(definition):
        model = definition.decisions.get(key)
        if model and key in model.decisions:
            yield from expressions_of(model.decisions[key])
