"""Runs the rules: which hold where, how serious each is, and what they find as problems."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.definitions.authority import Assembly, assemble, read_model
from engine.definitions.diagram import Diagram
from engine.definitions.forms import read_components
from engine.definitions.model import AuthorityDefinition, Problem, Severity, Vocabulary
from engine.definitions.problems import Finding, Unusable, problem_of
from engine.definitions.rules import (
    deadlines,
    decision_tables,
    elements,
    events,
    examples,
    facts,
    feel,
    flows,
    forms,
    labels,
    late,
    links,
    roles,
    shapes,
    sources,
    structure,
    tables,
    tasks,
    variables,
    vocabulary,
)
from engine.definitions.source import read_xml

MOST_FINDINGS = 200  # of one rule in one file


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule by its function; `outside` is its severity outside bpmn/ and dmn/, if it holds."""

    check: Callable[..., Iterator[Finding]]
    severity: Severity = "error"
    outside: Severity | None = "error"

    @property
    def name(self) -> str:
        """What problems call it: the function's name."""
        return self.check.__name__


def _only_inside(*checks: Callable[..., Iterator[Finding]]) -> tuple[Rule, ...]:
    return tuple(Rule(check=check, outside=None) for check in checks)


FIRST = (
    Rule(check=structure.few_processes),
    Rule(check=structure.size_limits),
    Rule(check=structure.unique_ids),
    Rule(check=feel.feel_size),
)
DIAGRAM = (
    Rule(check=elements.known_elements),
    Rule(check=elements.known_content),
    Rule(check=elements.known_attributes),
    Rule(check=elements.known_extensions),
    Rule(check=structure.process_present),
    Rule(check=structure.references),
    Rule(check=structure.flow_lists, outside=None),
    Rule(check=shapes.shapes),
    Rule(check=structure.platform, outside="warning"),
    Rule(check=structure.one_process, outside="warning"),
    Rule(check=structure.word_ids, outside=None),
    Rule(check=flows.dead_ends),
    Rule(check=flows.unreachable),
    Rule(check=flows.sub_process_start),
    Rule(check=flows.implicit_split),
    Rule(check=flows.condition_place),
    Rule(check=flows.gateway_default),
    Rule(check=flows.event_gateway),
    Rule(check=flows.join_that_waits),
    Rule(check=flows.endless_loop),
    Rule(check=flows.call_recursion),
    Rule(check=flows.boundary_hosts),
    Rule(check=tasks.script_task),
    Rule(check=tasks.business_rule_task),
    Rule(check=tasks.call_activity),
    Rule(check=tasks.send_task),
    Rule(check=tasks.user_task, outside="warning"),
    Rule(check=tasks.misplaced_extensions),
    Rule(check=tasks.multi_instance),
    Rule(check=tasks.variable_names),
    Rule(check=tasks.lane_membership),
    Rule(check=events.event_kinds),
    Rule(check=events.escalations),
    Rule(check=events.messages),
    Rule(check=events.timers),
    Rule(check=feel.feel),
    Rule(check=feel.feel_marked, outside="warning"),
    Rule(check=deadlines.deadline_place),
    Rule(check=deadlines.deadline_properties),
    Rule(check=deadlines.known_properties, severity="warning", outside="warning"),
    Rule(check=labels.labels, outside="warning"),
    Rule(check=labels.label_length),
)
WORDS = (Rule(check=vocabulary.vocabulary_words),)
FORM_FIRST = (Rule(check=forms.form_limits), Rule(check=feel.form_feel_size))
FORM = (
    Rule(check=forms.known_components),
    Rule(check=forms.ignored_components, severity="warning", outside="warning"),
    Rule(check=forms.field_keys),
    Rule(check=forms.field_labels, outside="warning"),
    Rule(check=forms.field_options),
    Rule(check=forms.field_validation),
    Rule(check=forms.field_defaults),
    Rule(check=forms.plain_text),
    Rule(check=feel.form_feel),
    Rule(check=feel.computed_slots),
)
TABLE = _only_inside(tables.table_platform, tables.table_shapes)
LOGIC = (
    Rule(check=decision_tables.table_gaps, outside="warning"),
    Rule(check=decision_tables.table_overlaps, outside="warning"),
    Rule(check=decision_tables.table_conflicts, outside="warning"),
    Rule(check=decision_tables.table_unreachable, outside="warning"),
    Rule(check=decision_tables.table_shadowed, outside="warning"),
    Rule(check=decision_tables.table_types, outside="warning"),
    Rule(check=decision_tables.table_duplicates, severity="warning", outside="warning"),
    Rule(check=decision_tables.table_unused, severity="warning", outside="warning"),
    Rule(check=decision_tables.table_unproved, severity="warning", outside="warning"),
    Rule(check=decision_tables.table_large, severity="warning", outside="warning"),
)
AUTHORITY = (
    *_only_inside(
        links.front_door,
        links.known_processes,
        links.known_decisions,
        links.known_forms,
        links.file_names,
        links.recursion,
        links.caught_escalations,
        roles.task_roles,
        roles.lane_names,
        sources.known_clauses,
        sources.known_assumptions,
        sources.uncited,
        sources.covered,
        sources.register,
        sources.strengths,
        sources.limits,
        sources.starts,
        late.late_paths,
        facts.fact_fields,
        variables.known_variables,
        variables.possible_values,
        tables.table_variables,
        tables.table_values,
        examples.examples_hold,
    ),
    Rule(check=examples.examples_cover, severity="warning", outside=None),
    Rule(check=links.unused_files, severity="warning", outside=None),
    Rule(check=roles.unused_roles, severity="warning", outside=None),
)


