"""Regular expressions in time linear in the text: XPath's flags and classes upon RE2."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import re2

from engine.feel.builtins.charclass import subtracted
from engine.feel.problems import Failure

MAX_PATTERN: Final = 1000
_FLAGS: Final = frozenset("smixq")
_INITIAL: Final = r"\pL_:"
_NAME: Final = _INITIAL + r"\-.\d\x{B7}"
_ATOM: Final = re.compile(r"\\[pP]\{(\w[\w-]*)\}|\\(.)|(\[\^?)|(\])|(.)", re.DOTALL)
_SUBTRACTION: Final = re.compile(r"\[[^\[\]]*-\[[^\[\]]*\]\]")
_REFERENCE: Final = re.compile(r"\\(.)|\$(\d+)|(\$)|(\\)", re.DOTALL)
_BLOCKS: Final[Mapping[str, str]] = {
    "IsBasicLatin": r"\x{0}-\x{7F}",
    "IsLatin-1Supplement": r"\x{80}-\x{FF}",
    "IsLatinExtended-A": r"\x{100}-\x{17F}",
    "IsLatinExtended-B": r"\x{180}-\x{24F}",
    "IsGreek": r"\x{370}-\x{3FF}",
    "IsGreekandCoptic": r"\x{370}-\x{3FF}",
    "IsCyrillic": r"\x{400}-\x{4FF}",
    "IsHebrew": r"\x{590}-\x{5FF}",
    "IsArabic": r"\x{600}-\x{6FF}",
    "IsDevanagari": r"\x{900}-\x{97F}",
    "IsThai": r"\x{E00}-\x{E7F}",
    "IsHiragana": r"\x{3040}-\x{309F}",
    "IsKatakana": r"\x{30A0}-\x{30FF}",
    "IsCJKUnifiedIdeographs": r"\x{4E00}-\x{9FFF}",
}


@lru_cache(maxsize=512)
def compiled(pattern: str, flags: str) -> Any:
    """The pattern ready for use; raises Failure when RE2 does not take it."""
    if len(pattern) > MAX_PATTERN:
        raise Failure(f"A pattern is longer than {MAX_PATTERN} characters")
    if not set(flags) <= _FLAGS:
        raise Failure(f"There are no flags {flags!r}")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 8 << 20
    body = re2.escape(pattern) if "q" in flags else _translated(pattern, flags)
    inline = "".join(flag for flag in "smi" if flag in flags)
    try:
        return re2.compile(f"(?{inline})(?:{body})" if inline else body, options)
    except re2.error as error:
        raise Failure(f"{pattern!r} is no pattern") from error


def replacement(text: str, groups: int) -> str:
    """XPath's `$1` as RE2 writes it; raises Failure for a lone `$` or backslash."""

    def translate(match: re.Match[str]) -> str:
        escaped, reference, dollar, backslash = match.groups()
        if dollar or backslash or (escaped and escaped not in "$\\"):
            raise Failure(f"{text!r} is no replacement")
        if escaped:
            return "\\\\" if escaped == "\\" else "$"
        return _group(reference, groups)

    return _REFERENCE.sub(translate, text)


def _group(digits: str, groups: int) -> str:
    """The longest number that is a group; the digits after it are plain text."""
    for length in range(len(digits), 0, -1):
        if int(digits[:length]) <= groups:
            return f"\\g<{int(digits[:length])}>{digits[length:]}"
    return ""


def _translated(pattern: str, flags: str) -> str:
    pattern = _without_space(pattern) if "x" in flags else pattern
    parts, position, in_class = [], 0, False
    while match := _ATOM.match(pattern, position):
        _, _, opening, closing, _ = match.groups()
        if opening and _SUBTRACTION.match(pattern, position):
            part, position = subtracted(pattern, position)
        elif opening and in_class:
            raise Failure("Nested character classes are not supported")
        else:
            part, position = _atom(match, flags, in_class=in_class), match.end()
            in_class = (in_class or bool(opening)) and not closing
        parts.append(part)
    return "".join(parts)


def _atom(match: re.Match[str], flags: str, *, in_class: bool) -> str:
    block, escaped, _, _, plain = match.groups()
    if block in _BLOCKS:
        return _block(block, match.group()[1] == "P", in_class=in_class)
    if escaped:
        return _escape(escaped, in_class=in_class)
    if plain == "." and not in_class and "s" not in flags:
        return r"[^\n\r]"
    return match.group()


def _without_space(pattern: str) -> str:
    """The pattern as flag `x` reads it: white space counts in classes only."""
    parts, in_class, previous = [], False, ""
    for character in pattern:
        if character == "[" and previous != "\\":
            in_class = True
        elif character == "]" and previous != "\\":
            in_class = False
        if in_class or not character.isspace():
            parts.append(character)
            previous = character
    return "".join(parts)


def _block(name: str, negated: bool, *, in_class: bool) -> str:
    if in_class and negated:
        raise Failure(r"\P inside a character class is not supported")
    return _BLOCKS[name] if in_class else f"[{'^' if negated else ''}{_BLOCKS[name]}]"


def _escape(character: str, *, in_class: bool) -> str:
    if character.isdigit():
        raise Failure("References to earlier groups are not supported")
    members = {"i": _INITIAL, "c": _NAME}.get(character.lower())
    if members is None:
        return f"\\{character}"
    if in_class:
        return members
    return f"[{'^' if character.isupper() else ''}{members}]"
