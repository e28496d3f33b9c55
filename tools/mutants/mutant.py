"""A mutant: one file of an authority with one change, and a sentence that says which."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

Kind = Literal[
    "rule deleted",
    "cell widened",
    "output swapped",
    "condition",
    "flows swapped",
    "task removed",
    "recipient",
    "lane",
    "deadline amount",
    "deadline unit",
    "deadline start",
]


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """`source` is the changed file's content, in place of what lies at `path`."""

    path: str
    element: str
    kind: Kind
    change: str
    source: bytes

    def __str__(self) -> str:
        return f"{self.path}:{self.element}: {self.kind}: {self.change}"


def tree_of(source: bytes) -> etree._Element:
    """A file's outermost element, to be changed."""
    return etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True))


def source_of(root: etree._Element) -> bytes:
    """The changed file."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def children(node: etree._Element, name: str) -> Iterator[etree._Element]:
    """The node's own children of that name."""
    return node.iterchildren(f"{{*}}{name}")
