"""Decision tables: stamped and drawn for the modeller, and fed with what there is."""

from collections.abc import Iterator

from engine.definitions.clauses import models
from engine.definitions.diagram import Node, local
from engine.definitions.feel_names import free_names, tested_texts
from engine.definitions.model import AuthorityDefinition
from engine.definitions.names import MODELER
from engine.definitions.problems import Finding
from engine.definitions.rules.structure import PLATFORM
from engine.definitions.rules.variables import known_names
from engine.dmn import Model, Table

DMN_1_3 = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def table_platform(root: Node) -> Iterator[Finding]:
    """A table is DMN 1.3 stamped for Camunda 8.8.0, so that modellers open it as it is meant."""
    if root.nsmap.get(root.prefix) != DMN_1_3:
        yield Finding(element=root.get("id"), message="The table is not written in DMN 1.3.")
    stamp = tuple(
        root.get(f"{{{MODELER}}}{name}")
        for name in ("executionPlatform", "executionPlatformVersion")
    )
    if stamp != PLATFORM:
        message = (
            f'The file is not stamped modeler:executionPlatform="{PLATFORM[0]}",'
            f' modeler:executionPlatformVersion="{PLATFORM[1]}".'
        )
        yield Finding(element=root.get("id"), message=message)


def table_shapes(root: Node) -> Iterator[Finding]:
    """Every decision and input of the graph is drawn, or the modeller shows an empty page."""
    drawn = {node.get("dmnElementRef") for node in root.iter("{*}DMNShape")}
    for node in root.iterchildren("{*}decision", "{*}inputData"):
        if node.get("id") not in drawn:
            message = f"The {local(node)} is not drawn: it has no shape. Draw it, or delete it."
            yield Finding(element=node.get("id"), message=message)


def table_variables(authority: AuthorityDefinition) -> Iterator[Finding]:
    """A table's columns read variables that something fills, or other decisions of the file."""
    known = known_names(authority)
    for file, model in models(authority):
        beside = {name for key, d in model.decisions.items() for name in (key, d.name)}
        for table in _tables(model):
            for column in table.inputs:
                for name in sorted(free_names(column.expression) - known - beside):
                    message = f"The column reads {name[:60]!r}, which nothing fills."
                    yield Finding(file=file, element=column.id, message=message)


def table_values(authority: AuthorityDefinition) -> Iterator[Finding]:
    """A cell of a column that reads a fact tests only for values that the fact can have."""
    for file, model in models(authority):
        for table in _tables(model):
            for index, column in enumerate(table.inputs):
                fact = authority.vocabulary.facts.get(column.expression.strip())
                for rule in table.rules if fact and fact.values else ():
                    for value in tested_texts(rule.inputs[index]):
                        if fact and value not in fact.values:
                            message = (
                                f"{fact.id} is compared with {value[:60]!r}, which it never is:"
                                f" {', '.join(fact.values)}."
                            )
                            yield Finding(file=file, element=rule.id, message=message)


def _tables(model: Model) -> Iterator[Table]:
    return (decision.table for decision in model.decisions.values() if decision.table)
