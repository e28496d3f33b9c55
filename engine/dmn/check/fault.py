"""What the analysis of a decision table finds, and how much work it may spend."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal[
    "gap",
    "overlap",
    "conflict",
    "unreachable",
    "shadowed",
    "duplicate",
    "unused",
    "type",
    "unproved",
    "large",
]
MAX_STEPS: Final = 1_500_000  # of one file: two or three seconds


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that a table says wrongly, or that could not be told; `element` is an id."""

    kind: Kind
    element: str | None
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a variable from elsewhere: its FEEL kind, and its values if listed."""

    kind: str
    values: tuple[str, ...] = ()


Knowledge = Mapping[str, Known]


class OverBudget(Exception):
    """The analysis takes more steps than it may."""


@dataclass
class Budget:
    """Counts the steps of an analysis; `spend` raises OverBudget when there are none left."""

    left: int = field(default=MAX_STEPS)

    def spend(self, steps: int) -> None:
        """Take steps from what is left."""
        self.left -= steps
        if self.left < 0:
            raise OverBudget
