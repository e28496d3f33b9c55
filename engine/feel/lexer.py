"""Splits FEEL text into its smallest tokens; names with spaces are put together by the parser."""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Final, NamedTuple

from engine.feel.problems import Place, SyntaxProblem

MAX_LENGTH: Final = 20_000
_START: Final = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PART: Final = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_TOKEN: Final = re.compile(
    rf"""(?P<space>[\s\ufeff]+|//[^\n]*|/\*(?s:.*?)\*/)
    |(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<string>"(?:[^"\\]|\\(?s:.))*")
    |(?P<word>[{_START}][{_PART}]*)
    |(?P<symbol>\.\.|\*\*|<=|>=|!=|->|[^"])""",
    re.VERBOSE,
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


class Token(NamedTuple):
    """A smallest piece of the text; `kind` is word, number, string, symbol or end."""

    kind: str
    text: str
    place: Place


def scan(text: str, source: str | None = None) -> list[Token]:
    """All tokens of the text and one at its end; raises SyntaxProblem."""
    if len(text) > MAX_LENGTH:
        raise SyntaxProblem(
            f"The expression is longer than {MAX_LENGTH:,} characters", Place(1, 1, source)
        )
    line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
    tokens, position = [], 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        place = _place(line_starts, position, source)
        if match is None:
            raise SyntaxProblem('The text that starts with " has no end', place)
        if match.lastgroup != "space":
            if text.startswith("/*", position):
                raise SyntaxProblem("The comment that starts with /* has no end", place)
            tokens.append(Token(match.lastgroup or "", match.group(), place))
        position = match.end()
    tokens.append(Token("end", "", _place(line_starts, position, source)))
    return tokens


@lru_cache(maxsize=4096)
def name_parts(name: str) -> tuple[str, ...]:
    """The texts of the tokens that a name consists of; none for what cannot be a name."""
    try:
        return tuple(token.text for token in scan(name)[:-1])
    except SyntaxProblem:
        return ()


def unescape(token: Token) -> str:
    """The text that a string token stands for."""
    body = token.text[1:-1]
    if "\\" not in body:
        return body
    plain = _ESCAPE.sub(_character, body)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(match: re.Match[str]) -> str:
    short, long, other = match.groups()
    if other is not None:
        return _ESCAPED.get(other, "\\" + other)
    code = int(short or long, 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"  # noqa: PLR2004 - last code point


def _place(line_starts: list[int], position: int, source: str | None) -> Place:
    line = bisect_right(line_starts, position)
    return Place(line, position - line_starts[line - 1] + 1, source)
