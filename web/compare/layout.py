"""Where the elements of a merged diagram lie: in layers from top to bottom, with few crossings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.compare.merge import Edge, Merged, layers

WIDTH, HEIGHT = 176, 92  # of a box
ACROSS, DOWN = 18, 46  # between boxes
THIN = 10  # a way that passes a layer
MARGIN = 12
SWEEPS = 12

Place = tuple[str, int]  # an element, or a way by its number where it passes a layer
Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The upper left corner of every element, the points of every way, and the whole size."""

    corners: Mapping[str, Point]
    ways: tuple[tuple[Edge, tuple[Point, ...]], ...]
    width: int
    height: int


def layout(merged: Merged) -> Layout:
    """Lay a merged diagram out."""
    depth = {node: at for at, layer in enumerate(layers(merged)) for node in layer}
    chains = [_chain(number, edge, depth) for number, edge in enumerate(merged.edges)]
    rows = _rows(depth, chains)
    near = _neighbours(chains)
    _uncross(rows, near)
    middles = _across(rows, near)
    corners = {
        node: (middles[(node, -1), at] - WIDTH / 2, MARGIN + at * (HEIGHT + DOWN))
        for node, at in depth.items()
    }
    ways = tuple(
        (edge, _points(edge, chain, middles, depth))
        for edge, chain in zip(merged.edges, chains, strict=True)
    )
    width = max(middles.values(), default=0.0) + WIDTH / 2 + MARGIN
    return Layout(
        corners=corners,
        ways=ways,
        width=round(width),
        height=len(rows) * (HEIGHT + DOWN) - DOWN + 2 * MARGIN,
    )


def _chain(number: int, edge: Edge, depth: Mapping[str, int]) -> tuple[tuple[Place, int], ...]:
    """The places that a way goes through, from the upper end to the lower, with their rows."""
    ends = sorted((edge.source, edge.target), key=lambda node: depth[node])
    high, low = depth[ends[0]], depth[ends[1]]
    between = [(("", number), row) for row in range(high + 1, low)]
    return (((ends[0], -1), high), *between, ((ends[1], -1), low))


Chains = Sequence[tuple[tuple[Place, int], ...]]
Spot = tuple[Place, int]


def _rows(depth: Mapping[str, int], chains: Chains) -> list[list[Spot]]:
    rows: list[list[Spot]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node, at in depth.items():
        rows[at].append(((node, -1), at))
    for chain in chains:
        for spot in chain[1:-1]:
            rows[spot[1]].append(spot)
    return rows


def _neighbours(chains: Chains) -> dict[Spot, tuple[list[Spot], list[Spot]]]:
    """What lies above and below each spot."""
    found: dict[Spot, tuple[list[Spot], list[Spot]]] = {}
    for chain in chains:
        for upper, lower in pairwise(chain):
            found.setdefault(upper, ([], []))[1].append(lower)
            found.setdefault(lower, ([], []))[0].append(upper)
    return found


Near = Mapping[Spot, tuple[list[Spot], list[Spot]]]


def _uncross(rows: list[list[Spot]], near: Near) -> None:
    """Order each row by where its neighbours lie, downwards and upwards in turn."""
    for sweep in range(SWEEPS):
        is_down = sweep % 2 == 0
        for row in rows if is_down else reversed(rows):
            order = {spot: at / len(r) for r in rows for at, spot in enumerate(r)}
            row.sort(key=lambda spot: _mean(order, near, spot, 0 if is_down else 1))


def _mean(order: Mapping[Spot, float], near: Near, spot: Spot, side: int) -> float:
    beside = near.get(spot, ([], []))[side]
    return sum(order[each] for each in beside) / len(beside) if beside else order[spot]


def _across(rows: Sequence[Sequence[Spot]], near: Near) -> dict[Spot, float]:
    """The middle of every spot: near its neighbours, none over another."""
    at: dict[Spot, float] = {}
    for row in rows:
        at.update(_pushed(row, [0.0] * len(row)))
    for sweep in range(SWEEPS * 2):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = [_wanted(at, near, spot) for spot in row]
            at.update(_pushed(row, wanted))
    left = min((x - _half(spot) for spot, x in at.items()), default=0.0)
    return {spot: x - left + MARGIN for spot, x in at.items()}


def _wanted(at: Mapping[Spot, float], near: Near, spot: Spot) -> float:
    beside = [each for side in near.get(spot, ([], [])) for each in side]
    return sum(at[each] for each in beside) / len(beside) if beside else at[spot]


def _pushed(row: Sequence[Spot], wanted: Sequence[float]) -> dict[Spot, float]:
    """The wanted places, pushed apart to the right and to the left, and the middle of both."""
    right, left = list(wanted), list(wanted)
    for here in range(1, len(row)):
        right[here] = max(right[here], right[here - 1] + _apart(row[here - 1], row[here]))
    for here in range(len(row) - 2, -1, -1):
        left[here] = min(left[here], left[here + 1] - _apart(row[here], row[here + 1]))
    return {spot: (a + b) / 2 for spot, a, b in zip(row, right, left, strict=True)}


def _apart(one: Spot, other: Spot) -> float:
    return _half(one) + _half(other) + ACROSS


def _half(spot: Spot) -> float:
    return (WIDTH if spot[0][1] == -1 else THIN) / 2


def _points(
    edge: Edge,
    chain: Sequence[Spot],
    middles: Mapping[Spot, float],
    depth: Mapping[str, int],
) -> tuple[Point, ...]:
    """From the lower side of the upper end to the upper side of the lower; turned for a loop."""
    points: list[Point] = []
    for place, spot in enumerate(chain):
        top = MARGIN + spot[1] * (HEIGHT + DOWN)
        x = middles[spot]
        if place:
            points.append((x, top))
        if place < len(chain) - 1:
            points.append((x, top + HEIGHT))
    is_back = depth[edge.source] > depth[edge.target]
    return tuple(reversed(points)) if is_back else tuple(points)
