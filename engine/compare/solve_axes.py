"""The inputs of two tables as values: axes cut into pieces, and the groups they are searched in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.dmn.check.columns import Piece
from engine.feel.compare import less
from engine.feel.run import Value
from engine.feel.values import from_python, kind_of


class Unsolvable(Exception):
    """Why it cannot be told on which inputs two tables part, as a sentence."""


@dataclass(frozen=True, kw_only=True)
class Axis:
    """A variable, or an expression that is none: its pieces, the missing input last.

    `constants` has a bit for every piece that cells compare with: others of a scale are stretches
    between two; `open` has one for the piece of all that is not named.
    """

    name: str
    pieces: tuple[Piece, ...]
    is_ordered: bool
    constants: int
    open: int
    is_variable: bool = True

    @property
    def everything(self) -> int:
        """A bit for every piece."""
        return (1 << len(self.pieces)) - 1

    def place(self, value: Any) -> int | None:
        """The piece that a value belongs to; None where there is none, for it cannot come."""
        if value is None:
            return len(self.pieces) - 1
        found = from_python(value)
        kind = kind_of(found)
        alike = [at for at, p in enumerate(self.pieces[:-1]) if kind_of(p.value) == kind]
        same = next((at for at in alike if self.pieces[at].value == found), None)
        if same is not None:
            return same
        return self._between(found, alike) if self.is_ordered else self._open()

    def _between(self, value: Any, places: Sequence[int]) -> int | None:
        """The stretch between two constants that the value lies in."""
        below = [at for at in places if self.constants >> at & 1 and self._is_below(at, value)]
        at = below[-1] + 1 if below else 0
        return at if at in places and not self.constants >> at & 1 else None

    def _is_below(self, at: int, value: Value) -> bool:
        return bool(less(self.pieces[at].value, value))

    def _open(self) -> int | None:
        """The piece of all that no cell names."""
        return self.open.bit_length() - 1 if self.open else None


@dataclass(frozen=True, kw_only=True)
class Group:
    """Axes that are searched as one, for an expression reads them together."""

    axes: tuple[int, ...]
    points: tuple[tuple[int, ...], ...]  # places of pieces, in the order of the axes
    accepts: tuple[tuple[int, ...], ...]  # of each table, for each rule: a bit for every point


@dataclass(frozen=True, kw_only=True)
class Space:
    """All axes of two tables, and the groups in which they are searched."""

    axes: tuple[Axis, ...]
    groups: tuple[Group, ...]
    kept: frozenset[str]  # variables that results are computed from
    is_dependent: bool  # an expression that could not be taken apart reads variables of others
