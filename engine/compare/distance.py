"""How far procedures stand apart: the number of questions that two of them answer otherwise."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from engine.compare.matrix import NATIONAL, Row
from engine.compare.questions import SECTIONS

MOST_SECTIONS = 3


@dataclass(frozen=True, kw_only=True)
class Distance:
    """Of how many questions two answer how many otherwise."""

    a: str
    b: str
    parted: int
    of: int


def distance(rows: Sequence[Row], a: str, b: str) -> Distance:
    """How far two stand apart; with the national rules, only where those speak."""
    asked = [row for row in rows if NATIONAL not in (a, b) or row.national.found]
    if a == NATIONAL:
        a, b = b, a
    return Distance(a=a, b=b, parted=sum(row.parts(a, b) for row in asked), of=len(asked))


def distances(rows: Sequence[Row], keys: Sequence[str]) -> tuple[Distance, ...]:
    """The distance of every two, the nearest first; those to the national rules come last."""
    found = (distance(rows, a, b) for a, b in combinations(keys, 2))
    return tuple(sorted(found, key=lambda each: (NATIONAL in (each.a, each.b), each.parted)))


def parting(row: Row) -> int:
    """How many pairs a question parts."""
    return sum(row.parts(a, b) for a, b in combinations(row.cells, 2))


def by_distance(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows that part most first; else in their order."""
    return tuple(sorted(rows, key=lambda row: -parting(row)))


def keys_by_distance(rows: Sequence[Row], keys: Sequence[str], base: str) -> tuple[str, ...]:
    """The keys from the base on, the nearest to it first."""
    return tuple(
        sorted(keys, key=lambda key: -1 if key == base else distance(rows, key, base).parted)
    )


def sections_parted(rows: Sequence[Row]) -> Mapping[str, tuple[int, int]]:
    """By section: how many questions not all answer alike, and how many there are."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        parted, of = found.get(row.section, (0, 0))
        found[row.section] = (parted + (not row.is_same), of + 1)
    return found


def summary(rows: Sequence[Row], names: Mapping[str, str]) -> Iterator[str]:
    """Where they part most, in sentences."""
    if not rows or len(names) <= 1:
        return
    alike = sum(row.is_same for row in rows)
    yield f"Of {_questions(len(rows))}, {alike} are answered alike by all."
    yield from _pairs(rows, names)
    yield _sections(rows)
    silent = Counter(key for row in rows for key, cell in row.cells.items() if not cell.found)
    if silent:
        key, count = silent.most_common(1)[0]
        yield f"{names[key]} is silent most often: on {_questions(count)}."


def _pairs(rows: Sequence[Row], names: Mapping[str, str]) -> Iterator[str]:
    found = distances(rows, tuple(names))
    near, far = found[0], found[-1]
    if len(found) == 1:
        yield f"{names[near.a]} and {names[near.b]} part on {_questions(near.parted)}."
        return
    yield (
        f"{names[near.a]} and {names[near.b]} stand nearest to each other: they part on "
        f"{_questions(near.parted)}. {names[far.a]} and {names[far.b]} stand furthest apart: on "
        f"{far.parted}."
    )


def _sections(rows: Sequence[Row]) -> str:
    titles = {section.id: section.title for section in SECTIONS}
    found = sections_parted(rows)
    most = sorted(found, key=lambda key: -found[key][0])[:MOST_SECTIONS]
    told = [f"{titles[key]} ({found[key][0]} of {found[key][1]})" for key in most]
    return f"They part most on: {', '.join(told)}."


def _questions(count: int) -> str:
    return f"{count} question" if count == 1 else f"{count} questions"
