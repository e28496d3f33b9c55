"""What a table answers when rules match: its hit policy."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

from engine.errors import Invalid
from engine.feel.builtins import FUNCTIONS
from engine.feel.compare import equal
from engine.feel.problems import Failure
from engine.feel.run import Run, Value

POLICIES: Final = (
    "UNIQUE",
    "ANY",
    "PRIORITY",
    "FIRST",
    "OUTPUT ORDER",
    "RULE ORDER",
    "COLLECT",
)
AGGREGATIONS: Final[Mapping[str, str]] = {
    "SUM": "sum",
    "MIN": "min",
    "MAX": "max",
    "COUNT": "count",
}
SINGLE: Final = frozenset(("UNIQUE", "ANY", "PRIORITY", "FIRST"))


class AmbiguousRules(Invalid):
    """Rules match together that their table's hit policy does not allow together."""

    def __init__(self, table: str, rules: Sequence[str], reason: str) -> None:
        super().__init__(f"{table}: {reason}: {', '.join(rules)}")
        self.table = table
        self.rules = tuple(rules)


class Hit(Protocol):
    """A rule that matched."""

    @property
    def id(self) -> str:
        """The rule's id."""


Answers = Sequence[tuple[Hit, tuple[Value, ...]]]
Ranking = Callable[[tuple[Value, ...]], tuple[int, ...]]


def choose(policy: str, table: str, answers: Answers, rank: Ranking) -> Answers:
    """The answers that count, in the order in which they count; raises AmbiguousRules."""
    if policy in ("PRIORITY", "OUTPUT ORDER"):
        answers = sorted(answers, key=lambda answer: rank(answer[1]))
    if policy == "UNIQUE" and len(answers) > 1:
        rules = [hit.id for hit, _ in answers]
        raise AmbiguousRules(table, rules, "more than one rule of a unique table matches")
    if policy == "ANY":
        _check_any(table, answers)
    return answers[:1] if policy in SINGLE else answers


def aggregate(run: Run, aggregation: str, values: list[Value]) -> Value:
    """The values of a collecting table as one; null where they cannot be put together."""
    try:
        return FUNCTIONS[AGGREGATIONS[aggregation]].invoke(run, [values])
    except Failure as failure:
        run.warn(failure)
        return None


def _check_any(table: str, answers: Answers) -> None:
    for hit, outputs in answers[1:]:
        first, expected = answers[0]
        if any(equal(one, other) is not True for one, other in zip(outputs, expected, strict=True)):
            reason = "rules match together that give different outputs"
            raise AmbiguousRules(table, [first.id, hit.id], reason)
