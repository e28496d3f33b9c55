"""Examples beside decision tables: each holds, and each rule of a table has one."""

from collections.abc import Iterator

from engine.definitions.clauses import models
from engine.definitions.examples import (
    SUFFIX,
    Tried,
    path_of,
    read_examples,
    rows_of,
    table_of,
    try_examples,
)
from engine.definitions.model import AuthorityDefinition
from engine.definitions.problems import Finding, Unusable
from engine.dmn import Model


def examples_hold(authority: AuthorityDefinition) -> Iterator[Finding]:
    """Every example beside a decision table comes to the output that it names."""
    for file, model in models(authority):
        try:
            tried = _tried(authority, file, model)
        except Unusable as error:
            for problem in error.problems:
                yield Finding(file=problem.file, element=problem.element, message=problem.message)
            continue
        for each in tried:
            if each.problem:
                name = each.example.name
                yield Finding(file=path_of(file), element=name, message=each.problem)
    yield from _orphans(authority)


def examples_cover(authority: AuthorityDefinition) -> Iterator[Finding]:
    """Every rule of a decision table is matched in an example."""
    for file, model in models(authority):
        if path_of(file) not in authority.sources:
            message = f"The decision has no examples. Write them into {path_of(file)}."
            yield Finding(file=file, element=None, message=message)
            continue
        try:
            matched = {rule for each in _tried(authority, file, model) for rule in each.rules}
        except Unusable:
            continue  # examples_hold says why
        for rule in rows_of(model):
            if rule not in matched:
                yield Finding(file=file, element=rule, message="No example matches the rule.")


def _tried(authority: AuthorityDefinition, file: str, model: Model) -> list[Tried]:
    source = authority.sources.get(path_of(file))
    if source is None:
        return []
    examples = read_examples(source, file=path_of(file))
    decision = file.rpartition("/")[2].removesuffix(".dmn")
    return list(try_examples(examples, model, decision, facts=authority.vocabulary.facts))


def _orphans(authority: AuthorityDefinition) -> Iterator[Finding]:
    for path in authority.sources:
        table = table_of(path)
        if path.endswith(SUFFIX) and table not in authority.sources:
            message = f"There is no decision table {table} to which the examples belong."
            yield Finding(file=path, element=None, message=message)
