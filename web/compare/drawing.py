"""The merged picture: boxes and lines with who has them, ready to be written as SVG."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

from engine.compare.merge import Edge, Merged, Node
from web.compare.layout import DOWN, HEIGHT, WIDTH, Point, layout

LINES, LETTERS = 3, 22  # of a name in a box
BADGE = 28


@dataclass(frozen=True, kw_only=True)
class Badge:
    """One of those compared, at its place in every box."""

    text: str
    x: int


@dataclass(frozen=True, kw_only=True)
class Box:
    """An element: its words line by line, and who has it."""

    number: int  # in the list of steps
    x: int
    y: int
    lines: tuple[str, ...]
    kind: str
    has: tuple[bool, ...]  # in the order of the badges
    is_shared: bool  # all have it
    is_unlike: bool  # not all say it alike
    is_task: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    """A way; its label tells who has it where not all who could do."""

    path: str
    label: str
    label_x: int
    label_y: int
    is_shared: bool
    is_limit: bool


@dataclass(frozen=True, kw_only=True)
class Picture:
    """All boxes and lines, and the size of the whole."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    badges: tuple[Badge, ...]
    box_width: int = WIDTH
    box_height: int = HEIGHT
    badge_width: int = BADGE


def picture(merged: Merged, numbers: Mapping[str, int], signs: Mapping[str, str]) -> Picture:
    """Draw a merged diagram; `numbers` are those of its steps in the list beside it."""
    found = layout(merged)
    return Picture(
        width=found.width,
        height=found.height,
        boxes=tuple(
            _box(merged, node, found.corners[node.id], numbers[node.id])
            for node in merged.nodes.values()
        ),
        lines=tuple(_lines(merged, found.ways, signs)),
        badges=tuple(
            Badge(text=signs[key], x=8 + at * (BADGE + 4)) for at, key in enumerate(merged.keys)
        ),
    )


def signs(titles: Mapping[str, str]) -> dict[str, str]:
    """A short sign for each of those compared: the shortest beginning that no other has."""
    for length in (1, 2, 3):
        found = {key: _sign(title, titles, length) for key, title in titles.items()}
        if len(set(found.values())) == len(titles):
            return found
    return {key: chr(ord("A") + at) for at, key in enumerate(titles)}


def _sign(title: str, titles: Mapping[str, str], most: int) -> str:
    for length in range(1, most + 1):
        start = title[:length]
        if sum(other.startswith(start) for other in titles.values()) == 1:
            return start
    return title[:most]


def _box(merged: Merged, node: Node, corner: Point, number: int) -> Box:
    lines = wrap(f"{number}. {node.name}", LETTERS, max_lines=LINES, placeholder=" …")
    return Box(
        number=number,
        x=round(corner[0]),
        y=round(corner[1]),
        lines=tuple(lines),
        kind=node.kind,
        has=tuple(key in node.by for key in merged.keys),
        is_shared=len(node.by) == len(merged.keys),
        is_unlike=bool(node.unlike),
        is_task=node.kind == "user task",
    )


def _lines(
    merged: Merged,
    ways: Sequence[tuple[Edge, tuple[Point, ...]]],
    signs: Mapping[str, str],
) -> Iterator[Line]:
    labels: dict[str, int] = {}  # how many leave an element, so that none covers another
    for edge, points in ways:
        both = set(merged.nodes[edge.source].by) & set(merged.nodes[edge.target].by)
        label = " ".join(signs[key] for key in edge.by) if set(edge.by) != both else ""
        (x, y), (to_x, to_y) = points[0], points[1]
        labels[edge.source] = labels.get(edge.source, -1) + bool(label)
        down = 13 + labels[edge.source] % 3 * 11
        yield Line(
            path=_path(points),
            label=label,
            label_x=round(x + (to_x - x) * down / DOWN) + 4,
            label_y=round(y) + (down if to_y > y else -down),
            is_shared=len(edge.by) == len(merged.keys),
            is_limit=edge.is_limit,
        )


def _path(points: Sequence[Point]) -> str:
    """The points as one curve that leaves and reaches each row upright."""
    path = [f"M{points[0][0]:.0f} {points[0][1]:.0f}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = (y + to_y) / 2
        path.append(f"C{x:.0f} {middle:.0f} {to_x:.0f} {middle:.0f} {to_x:.0f} {to_y:.0f}")
    return "".join(path)
