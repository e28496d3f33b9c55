"""Compares what two forms ask: fields, their types, and when they are asked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engine.compare import expressions
from engine.compare.citing import clauses_unlike
from engine.compare.difference import Difference, Pair, feel, in_words, spoken
from engine.definitions.model import Field, Form


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A field by its full key, with what hides the groups around it."""

    key: str
    field: Field
    hidden_by: tuple[str, ...] = ()


def form_differences(pair: Pair, a: Form, b: Form) -> Iterator[Difference]:
    """Each field that is asked on one side only, and each property in which fields differ."""
    ours, theirs = tuple(_asked(a.fields)), tuple(_asked(b.fields))
    matched, removed, added = _matched(ours, theirs)
    for one in removed:
        place = (a.id, one.key)
        values, said = (_contents(one), None), (_named(one), None)
        yield pair.differs("field_removed", place, values, _asks(a), said=said)
    for one in added:
        place = (a.id, one.key)
        values_b, said_b = (None, _contents(one)), (None, _named(one))
        yield pair.differs("field_added", place, values_b, _asks(a), said=said_b)
    for first, second in matched:
        yield from _field(pair, a, first, second)
    yield from _groups(pair, a, matched)


def _asked(
    fields: Sequence[Field], prefix: str = "", hidden_by: tuple[str, ...] = ()
) -> Iterator[Asked]:
    for field in fields:
        key = f"{prefix}{field.key}" if field.key else prefix
        if field.key:
            yield Asked(key=key, field=field, hidden_by=hidden_by)
        hides = (feel(field.hide) or "",) if field.hide and not field.key else ()
        inner = f"{key}." if field.key else prefix
        yield from _asked(field.fields, inner, (*hidden_by, *hides))


def _matched(
    ours: Sequence[Asked], theirs: Sequence[Asked]
) -> tuple[list[tuple[Asked, Asked]], list[Asked], list[Asked]]:
    """Fields of one key, equal ones first; then what each side alone asks."""
    rest, matched, single = list(theirs), [], list(ours)
    for is_alike in (_is_equal, _has_same_key):
        for one in tuple(single):
            other = next((each for each in rest if is_alike(one, each)), None)
            if other is not None:
                single.remove(one)
                rest.remove(other)
                matched.append((one, other))
    return matched, single, rest


def _has_same_key(a: Asked, b: Asked) -> bool:
    return a.key == b.key


def _is_equal(a: Asked, b: Asked) -> bool:
    return _has_same_key(a, b) and a.hidden_by == b.hidden_by and _says(a.field) == _says(b.field)


def _says(field: Field) -> dict[str, Any]:
    """What a field says, options apart."""
    kind = f"{field.type} {field.subtype}" if field.subtype else field.type
    return {
        "type": kind,
        "required": field.required,
        "hide": feel(field.hide),
        "default": field.default,
        "validation": dict(field.validation) or None,
        "options": sorted(_options(field), key=str),
    }


def _options(field: Field) -> list[Any]:
    return [option.value for option in field.options]


def _field(pair: Pair, form: Form, a: Asked, b: Asked) -> Iterator[Difference]:
    ours, theirs = _says(a.field), _says(b.field)
    for kind in (each for each in ours if each != "options" and ours[each] != theirs[each]):
        subject = f"{_subject(form, a)}: {_WORDS[kind]}"
        values = (ours[kind], theirs[kind])
        said = (_said(kind, values[0]), _said(kind, values[1]))
        yield pair.differs(f"field_{kind}", (form.id, a.key), values, subject, said=said)
    yield from _citations(pair, form, a, b)
    here, there = _options(a.field), _options(b.field)
    subject = f"{_subject(form, a)}: an answer that is offered"
    for value in (each for each in here if each not in there):
        said = (_option(a.field, value), None)
        yield pair.differs("option_removed", (form.id, a.key), (value, None), subject, said=said)
    for value in (each for each in there if each not in here):
        said_b = (None, _option(b.field, value))
        yield pair.differs("option_added", (form.id, a.key), (None, value), subject, said=said_b)


