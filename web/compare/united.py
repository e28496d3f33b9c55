"""The merged diagram as an ordered list: each step, who has it, and where it leads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.compare.merge import Edge, Merged, Node, in_order
from web.compare.sides import Compared, Link


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way on: to which step, under which condition, and who has it if not all who could."""

    number: int
    name: str
    when: str
    who: str


@dataclass(frozen=True, kw_only=True)
class Had:
    """One that has the step: its title with its page, the role that acts, and clauses."""

    link: Link
    role: str
    name: str  # where it calls the step otherwise
    clauses: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of the union."""

    number: int
    name: str
    kind: str
    who: str
    by: tuple[Had, ...]
    unlike: str
    ways: tuple[Way, ...]


def numbers_of(merged: Merged) -> dict[str, int]:
    """The number of each step, from the top."""
    return {node.id: number for number, node in enumerate(in_order(merged), 1)}


def steps(compared: Compared, merged: Merged, numbers: Mapping[str, int]) -> tuple[Step, ...]:
    """Every element in order."""
    return tuple(
        Step(
            number=numbers[node.id],
            name=node.name,
            kind=node.kind,
            who=who(compared, merged, tuple(node.by)),
            by=tuple(_had(compared, merged, node)),
            unlike=", ".join(kind.replace("_", " ") for kind in node.unlike),
            ways=tuple(_way(compared, merged, edge, numbers) for edge in merged.followers(node.id)),
        )
        for node in in_order(merged)
    )


def who(compared: Compared, merged: Merged, keys: Sequence[str]) -> str:
    """Who has something, in words."""
    if len(keys) == len(merged.keys):
        return "all" if len(keys) > 2 else "both"  # noqa: PLR2004 - of two one says both
    names = [compared.titles[key] for key in merged.keys if key in keys]
    only = "only " if len(names) == 1 else ""
    return f"{only}{', '.join(names)}"


def _had(compared: Compared, merged: Merged, node: Node) -> Iterator[Had]:
    for key, had in node.by.items():
        link = compared.element(key, merged.process, had.element)
        yield Had(
            link=Link(text=compared.titles[key], href=link.href),
            role=had.role or "",
            name=had.name if had.name != node.name else "",
            clauses=", ".join(had.clauses),
        )


def _way(compared: Compared, merged: Merged, edge: Edge, numbers: Mapping[str, int]) -> Way:
    able = set(merged.nodes[edge.source].by) & set(merged.nodes[edge.target].by)
    return Way(
        number=numbers[edge.target],
        name=merged.nodes[edge.target].name,
        when="limit" if edge.is_limit else _when(compared, edge),
        who=who(compared, merged, tuple(edge.by)) if set(edge.by) != able else "",
    )


def _when(compared: Compared, edge: Edge) -> str:
    """The condition; where it is not the same everywhere, that of each."""
    conditions = set(edge.by.values())
    if len(conditions) == 1:
        return conditions.pop()
    said = (f"{compared.titles[key]}: {text or 'always'}" for key, text in edge.by.items())
    return "; ".join(said)
