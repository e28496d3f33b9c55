"""Professional judgement: a person's own outputs in place of a decision table's, for one step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine import feel
from engine.casework.facts import plain
from engine.definitions.model import AuthorityDefinition
from engine.dmn import Output, Table
from engine.errors import Invalid
from engine.identifiers import spoken

SHORTEST_REASON = 10  # letters
LONGEST_REASON = 20_000
SINGLE = frozenset({"UNIQUE", "ANY", "PRIORITY", "FIRST"})  # hit policies that give one answer


class InvalidOverride(Invalid):
    """An override that cannot be: no such decision, no such answer, no reason, or not asked."""


@dataclass(frozen=True, kw_only=True)
class Override:
    """What somebody decides in a table's place; `child` None means whichever child it is about."""

    decision_id: str
    child: str | None
    outputs: Any  # in the shape that the table gives
    reason: str
    by: str

    def is_about(self, decision_id: str, child: str | None) -> bool:
        """Say whether this takes the place of what the table says here."""
        return self.decision_id == decision_id and self.child in (None, child)


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a column of a table can say; `values` is None where any value of its type will do."""

    name: str
    label: str
    type: str | None
    values: tuple[Any, ...] | None


class Overruling:
    """The overrides of one step, and which of them took a table's place."""

    def __init__(self, overrides: Sequence[Override]) -> None:
        self._overrides = tuple(overrides)
        self._used: set[int] = set()

    def find(self, decision_id: str, child: str | None) -> Override | None:
        """Return the override for this decision about this child: one that names them first."""
        found = [
            (override.child is None, number)
            for number, override in enumerate(self._overrides)
            if override.is_about(decision_id, child)
        ]
        if not found:
            return None
        _, number = min(found)
        self._used.add(number)
        return self._overrides[number]

    @property
    def unused(self) -> tuple[Override, ...]:
        """The overrides of decisions that the step did not ask."""
        return tuple(o for number, o in enumerate(self._overrides) if number not in self._used)


def possible_answers(definition: AuthorityDefinition, decision_id: str) -> tuple[Answers, ...]:
    """Return what each column of a decision's table can say.

    Raises InvalidOverride where there is no such table.
    """
    return tuple(
        Answers(
            name=column.name,
            label=column.label or column.name,
            type=column.type,
            values=_values(column, [rule.outputs[place] for rule in table.rules]),
        )
        for table in (_table(definition, decision_id),)
        for place, column in enumerate(table.outputs)
    )


def check_override(definition: AuthorityDefinition, override: Override) -> Override:
    """Return the override with plain outputs and a tidy reason; InvalidOverride says what's wrong.

    Whether its decision is asked at all, only the step itself can tell.
    """
    table, reason = _table(definition, override.decision_id), override.reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise InvalidOverride(
            f"Say why you decide differently from the table, in {SHORTEST_REASON} letters or more."
        )
    if len(reason) > LONGEST_REASON:
        raise InvalidOverride(f"The reason must be {LONGEST_REASON} letters or fewer.")
    outputs = plain(override.outputs, definition.calendar.zone)
    columns = possible_answers(definition, override.decision_id)
    _check_shape(table, columns, outputs)
    return Override(
        decision_id=override.decision_id,
        child=override.child,
        outputs=outputs,
        reason=reason,
        by=override.by,
    )


def _table(definition: AuthorityDefinition, decision_id: str) -> Table:
    model = definition.decisions.get(decision_id)
    decision = model.decisions.get(decision_id) if model else None
    if decision is None or decision.table is None:
        raise InvalidOverride(f"The procedure has no decision table “{decision_id}”.")
    return decision.table


def _values(column: Output, entries: Sequence[str]) -> tuple[Any, ...] | None:
    if column.allowed_values:
        return tuple(feel.to_json(feel.evaluate(f"[{column.allowed_values}]", {})))
    if column.type == "boolean":
        return (True, False)
    texts = [*entries, *([column.default] if column.default else [])]
    found = [feel.to_json(feel.evaluate(text or "null", {})) for text in texts]
    if any(v is None and t.strip() != "null" for v, t in zip(found, texts, strict=True)):
        return None  # a row computes its answer
    return tuple(value for n, value in enumerate(found) if value not in found[:n])


def _check_shape(table: Table, columns: Sequence[Answers], outputs: Any) -> None:
    if table.hit_policy in SINGLE:
        _check_row(columns, outputs)
    elif table.aggregation:
        if isinstance(outputs, bool) or not isinstance(outputs, int | float):
            raise InvalidOverride("The table gives a number; give a number in its place.")
    elif not isinstance(outputs, list):
        raise InvalidOverride("The table gives a list of answers; give a list in its place.")
    else:
        for row in outputs:
            _check_row(columns, row)


def _check_row(columns: Sequence[Answers], row: Any) -> None:
    if len(columns) == 1:
        _check_value(columns[0], row)
        return
    names = [column.name for column in columns]
    if not isinstance(row, Mapping) or set(row) != set(names):
        raise InvalidOverride(f"The table gives {', '.join(names)}; give each of these.")
    for column in columns:
        _check_value(column, row[column.name])


def _check_value(column: Answers, value: Any) -> None:
    if column.values is None:
        if _is_of(column.type, value):
            return
        raise InvalidOverride(f"“{column.label}” must be a {column.type}, as the table gives it.")
    if not any(value == known and type(value) is type(known) for known in column.values):
        known = ", ".join(map(_shown, column.values))
        raise InvalidOverride(f"“{column.label}” must be one of {known}.")


def _is_of(kind: str | None, value: Any) -> bool:
    wanted: Mapping[str | None, tuple[type, ...]] = {
        "string": (str,),
        "number": (int, float),
        "boolean": (bool,),
    }
    if isinstance(value, bool) and kind == "number":
        return False
    return isinstance(value, wanted.get(kind, (object,)))


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return spoken(str(value))