def _citations(pair: Pair, form: Form, a: Asked, b: Asked) -> Iterator[Difference]:
    """Other clauses; of versions of one authority also another assumption or guidance."""
    place = (form.id, a.key)
    if clauses_unlike(pair, a.field.clauses, b.field.clauses):
        clauses = (sorted(a.field.clauses), sorted(b.field.clauses))
        yield pair.differs("field_clauses", place, clauses, f"{_subject(form, a)}: clauses")
    for kind, read in _TOLD.items() if pair.is_one_authority else ():
        values = (read(a.field), read(b.field))
        if values[0] != values[1]:
            yield pair.differs(f"field_{kind}", place, values, f"{_subject(form, a)}: {kind}")


_TOLD: dict[str, Callable[[Field], str | None]] = {
    "assumption": lambda field: field.properties.get("source.assumption"),
    "hint": lambda field: " ".join(field.description.split()) or None,
}
_WORDS = {
    "type": "type",
    "required": "has to be answered",
    "hide": "hidden when",
    "default": "answer that is given beforehand",
    "validation": "answers that are allowed",
}


def _groups(pair: Pair, form: Form, matched: Sequence[tuple[Asked, Asked]]) -> Iterator[Difference]:
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for a, b in matched:
        if a.hidden_by != b.hidden_by:
            found.setdefault((a.hidden_by, b.hidden_by), []).append(a.key)
    for (ours, theirs), keys in found.items():
        values = (" or ".join(ours) or None, " or ".join(theirs) or None)
        named = ", ".join(_named(a) for a, _ in matched if a.key in keys)
        subject = f"{spoken(form.id)}, {named}: hidden when"
        said = (_said("hide", values[0]), _said("hide", values[1]))
        yield pair.differs("group_hide", (form.id, form.id), values, subject, said=said)


def _subject(form: Form, asked: Asked) -> str:
    return f"{spoken(form.id)}, {_named(asked)}"


def _asks(form: Form) -> str:
    return f"{spoken(form.id)}: question"


def _named(asked: Asked) -> str:
    """A question by its words."""
    return f"“{asked.field.label or spoken(asked.key)}”"


def _option(field: Field, value: Any) -> str:
    """An answer that may be chosen, as the form words it."""
    labels = [option.label for option in field.options if option.value == value]
    return f"“{next(iter(labels), '') or value}”"


def _said(kind: str, value: Any) -> Any:
    """What a field says, in words."""
    if kind == "hide" and value:
        return expressions.in_words(value)
    if kind == "type":
        return _TYPES.get(value, value)
    if kind == "validation" and value:
        return ", ".join(_VALID.get(key, key + " {}").format(each) for key, each in value.items())
    return value


_TYPES = {
    "textfield": "a line of text",
    "textarea": "several lines of text",
    "number": "a number",
    "radio": "one of the answers",
    "select": "one of a list of answers",
    "checklist": "any of the answers",
    "checkbox": "a tick",
    "datetime date": "a date",
    "datetime time": "a time",
    "datetime datetime": "a date and a time",
}
_VALID = {
    "minLength": "at least {} letters",
    "maxLength": "at most {} letters",
    "min": "at least {}",
    "max": "at most {}",
    "pattern": "written like {}",
}


def told_of_form(form: Form) -> Iterator[str]:
    """Everything that a form asks."""
    for asked in _asked(form.fields):
        yield f"{asked.key}: {', '.join(_contents(asked))}"


def _contents(asked: Asked) -> list[str]:
    """A question and everything that it says."""
    said = {**_says(asked.field), "options": sorted(map(str, _options(asked.field)))}
    told = [f"{_WORDS.get(kind, kind)}: {in_words(v)}" for kind, v in said.items() if v]
    return [_told(asked.field), *told, *(f"hidden when {each}" for each in asked.hidden_by)]


def _told(field: Field) -> str:
    return f"“{field.label}”" if field.label else field.type
