"""What a DMN file says, as values: decisions, tables, rules, and the outcome of deciding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.errors import Invalid
from engine.feel import Warning_

Complaint = tuple[str | None, str]  # element id and sentence


class ModelInvalid(Invalid):
    """A DMN file that cannot be used; `problems` has every reason with its element's id."""

    def __init__(self, file: str, problems: Sequence[Complaint]) -> None:
        lines = [f"{file}:{element or ''}: {sentence}" for element, sentence in problems]
        super().__init__("\n".join(lines))
        self.file = file
        self.problems = list(problems)


@dataclass(frozen=True, kw_only=True)
class Input:
    """A column of conditions: the expression that is tested, and the values it may have."""

    id: str
    label: str
    expression: str
    type: str | None
    allowed_values: str | None
    line: int | None


@dataclass(frozen=True, kw_only=True)
class Output:
    """A column of results; `name` is its key when there are several."""

    id: str
    name: str
    label: str
    type: str | None
    allowed_values: str | None
    default: str | None
    line: int | None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A row: the texts of its cells in the order of the columns."""

    id: str
    description: str
    annotations: tuple[str, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    line: int | None


@dataclass(frozen=True, kw_only=True)
class Table:
    """A decision table as written."""

    id: str
    hit_policy: str
    aggregation: str | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision: a table, or an expression in its place."""

    id: str
    name: str
    description: str
    type: str | None
    table: Table | None
    expression: str | None
    requires: tuple[str, ...]
    line: int | None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What was decided, by which rules, on what inputs."""

    outputs: Any
    rules: tuple[str, ...] = ()
    inputs: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[Warning_, ...] = ()
