"""What an authority's files have anywhere: its questions, its words, and what steers its course."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.casework import start_form
from engine.casework.tasks import AUTHORISATION_FACT
from engine.definitions.feel_names import free_names
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
    for process in used_processes(definition):
        for element in process.elements.values():
            yield from _of_element(element)


def _of_element(element: Element) -> Iterator[Word]:
    told = element.properties.get("notify.recipient")
    if told:
        yield "told", f"{told}:{element.properties.get('notify.kind', '')}"
    if element.deadline_name:
        yield "limit", element.deadline_name
        yield "missed", element.deadline_name
    for kind in ("record", "outcome"):
        yield from ((kind, word) for word in _listed(element.properties.get(kind, "")))


def _listed(text: str) -> Iterator[str]:
    """Yield the words of a property; of FEEL every text in it, which may come to be one."""
    found = _QUOTED.findall(text) if text.startswith("=") else text.split(",")
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
        yield from _of_decision(definition, key)


def _of_decision(definition: AuthorityDefinition, key: str) -> Iterator[str]:
    model = definition.decisions.get(key)
    decision = model.decisions.get(key) if model else None
    if decision is None:
        return
    yield decision.expression or ""
    if decision.table:
        yield from (column.expression for column in decision.table.inputs)
        for rule in decision.table.rules:
            yield from (f"? in ({cell})" for cell in rule.inputs)
            yield from rule.outputs
