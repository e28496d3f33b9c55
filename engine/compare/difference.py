"""A single difference between two authorities, versions or drafts, and how it is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.definitions import AuthorityDefinition
from engine.feel import SyntaxProblem
from engine.feel.lexer import Token, scan

NOTHING = "nothing"
_OPENING = ("(", "[", "{", ".")
_CLOSING = (")", "]", "}", ".", ",")
_SPACED = ("and", "or", "if", "then", "else", "in", "return", "satisfies", "between")


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the definitions that are compared: the key it goes by, and its name in sentences."""

    key: str
    name: str
    definition: AuthorityDefinition


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What one definition says and the other does not, or says otherwise."""

    authorities: tuple[str, str]
    kind: str
    part: str  # the id of the diagram, table or form
    element: str  # the id of the element, flow, row, column or question in it
    a: Any
    b: Any
    sentence: str
    there: str | None = None  # the element's id on the second side, where it is another

    def to_json(self) -> dict[str, Any]:
        """The difference as JSON data, in the contract's words."""
        return {
            "authorities": list(self.authorities),
            "kind": self.kind,
            "element": self.element,
            "a": self.a,
            "b": self.b,
            "sentence": self.sentence,
        }


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two sides, in the order in which they are told."""

    a: Side
    b: Side

    @property
    def is_one_authority(self) -> bool:
        """Whether both sides are versions or drafts of one authority."""
        return self.a.definition.id == self.b.definition.id

    def differs(
        self,
        kind: str,
        place: tuple[str, str],
        values: tuple[Any, Any],
        subject: str,
        *,
        said: tuple[Any, Any] | None = None,
    ) -> Difference:
        """A difference at a place: the id of a part, and of what in it; `said` are its words.

        Words in which both sides are alike tell no difference: then the values are told.
        """
        told = "; ".join(
            f"{side.name}: {in_words(value)}"
            for side, value in zip((self.a, self.b), _telling(values, said), strict=True)
        )
        return Difference(
            authorities=(self.a.key, self.b.key),
            kind=kind,
            part=place[0],
            element=place[1],
            a=values[0],
            b=values[1],
            sentence=f"{subject} – {told}.",
        )

    @property
    def definitions(self) -> tuple[AuthorityDefinition, AuthorityDefinition]:
        """What the two sides say."""
        return self.a.definition, self.b.definition


def _telling(values: tuple[Any, Any], said: tuple[Any, Any] | None) -> tuple[Any, Any]:
    return values if said is None or said[0] == said[1] else said


def sides(definitions: Mapping[str, AuthorityDefinition]) -> tuple[Side, ...]:
    """The definitions by their keys; a name that two of them have is told with its key."""
    names = [definition.name for definition in definitions.values()]
    return tuple(
        Side(
            key=key,
            name=found.name if names.count(found.name) == 1 else f"{found.name} ({key})",
            definition=found,
        )
        for key, found in definitions.items()
    )


def in_words(value: Any) -> str:
    """A value in a sentence."""
    if value is None or value in ("", (), []):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {in_words(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(in_words, value))
    return str(value)


def feel(text: str | None) -> str | None:
    """FEEL without what its reader does not see: line breaks, indents, comments."""
    if text is None:
        return None
    try:
        tokens = scan(text)[:-1]
    except SyntaxProblem:
        return " ".join(text.split())
    written = ""
    for before, token in zip([None, *tokens], tokens, strict=False):
        written += token.text if _is_close(before, token) else f" {token.text}"
    return written


def _is_close(before: Token | None, token: Token) -> bool:
    """Whether no space stands between two tokens."""
    if before is None or before.text in _OPENING or token.text in _CLOSING:
        return True
    return token.text == "(" and before.kind == "word" and before.text not in _SPACED


def words(text: str) -> list[str]:
    """The comma separated words of a property, in an order that means nothing; or its FEEL."""
    if text.startswith("="):
        return [feel(text[1:]) or ""]
    return sorted(filter(None, (part.strip() for part in text.split(","))))


def spoken(identifier: str) -> str:
    """An id as a reader says it."""
    return identifier.replace("_", " ").replace(".", " ").capitalize()


def unmatched(first: Iterable[str], second: Iterable[str]) -> list[str]:
    """What is in the first and not in the second, in order."""
    known = set(second)
    return [each for each in first if each not in known]
