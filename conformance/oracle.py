"""Asks feelin, an engine for FEEL written in JavaScript, and compares its values with ours."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from engine import feel
from engine.errors import Invalid
from engine.feel.values import Function, Range, kind_of

CONTEXT: Mapping[str, Any] = {
    "x": 5,
    "s": "b",
    "t": True,
    "n": None,
    "xs": [1, 2, 3],
    "c": {"a": 1, "b": "x"},
}
CHUNK = 1000  # questions to one process
SECONDS = 20
PRECISION = 1e-9  # of feelin's binary numbers


class Question(NamedTuple):
    """An expression, or the unary tests of a cell and the expression of the input."""

    text: str
    input: str | None = None

    def __str__(self) -> str:
        return self.text if self.input is None else f"{self.text}   on   {self.input}"


def theirs(questions: Sequence[Question]) -> list[Any]:
    """What feelin answers, as tagged data; an error where it runs out of memory or time."""
    chunks = [questions[start : start + CHUNK] for start in range(0, len(questions), CHUNK)]
    return [answer for chunk in chunks for answer in _asked(chunk)]


def _asked(questions: Sequence[Question]) -> list[Any]:
    try:
        return _run(questions)
    except subprocess.SubprocessError:
        if len(questions) == 1:
            return [{"error": "feelin ran out of memory or time"}]
        half = len(questions) // 2
        return _asked(questions[:half]) + _asked(questions[half:])


def _run(questions: Sequence[Question]) -> list[Any]:
    lines = [
        json.dumps({name: value for name, value in asked.items() if value is not None})
        for asked in ({**each._asdict(), "context": CONTEXT} for each in questions)
    ]
    done = subprocess.run(
        ["node", "--max-old-space-size=256", "feelin.mjs"],
        cwd=Path(__file__).parent,
        input="\n".join(lines),
        text=True,
        capture_output=True,
        check=True,
        timeout=SECONDS,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def ours(question: Question) -> Any:
    """What engine.feel answers, as tagged data."""
    try:
        if question.input is None:
            return tagged(feel.evaluate(question.text, CONTEXT))
        value = feel.evaluate(question.input, CONTEXT)
        return feel.unary_test(question.text, value, CONTEXT)
    except Invalid as problem:
        return {"error": str(problem)}


def tagged(value: Any) -> Any:
    """A FEEL value in the form in which feelin's answers come."""
    if isinstance(value, list):
        return [tagged(item) for item in value]
    if isinstance(value, dict):
        return {"context": {key: tagged(item) for key, item in value.items()}}
    if isinstance(value, Range):
        ends = [tagged(value.low), tagged(value.high)]
        return {"range": [*ends, value.low_included, value.high_included]}
    if isinstance(value, Function):
        return {"function": True}
    kind = kind_of(value)
    if kind in ("null", "boolean", "string"):
        return value
    return {"number": float(value)} if kind == "number" else {"temporal": str(value)}


def agree(one: Any, other: Any) -> bool:
    """Whether two answers are the same, but for the last digits of binary numbers."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(agree, one, other))
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return type(one) is type(other) and bool(one == other)
    if one.keys() != other.keys():
        return False
    return all(_agree_on(name, one[name], other[name]) for name in one)


def _agree_on(tag: str, one: Any, other: Any) -> bool:
    if tag == "number" and isinstance(other, (int, float)):
        return bool(abs(one - other) <= PRECISION * max(1, abs(one), abs(other)))
    if tag == "temporal":
        return feel.evaluate(f'@"{one}" = @"{other}"') is True
    if tag == "context":
        return bool(one.keys() == other.keys()) and all(agree(one[key], other[key]) for key in one)
    return tag == "error" or agree(one, other)
