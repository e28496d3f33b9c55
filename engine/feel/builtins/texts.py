"""How FEEL writes a value as text."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from engine.feel.numbers import number_text
from engine.feel.run import Value, limited
from engine.feel.values import Function, Range

_PLAIN_KEY: Final = re.compile(r"[^\W\d][\w ]*")


def text_of(value: Value) -> str:
    """The value as `string()` gives it: texts as they are, inside others in quotes."""
    return value if isinstance(value, str) else _written(value)


def _written(value: Value) -> str:
    write = _WRITERS.get(type(value))
    return limited(write(value) if write else str(value))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else _quoted(key)


def _range(bounds: Range) -> str:
    if bounds.negated:
        return f"!={_written(bounds.low)}"
    low = "" if bounds.low is None else _written(bounds.low)
    high = "" if bounds.high is None else _written(bounds.high)
    start, end = "[" if bounds.low_included else "(", "]" if bounds.high_included else ")"
    return f"{start}{low or 'null'}..{high or 'null'}{end}"


def _function(function: Function) -> str:
    return f"function({', '.join(function.parameters)})"


def _joined(parts: list[str]) -> str:
    return limited(", ".join(parts))


_WRITERS: Final[Mapping[type, Callable[[Any], str]]] = {
    type(None): lambda value: "null",
    bool: lambda value: "true" if value else "false",
    str: _quoted,
    Decimal: number_text,
    list: lambda value: f"[{_joined([_written(item) for item in value])}]",
    dict: lambda value: (
        f"{{{_joined([f'{_key(key)}: {_written(item)}' for key, item in value.items()])}}}"
    ),
    Range: _range,
    Function: _function,
}
