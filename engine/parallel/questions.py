"""The facts that a contact may be given, grouped by where procedures ask for them first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.definitions.model import AuthorityDefinition, Fact, Vocabulary
from engine.definitions.used import used_processes
from engine.parallel.text import text_of

_KINDS = ("enum", "boolean", "list")
_MOSTLY = 0.5  # of the authorities must be steered by a fact that is asked first of all


@dataclass(frozen=True, kw_only=True)
class FactGroup:
    """Facts with fixed values that are asked together; `stage` is a flow, or empty."""

    stage: str  # a flow of the vocabulary; empty for those that steer most procedures
    facts: tuple[Fact, ...]


def fact_groups(definitions: Mapping[str, AuthorityDefinition]) -> tuple[FactGroup, ...]:
    """Return the facts to choose from: those that steer most procedures, then the others."""
    return _groups(tuple(definitions.values()))


@lru_cache(maxsize=64)
def _groups(definitions: tuple[AuthorityDefinition, ...]) -> tuple[FactGroup, ...]:
    vocabulary = definitions[0].vocabulary
    asked = {key: stage for each in definitions for key, stage in _stages(each).items()}
    offered = [f for f in vocabulary.facts.values() if _is_choice(f) and f.id in asked]
    most = tuple(fact for fact in offered if _steers_most(fact, definitions))
    rest = [fact for fact in offered if fact not in most]
    groups = [FactGroup(stage="", facts=most), *_by_stage(rest, asked, vocabulary)]
    return tuple(group for group in groups if group.facts)


def _by_stage(
    facts: list[Fact], asked: Mapping[str, int], vocabulary: Vocabulary
) -> Iterator[FactGroup]:
    for number, flow in enumerate(vocabulary.flows):
        yield FactGroup(stage=flow, facts=tuple(f for f in facts if asked[f.id] == number))


def _is_choice(fact: Fact) -> bool:
    return fact.type in _KINDS and (fact.type == "boolean" or bool(fact.values))


def _steers_most(fact: Fact, definitions: tuple[AuthorityDefinition, ...]) -> bool:
    steered = sum(fact.id in text_of(each).steering for each in definitions)
    return steered > _MOSTLY * len(definitions)


@lru_cache(maxsize=64)
def _stages(definition: AuthorityDefinition) -> Mapping[str, int]:
    """Return the stage of each fact: of the first diagram, from the front door on, that asks it."""
    flows = definition.vocabulary.flows
    stages: dict[str, int] = {}
    found: dict[str, int] = {}
    for process in used_processes(definition):
        own = flows.index(process.id) if process.id in flows else stages.get(process.id, 0)
        for element in process.elements.values():
            if element.called_element:
                stages.setdefault(element.called_element, own)
            form = definition.forms.get(element.form_id or "")
            for field in form.walk() if form else ():
                if field.key:
                    found[field.key] = min(own, found.get(field.key, own))
    return found
