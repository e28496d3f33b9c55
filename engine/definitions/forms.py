"""Reads form-js forms: JSON in, a form's fields out."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from engine.definitions import source as reading
from engine.definitions.model import Field, Form, Option
from engine.definitions.problems import unreadable

MAX_DEPTH = 5

_NOT_SHOWN = {"button", "spacer"}
_TRUE_FALSE = {"true": True, "false": False}


def parse_form(source: bytes, *, file: str) -> Form:
    """The form as written, nothing judged; raises `Unusable` for a file that is no form."""
    data = read_components(source, file=file)
    identifier = data.get("id")
    return Form(
        id=identifier if isinstance(identifier, str) else PurePosixPath(file).stem,
        file=file,
        fields=tuple(_fields(data["components"])),
    )


def read_components(source: bytes, *, file: str) -> dict[str, Any]:
    """The form's JSON, which has a list `components`; raises `Unusable` for anything else."""
    data = reading.read_json(source, file=file)
    if isinstance(data, dict) and isinstance(data.get("components"), list):
        return data
    message = 'The file is not a form-js form: it has no list "components".'
    raise unreadable(file, "file_json", message)


def _fields(components: Sequence[Any], depth: int = 0) -> Iterator[Field]:
    for component in components if depth < MAX_DEPTH else ():
        if isinstance(component, Mapping) and component.get("type") not in _NOT_SHOWN:
            yield _field(component, depth)


def _field(component: Mapping[str, Any], depth: int) -> Field:
    validation = _table(component.get("validate"))
    kind = str(component.get("type", ""))
    options = tuple(_options(component.get("values")))
    return Field(
        key=_string(component.get("path" if kind == "dynamiclist" else "key")),
        type=kind,
        label=_label(component),
        description=_string(component.get("description")) or "",
        text=_string(component.get("text")) or "",
        required=validation.get("required") is True,
        options=options,
        hide=_hide(component),
        default=_default(component.get("defaultValue"), options),
        validation={key: value for key, value in validation.items() if key != "required"},
        properties=_properties(component.get("properties")),
        subtype=_string(component.get("subtype")) if kind == "datetime" else None,
        fields=tuple(_fields(_list(component.get("components")), depth + 1)),
    )


def _label(component: Mapping[str, Any]) -> str:
    names = ("label", "dateLabel", "timeLabel")  # a datetime component has no "label"
    return next((label for name in names if (label := _string(component.get(name)))), "")


def _options(values: Any) -> Iterator[Option]:
    entries = [entry for entry in _list(values) if isinstance(entry, Mapping)]
    # the form editor can only write text, so a pair of "true" and "false" is meant as yes and no
    yes_no = sorted(str(entry.get("value")) for entry in entries) == ["false", "true"]
    for entry in entries:
        value = entry.get("value")
        known = _TRUE_FALSE[value] if yes_no and isinstance(value, str) else value
        yield Option(value=known, label=_string(entry.get("label")) or str(value))


def _default(value: Any, options: Sequence[Option]) -> Any:
    yes_no = any(isinstance(option.value, bool) for option in options)
    if yes_no and isinstance(value, str):
        return _TRUE_FALSE.get(value, value)
    return value


def _hide(component: Mapping[str, Any]) -> str | None:
    condition = _string(_table(component.get("conditional")).get("hide"))
    return condition.strip().removeprefix("=").strip() if condition else None


def _properties(value: Any) -> dict[str, str]:
    return {str(key): str(item).strip() for key, item in _table(value).items()}


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None
