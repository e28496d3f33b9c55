"""Built-in functions on texts."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from engine.feel.builtins import regex
from engine.feel.builtins.signature import BuiltIn, built_in
from engine.feel.problems import Failure
from engine.feel.run import Value, limited


@built_in("substring(string: string, start position: number, length?: number)")
def substring(text: str, start: Decimal, length: Decimal | None = None) -> str:
    """Part of a text, counted from 1 or backwards from -1."""
    first = int(start)
    if first == 0 or abs(first) > len(text):
        raise Failure(f"substring: there is no character {start}")
    if length is not None and length < 1:
        raise Failure("substring: length must be at least 1")
    begin = first - 1 if first > 0 else len(text) + first
    return text[begin:] if length is None else text[begin : begin + int(length)]


@built_in("string length(string: string)")
def string_length(text: str) -> Decimal:
    """How many characters."""
    return Decimal(len(text))


@built_in("upper case(string: string)")
def upper_case(text: str) -> str:
    """In capital letters."""
    return limited(text.upper())


@built_in("lower case(string: string)")
def lower_case(text: str) -> str:
    """In small letters."""
    return limited(text.lower())


@built_in("substring before(string: string, match: string)")
def substring_before(text: str, match: str) -> str:
    """What stands before the first match, or nothing."""
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


@built_in("substring after(string: string, match: string)")
def substring_after(text: str, match: str) -> str:
    """What stands after the first match, or nothing."""
    if not match:
        return text
    return text.partition(match)[2]


@built_in("contains(string: string, match: string)")
def contains(text: str, match: str) -> bool:
    """Whether the text holds another."""
    return match in text


@built_in("starts with(string: string, match: string)")
def starts_with(text: str, match: str) -> bool:
    """Whether the text starts with another."""
    return text.startswith(match)


@built_in("ends with(string: string, match: string)")
def ends_with(text: str, match: str) -> bool:
    """Whether the text ends with another."""
    return text.endswith(match)


@built_in("matches(input: string, pattern: string, flags?: string|null)")
def matches(text: str, pattern: str, flags: str | None = None) -> bool:
    """Whether a pattern occurs in the text."""
    return regex.compiled(pattern, flags or "").search(text) is not None


@built_in("replace(input: string, pattern: string, replacement: string, flags?: string|null)")
def replace(text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """The text with every match of a pattern replaced."""
    found = regex.compiled(pattern, flags or "")
    if found.search("") is not None:
        raise Failure("replace: the pattern matches the empty text")
    if len(replacement) * len(text) > MAX_REPLACED:
        raise Failure("replace: the result could be too long")
    literal = "q" in (flags or "")
    wanted = replacement.replace("\\", "\\\\") if literal else None
    return limited(found.sub(wanted or regex.replacement(replacement, found.groups), text))


MAX_REPLACED: Final = 10_000_000


@built_in("split(string: string, delimiter: string)")
def split(text: str, delimiter: str) -> list[Value]:
    """The parts of a text between the matches of a pattern."""
    found = regex.compiled(delimiter, "")
    if found.search("") is not None:
        raise Failure("split: the pattern matches the empty text")
    parts, position = [], 0
    for match in found.finditer(text):
        parts.append(text[position : match.start()])
        position = match.end()
    return [*parts, text[position:]]


@built_in("string join(list: list, delimiter?: string|null)")
def string_join(texts: list[Value], delimiter: str | None = None) -> str:
    """The texts of a list with a delimiter between them; null items are left out."""
    if any(not isinstance(text, str) for text in texts if text is not None):
        raise Failure("string join: every item must be a string")
    present = [text for text in texts if text is not None]
    return limited(_joined(present, delimiter or ""))


def _joined(texts: Sequence[str], delimiter: str) -> str:
    if len(texts) * len(delimiter) > MAX_REPLACED:
        raise Failure("string join: the result would be too long")
    return delimiter.join(texts)


FUNCTIONS: Final[tuple[BuiltIn, ...]] = (
    substring,
    string_length,
    upper_case,
    lower_case,
    substring_before,
    substring_after,
    contains,
    starts_with,
    ends_with,
    matches,
    replace,
    split,
    string_join,
)
