"""Character classes with a part taken out, `[A-Z-[OI]]`, which RE2 does not know."""

from typing import Final

from engine.feel.problems import Failure

_PLAIN_ESCAPES: Final = frozenset("\\|.-^?*+{}()[]")
Span = tuple[int, int]


def subtracted(pattern: str, start: int) -> tuple[str, int]:
    """The class that starts at `[`, without the inner one; and where it ends.

    Raises Failure for members other than single characters and spans of them.
    """
    members, index = _members(pattern, start + 1)
    if pattern[index : index + 2] != "-[":
        raise Failure("Nested character classes are not supported")
    without, index = _members(pattern, index + 2)
    if pattern[index : index + 2] != "]]":
        raise Failure("A character class has no end")
    spans = members
    for low, high in without:
        spans = [part for span in spans for part in _cut(span, low, high)]
    if not spans:
        raise Failure("A character class is empty")
    return f"[{''.join(map(_written, spans))}]", index + 2


def _members(pattern: str, index: int) -> tuple[list[Span], int]:
    spans: list[Span] = []
    while index < len(pattern) and pattern[index] not in "[]":
        if pattern[index : index + 2] == "-[":
            break
        low, index = _character(pattern, index)
        high = low
        if pattern[index : index + 1] == "-" and pattern[index + 1 : index + 2] not in ("[", "]"):
            high, index = _character(pattern, index + 1)
        spans.append((low, high))
    return spans, index


def _character(pattern: str, index: int) -> tuple[int, int]:
    if pattern[index] == "\\":
        if pattern[index + 1 : index + 2] not in _PLAIN_ESCAPES:
            raise Failure("Only single characters can be taken out of a character class")
        index += 1
    if index >= len(pattern):
        raise Failure("A character class has no end")
    return ord(pattern[index]), index + 1


def _cut(span: Span, low: int, high: int) -> list[Span]:
    parts = [(span[0], min(span[1], low - 1)), (max(span[0], high + 1), span[1])]
    return [(first, last) for first, last in parts if first <= last]


def _written(span: Span) -> str:
    return f"\\x{{{span[0]:X}}}-\\x{{{span[1]:X}}}"