def diagram_problems(
    diagram: Diagram, words: Vocabulary | None, *, inside: bool
) -> Iterator[Problem]:
    """What is wrong with one diagram; `inside` where it lies under bpmn/."""
    first = list(_run(FIRST, diagram, file=diagram.file, inside=inside))
    yield from first
    if first:
        return  # the other rules rely on a file of bounded size whose ids tell elements apart
    yield from _run(DIAGRAM, diagram, file=diagram.file, inside=inside)
    for process in diagram.processes if words else ():
        yield from _run(WORDS, process, words, file=diagram.file, inside=inside)


def form_problems(source: bytes, *, file: str, inside: bool) -> Iterator[Problem]:
    """What is wrong with one form."""
    try:
        components = read_components(source, file=file)["components"]
    except Unusable as error:
        yield from error.problems
        return
    parts = forms.parts(components)
    first = list(_run(FORM_FIRST, parts, file=file, inside=inside))
    yield from first or _run(FORM, parts, file=file, inside=inside)


def table_problems(
    source: bytes, words: Vocabulary | None, *, file: str, inside: bool
) -> Iterator[Problem]:
    """What is wrong with one DMN file; the vocabulary says which values its inputs have."""
    try:
        model = read_model(source, file=file)
        root = read_xml(source, file=file)
    except Unusable as error:
        yield from error.problems
        return
    yield from _run(TABLE, root, file=file, inside=inside)
    faults = decision_tables.faults_of(model, words)
    yield from _run(LOGIC, faults, file=file, inside=inside)


def authority_problems(authority: AuthorityDefinition) -> Iterator[Problem]:
    """What is wrong with how an authority's files go together."""
    file = f"bpmn/{authority.id}/authority.toml"
    yield from _run(AUTHORITY, authority, file=file, inside=True)


def assembly_problems(assembly: Assembly) -> list[Problem]:
    """Everything that is wrong with an authority's files, each thing once."""
    problems = list(assembly.problems)
    words = assembly.definition.vocabulary if assembly.definition else None
    for diagram in assembly.diagrams.values():
        problems += diagram_problems(diagram, words, inside=True)
    for path in assembly.forms:
        problems += form_problems(assembly.sources[path], file=path, inside=True)
    for path in assembly.models:
        problems += table_problems(assembly.sources[path], words, file=path, inside=True)
    if assembly.definition:
        problems += authority_problems(assembly.definition)
    return list(dict.fromkeys(problems))


def check_sources(sources: Mapping[str, bytes], authority_id: str) -> list[Problem]:
    """Everything that is wrong with an authority made of these files, by path."""
    return assembly_problems(assemble(sources, authority_id))


def _run(rules: Iterable[Rule], *subjects: Any, file: str, inside: bool) -> Iterator[Problem]:
    for rule in rules:
        severity = rule.severity if inside else rule.outside
        if severity is None:
            continue
        for count, finding in enumerate(rule.check(*subjects)):
            if count == MOST_FINDINGS:
                break
            yield problem_of(finding, file=file, rule=rule.name, severity=severity)
