"""Asks for what a decision reads, so that an analyst can try it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from engine.definitions.feel_names import expressions_of, free_names, tested_texts
from engine.definitions.model import AuthorityDefinition, Fact, Field, Option
from engine.dmn import Decision, Input, Model
from web.filters import words
from web.forms import Boxes
from web.forms.reading import read

_NUMBERS = frozenset({"number", "integer", "long", "double"})
_MOMENTS: Mapping[str, str] = {
    "date": "date",
    "time": "time",
    "dateTime": "datetime",
    "date and time": "datetime",
}
_FEEL_VALUES: Mapping[str, Any] = {
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "datetime": datetime.fromisoformat,
}
_NO_ANSWER = Option(value=None, label="No answer")


@dataclass(frozen=True, kw_only=True)
class Tried:
    """The inputs that were typed or chosen; `problems` are by box name."""

    inputs: Mapping[str, Any]
    problems: Mapping[str, str]


def fields(definition: AuthorityDefinition, model: Model, decision: Decision) -> tuple[Field, ...]:
    """A field for each variable that the decision reads, those of required decisions first."""
    columns = {column.expression: column for column in _columns(model)}
    names = dict.fromkeys(_read_by(model, decision))
    return tuple(_field(definition, name, columns.get(name)) for name in names)


def tried(asked: tuple[Field, ...], boxes: Boxes, *, zone: ZoneInfo) -> Tried:
    """The inputs as the decision takes them; what was left empty is no input."""
    reading = read(asked, boxes, zone=zone)
    by_key = {str(field.key): field for field in asked}
    inputs = {key: _input(by_key[key], value) for key, value in reading.answers.items()}
    return Tried(inputs=inputs, problems=reading.problems)


def _columns(model: Model) -> Iterator[Input]:
    for decision in model.decisions.values():
        yield from decision.table.inputs if decision.table else ()


def _read_by(model: Model, decision: Decision) -> Iterator[str]:
    """The variables that a decision reads; nothing that the model works out itself."""
    for required in decision.requires:
        if required in model.decisions:
            yield from _read_by(model, model.decisions[required])
    drawn = {each.name for each in model.graph.values() if each.kind != "input"}
    for text in expressions_of(decision):
        yield from sorted(free_names(text) - drawn, key=text.find)


def _field(definition: AuthorityDefinition, name: str, column: Input | None) -> Field:
    fact = definition.vocabulary.facts.get(name) or Fact(id=name, type="")
    asked = _asked(definition, name)
    kind = column.type if column and column.type else ""
    label = column.label if column else asked.label or words(name)
    plain = Field(key=name, type="textfield", label=label, required=True)
    if _is_boolean(kind, fact, asked):
        return _choice(plain, {True: "Yes", False: "No"})
    if values := _values(column, fact, asked):
        return _of_values(plain, values, are_many=fact.type == "list")
    if fact.type == "list":
        hint = "Separate several with commas."
        return replace(plain, description=hint, properties={"feel": "list"})
    return _typed(plain, kind, fact, asked)


def _typed(plain: Field, kind: str, fact: Fact, asked: Field) -> Field:
    """A column that is typed as a moment takes one; a case keeps them as texts (ISO 8601)."""
    if kind in _MOMENTS:
        moment = _MOMENTS[kind]
        return replace(plain, type="datetime", subtype=moment, properties={"feel": moment})
    if "datetime" in (fact.type, asked.type):
        return replace(plain, type="datetime", subtype=asked.subtype or "datetime")
    return replace(plain, type="number") if kind in _NUMBERS or asked.type == "number" else plain


def _asked(definition: AuthorityDefinition, name: str) -> Field:
    """The first field of a form that asks for the variable; one that says nothing if none does."""
    found = (field for form in definition.forms.values() for field in form.walk())
    return next((field for field in found if field.key == name), Field(key=name, type=""))


def _is_boolean(kind: str, fact: Fact, asked: Field) -> bool:
    offered = [option.value for option in asked.options]
    return "boolean" in (kind, fact.type) or (
        bool(offered) and all(isinstance(value, bool) for value in offered)
    )


def _values(column: Input | None, fact: Fact, asked: Field) -> tuple[str, ...]:
    listed = column.allowed_values if column and column.allowed_values else ""
    allowed = sorted(tested_texts(listed), key=lambda value: listed.find(f'"{value}"'))
    offered = tuple(str(option.value) for option in asked.options)
    return tuple(dict.fromkeys(tuple(allowed) or fact.values or offered))


def _of_values(field: Field, values: tuple[str, ...], *, are_many: bool) -> Field:
    labels = {value: words(value) for value in values}
    if not are_many:
        return _choice(field, labels)
    options = tuple(Option(value=value, label=label) for value, label in labels.items())
    return replace(field, type="checklist", options=options)


def _choice(field: Field, labels: Mapping[Any, str]) -> Field:
    options = tuple(Option(value=value, label=label) for value, label in labels.items())
    return replace(field, type="radio", options=(*options, _NO_ANSWER))


def _input(field: Field, value: Any) -> Any:
    """An answer as the table reads it: dates as FEEL has them where a column is typed so."""
    feel = field.properties.get("feel", "")
    if feel == "list":
        return [part.strip() for part in str(value).split(",")]
    return _FEEL_VALUES[feel](value) if feel else value
