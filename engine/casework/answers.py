"""What a form asks now, and whether an answer will do."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from engine import feel
from engine.casework.facts import plain
from engine.definitions.model import Field, Form
from engine.errors import Invalid

LONGEST_TEXT = 20_000
MOST_ENTRIES = 50  # of a repeated group: no contact names more children

Reader = Callable[[Field, Any, ZoneInfo], Any]

_SHOWN_ONLY = frozenset({"text", "separator", "spacer"})
_EMPTY: tuple[Any, ...] = (None, "", [])


class InvalidAnswers(Invalid):
    """Answers that a task cannot take; `problems` has a sentence for each field key."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{key}: {sentence}" for key, sentence in problems.items()))
        self.problems = dict(problems)


def is_hidden(field: Field, known: Mapping[str, Any]) -> bool:
    """Say whether the field's condition hides it, given what is known and answered."""
    return field.hide is not None and feel.evaluate(field.hide, known) is True


def visible_fields(form: Form, known: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return the fields shown now, groups opened, with the groups and texts themselves."""
    return tuple(_visible(form.fields, known))


def _visible(fields: tuple[Field, ...], known: Mapping[str, Any]) -> list[Field]:
    shown: list[Field] = []
    for field in fields:
        if is_hidden(field, known):
            continue
        shown.append(field)
        if field.type == "group":
            shown.extend(_visible(field.fields, known))
    return shown


def asked(form: Form, known: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return the visible fields that take an answer."""
    fields = visible_fields(form, known)
    return tuple(f for f in fields if f.key and f.type not in _SHOWN_ONLY and f.type != "group")


def clauses_shown(form: Form, variables: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the clauses that the visible fields cite, those of each entry of a list too."""
    found: dict[str, None] = {}
    for field in visible_fields(form, variables):
        found.update(dict.fromkeys(field.clauses))
        entries = variables.get(str(field.key)) if field.type == "dynamiclist" else None
        for entry in entries or ():
            inner = Form(id="", file="", fields=field.fields)
            found.update(dict.fromkeys(clauses_shown(inner, entry)))
    return tuple(found)


def validate_answers(
    form: Form, answers: Mapping[str, Any], variables: Mapping[str, Any], *, zone: ZoneInfo
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the answers as JSON data, and a sentence for each key whose answer will not do.

    Answers to hidden fields are dropped, as the form's viewer does; a key that the form does not
    have is a problem.
    """
    known = {**variables, **plain(dict(answers), zone)}
    clean: dict[str, Any] = {}
    problems = {
        key: "is not asked here" for key in answers if key not in {f.key for f in form.walk()}
    }
    for field in asked(form, known):
        _take(field, plain(answers.get(str(field.key)), zone), zone, (clean, problems))
    return clean, problems


def _take(
    field: Field, value: Any, zone: ZoneInfo, into: tuple[dict[str, Any], dict[str, str]]
) -> None:
    clean, problems = into
    key = str(field.key)
    if value in _EMPTY or (field.type == "checkbox" and field.required and value is not True):
        if field.required:
            problems[key] = _missing(field)
        return
    if field.type == "dynamiclist":
        clean[key] = _entries(field, value, zone, problems)
        return
    try:
        read: Reader = _READERS.get(field.type, _text)
        clean[key] = read(field, value, zone)
    except Invalid as error:
        problems[key] = str(error)


def _missing(field: Field) -> str:
    message = field.properties.get("error.required")
    if message:
        return message
    verb = "Select" if field.options or field.type == "checkbox" else "Enter"
    return f"{verb} an answer to “{field.label or field.key}”"


def _entries(field: Field, value: Any, zone: ZoneInfo, problems: dict[str, str]) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_ENTRIES:
        problems[str(field.key)] = f"must be a list of at most {MOST_ENTRIES} entries"
        return []
    entries = []
    for index, entry in enumerate(value):
        inner = Form(id="", file="", fields=field.fields)
        given = entry if isinstance(entry, Mapping) else {}
        clean, found = validate_answers(inner, given, {}, zone=zone)
        problems.update({f"{field.key}.{index}.{key}": text for key, text in found.items()})
        entries.append(clean)
    return entries


def _text(field: Field, value: Any, _zone: ZoneInfo) -> str:
    if not isinstance(value, str):
        raise Invalid("must be text")
    text = value.replace("\r\n", "\n").strip()
    longest = int(field.validation.get("maxLength", LONGEST_TEXT))
    if len(text) > longest:
        raise Invalid(f"must be {longest} characters or fewer; it has {len(text)}")
    shortest = int(field.validation.get("minLength", 0))
    if len(text) < shortest:
        raise Invalid(f"must be {shortest} characters or more")
    if field.validation.get("validationType") == "email" and not re.fullmatch(
        r"[^@\s]{1,64}@[^@\s]{1,255}", text
    ):
        raise Invalid("must be an e-mail address, like name@example.com")
    return text


def _number(field: Field, value: Any, _zone: ZoneInfo) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Invalid("must be a number")
    if isinstance(value, float) and not math.isfinite(value):
        raise Invalid("must be a number")
    least, most = field.validation.get("min"), field.validation.get("max")
    if least is not None and value < float(least):
        raise Invalid(f"must be {least} or more")
    if most is not None and value > float(most):
        raise Invalid(f"must be {most} or less")
    return value


def _choice(field: Field, value: Any, _zone: ZoneInfo) -> Any:
    for option in field.options:
        if option.value == value and type(option.value) is type(value):
            return value
    raise Invalid("must be one of the choices offered")


def _choices(field: Field, value: Any, zone: ZoneInfo) -> list[Any]:
    if not isinstance(value, list):
        raise Invalid("must be a list of the choices offered")
    chosen = [_choice(field, item, zone) for item in value]
    return list(dict.fromkeys(chosen))


def _tick(_field: Field, value: Any, _zone: ZoneInfo) -> bool:
    if not isinstance(value, bool):
        raise Invalid("must be ticked or not")
    return value


def _files(_field: Field, value: Any, _zone: ZoneInfo) -> list[str]:
    """The names of files; the files themselves are kept beside the case."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise Invalid("must be a list of the names of files")
    return value


def _moment(field: Field, value: Any, zone: ZoneInfo) -> str:
    try:
        if field.subtype == "date":
            return date.fromisoformat(str(value)).isoformat()
        if field.subtype == "time":
            return time.fromisoformat(str(value)).isoformat()
        instant = datetime.fromisoformat(str(value))
        instant.astimezone(zone)
    except (ValueError, OverflowError) as error:
        shape = {"date": "27 3 2026", "time": "15:10"}.get(field.subtype or "", "27 3 2026 15:10")
        wanted = field.subtype if field.subtype in ("date", "time") else "date and time"
        raise Invalid(f"must be a real {wanted}, like {shape}") from error
    return (instant if instant.tzinfo else instant.replace(tzinfo=zone)).isoformat()


_READERS: Mapping[str, Reader] = {
    "number": _number,
    "radio": _choice,
    "select": _choice,
    "checklist": _choices,
    "taglist": _choices,
    "checkbox": _tick,
    "datetime": _moment,
    "filepicker": _files,
}
