"""Steps through the tokens of an expression and knows which names with spaces exist."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

from engine.feel.lexer import Token, name_parts, scan
from engine.feel.problems import Place, SyntaxProblem

MAX_NESTING: Final = 60
KEYWORDS: Final = frozenset(
    (
        *("if", "then", "else", "for", "in", "return", "some", "every", "satisfies"),
        *("and", "or", "between", "instance", "function", "external", "true", "false", "null"),
    )
)
_CLOSERS: Final = {")": "to close (", "]": "to close [", "}": "to close {"}


class Names:
    """The names of more than one token, by their first token and their length."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, dict[int, dict[tuple[str, ...], str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Make one more name known."""
        parts = name_parts(name)
        if len(parts) > 1:
            by_length = self._by_first.setdefault(parts[0], {})
            by_length.setdefault(len(parts), {})[parts] = name

    def match(self, tokens: list[Token], index: int) -> tuple[int, str] | None:
        """The longest known name that starts at a token: how many tokens, and the name."""
        by_length = self._by_first.get(tokens[index].text)
        for length in sorted(by_length or (), reverse=True):
            texts = tuple(token.text for token in tokens[index : index + length])
            if by_length and texts in by_length[length]:
                return length, by_length[length][texts]
        return None


class Cursor:
    """The place in the tokens, and the questions that a parser asks there."""

    def __init__(self, text: str, known: Iterable[Names], source: str | None) -> None:
        self._tokens = scan(text, source)
        self._index = 0
        self._depth = 0
        self._known = list(known)
        self.keys = Names(())  # those of all contexts so far: any of them may follow a dot

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self._tokens[self._index]

    @property
    def place(self) -> Place:
        """Where the next token stands."""
        return self.token.place

    def ahead(self, count: int) -> Token:
        """The token after `count` others, or the end."""
        return self._tokens[min(self._index + count, len(self._tokens) - 1)]

    def take(self) -> Token:
        """Step over the next token."""
        token = self.token
        if token.kind != "end":
            self._index += 1
        return token

    def sees(self, *texts: str) -> bool:
        """Whether the next token is one of these symbols or keywords."""
        return self.token.kind in ("symbol", "word") and self.token.text in texts

    def accept(self, text: str) -> bool:
        """Step over the next token if it is this one."""
        found = self.sees(text)
        if found:
            self._index += 1
        return found

    def expect(self, text: str, reason: str = "") -> None:
        """Step over this token, or say that it is missing."""
        if not self.accept(text):
            self.missing(f"{text} {reason or _CLOSERS.get(text, '')}".rstrip())

    def missing(self, wanted: str) -> NoReturn:
        """Say what was expected instead of the next token."""
        raise SyntaxProblem(f"Expected {wanted}, found {_shown(self.token)}", self.place)

    @contextmanager
    def nested(self) -> Iterator[None]:
        """One level deeper into brackets and the like."""
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise SyntaxProblem(
                f"The expression is nested more than {MAX_NESTING} levels deep", self.place
            )
        try:
            yield
        finally:
            self._depth -= 1

    @contextmanager
    def knowing(self, names: Iterable[str]) -> Iterator[Names]:
        """Names that are known within a part of the expression only."""
        layer = Names(names)
        self._known.append(layer)
        try:
            yield layer
        finally:
            self._known.pop()

    def known_name(self) -> str | None:
        """Step over a name of several tokens that is known here."""
        return self._known_in(self._known)

    def member_name(self) -> str:
        """Step over the name after a dot; words that stand side by side belong together."""
        if name := self._known_in((*self._known, self.keys)):
            return name
        words = [self._word("a name after the dot")]
        while self.token.kind == "word" and self.token.text not in KEYWORDS:
            words.append(self.take().text)
        return " ".join(words)

    def name_until(self, *ends: str) -> str:
        """Step over all tokens up to one of the ends: together they are a name."""
        tokens: list[Token] = []
        while not (self.sees(*ends) or self.token.kind in ("end", "string")):
            if self.token.text in ("(", ")", "[", "]", "{", "}", ",", ":"):
                break
            tokens.append(self.take())
        if not tokens or tokens[0].kind == "number":
            self.missing("a name")
        return join(tokens)

    def is_named(self) -> bool:
        """Whether a name and a colon come next, as in a context or a named argument."""
        count = 0
        while (
            self.ahead(count).kind in ("word", "number") or self.ahead(count).text in NAME_SYMBOLS
        ):
            count += 1
        return count > 0 and self.ahead(count).text == ":"

    def _word(self, wanted: str) -> str:
        if self.token.kind != "word":
            self.missing(wanted)
        return self.take().text

    def _known_in(self, layers: Iterable[Names]) -> str | None:
        matches = [found for names in layers if (found := names.match(self._tokens, self._index))]
        if not matches:
            return None
        count, name = max(matches)
        self._index += count
        return name


NAME_SYMBOLS: Final = frozenset((".", "/", "-", "'", "+", "*", "’"))


def join(tokens: list[Token]) -> str:
    """The name that tokens make: as written, with single spaces where there were any."""
    text, end = "", None
    for token in tokens:
        gap = end is not None and (token.place.line, token.place.column) != end
        text += (" " if gap else "") + token.text
        end = (token.place.line, token.place.column + len(token.text))
    return text


def _shown(token: Token) -> str:
    if token.kind == "end":
        return "the end"
    return token.text if len(token.text) < 40 else token.text[:40] + "…"  # noqa: PLR2004
