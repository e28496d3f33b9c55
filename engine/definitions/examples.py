"""Examples beside a decision table: inputs, and what must be decided on them, as TOML."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine import dmn, feel
from engine.definitions import source as reading
from engine.definitions.feel_names import free_names
from engine.definitions.model import Fact
from engine.definitions.problems import unreadable
from engine.errors import Invalid
from engine.feel.compare import equal
from engine.feel.values import from_python

SUFFIX = ".examples.toml"
MAX_EXAMPLES = 500
_KEYS = ("name", "inputs", "output")


@dataclass(frozen=True, kw_only=True)
class Example:
    """What a decision must give on these inputs; an input that is left out is missing."""

    name: str
    inputs: Mapping[str, Any]
    output: Any


@dataclass(frozen=True, kw_only=True)
class Tried:
    """An example, why it does not hold, if it does not, and the rules that matched."""

    example: Example
    problem: str | None
    rules: tuple[str, ...] = ()


def path_of(table: str) -> str:
    """Where the examples of a decision table lie, given the path of its file."""
    return table.removesuffix(".dmn") + SUFFIX


def table_of(file: str) -> str:
    """The decision table to which a file of examples belongs; any other file is its own."""
    return file.removesuffix(SUFFIX) + ".dmn" if file.endswith(SUFFIX) else file


def read_examples(source: bytes, *, file: str) -> tuple[Example, ...]:
    """The examples of a file; raises `Unusable` for a file that is not written as they are."""
    data = reading.read_toml(source, file=file)
    entries = data.get("example")
    if set(data) != {"example"} or not isinstance(entries, list) or not entries:
        raise _unusable(file, "The file has [[example]] entries and nothing else.")
    if len(entries) > MAX_EXAMPLES:
        raise _unusable(file, f"The file has more than {MAX_EXAMPLES} examples. Delete some.")
    examples = tuple(_example(entry, file=file) for entry in entries)
    names = [example.name for example in examples]
    for name in names:
        if names.count(name) > 1:
            raise _unusable(file, f"Two examples have the name {name[:60]!r}. Rename one.")
    return examples


def try_examples(
    examples: Iterable[Example],
    model: dmn.Model,
    decision_id: str,
    *,
    facts: Mapping[str, Fact] | None = None,
) -> Iterator[Tried]:
    """Decide on the inputs of each example; inputs that are facts have the facts' values."""
    known = _inputs_of(model)
    for example in examples:
        problem = _input_problem(example, known, facts or {})
        yield (
            Tried(example=example, problem=problem)
            if problem
            else _tried(example, model, decision_id)
        )


def rows_of(model: dmn.Model) -> Iterator[str]:
    """The ids of the rules of all tables of a model."""
    for decision in model.decisions.values():
        if decision.table:
            yield from (rule.id for rule in decision.table.rules)


def _tried(example: Example, model: dmn.Model, decision_id: str) -> Tried:
    try:
        outcome = model.decide(decision_id, example.inputs)
        expected = from_python(example.output)
    except Invalid as error:
        return Tried(example=example, problem=f"Nothing is decided: {error}.")
    problem = None
    if equal(outcome.outputs, expected) is not True:
        problem = f"It comes to {_shown(outcome.outputs)}, expected {_shown(expected)}."
    return Tried(example=example, problem=problem, rules=outcome.rules)


def _shown(value: Any) -> str:
    try:
        plain = feel.to_json(value)
    except Invalid:
        return "a value that is no data"
    return "nothing" if plain is None else f"{plain!r}"[:200]


def _inputs_of(model: dmn.Model) -> set[str]:
    """The names that the decisions of a model read."""
    names = {drawn.name for drawn in model.graph.values() if drawn.kind == "input"}
    for decision in model.decisions.values():
        for column in decision.table.inputs if decision.table else ():
            names |= free_names(column.expression)
    return names


def _input_problem(example: Example, known: set[str], facts: Mapping[str, Fact]) -> str | None:
    for name, value in example.inputs.items():
        fact = facts.get(name)
        if name not in known:
            return f"The decision has no input {name[:60]!r}: {', '.join(sorted(known))}."
        if fact and not _is_value(fact, value):
            values = ", ".join(fact.values) or fact.type
            return f"{name} is never {str(value)[:60]!r}: {values}."
    return None


def _is_value(fact: Fact, value: Any) -> bool:
    if fact.type == "boolean":
        return isinstance(value, bool)
    if fact.type == "list":
        return isinstance(value, list) and all(v in fact.values for v in value if fact.values)
    return isinstance(value, str) and (not fact.values or value in fact.values)


def _example(entry: Any, *, file: str) -> Example:
    name = entry.get("name") if isinstance(entry, Mapping) else None
    if not isinstance(name, str) or not name:
        raise _unusable(file, "An example has no name.")
    if set(entry) != set(_KEYS) or not isinstance(entry["inputs"], Mapping):
        message = f"The example {name[:60]!r} needs {', '.join(_KEYS)}, and nothing else."
        raise _unusable(file, message)
    return Example(name=name, inputs=entry["inputs"], output=entry["output"])


def _unusable(file: str, message: str) -> Invalid:
    return unreadable(file, "examples_hold", message)
