"""How one thing is changed in an authority's files, everywhere that it stands in turn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from engine.definitions import AuthorityDefinition

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
DI = "http://www.omg.org/spec/DD/20100524/DI"


@dataclass(frozen=True, kw_only=True)
class Change:
    """Files in which one thing is other, and what is to be reported: where, and of which kind."""

    path: str
    content: bytes = field(repr=False)
    area: str
    kind: str


Changes = Iterator[Change]


def files(definition: AuthorityDefinition, suffix: str) -> Iterator[tuple[str, Any]]:
    for path in sorted(definition.sources):
        if path.endswith(suffix):
            yield path, etree.fromstring(definition.sources[path])


def each(
    definition: AuthorityDefinition,
    query: str,
    change: Callable[[Any], object],
    *,
    kind: str,
    area: str = "diagrams",
) -> Changes:
    """One change for each node that the query finds; `change` returns False to leave it out."""
    spaces = {"b": BPMN[1:-1], "z": ZEEBE[1:-1], "d": DMN[1:-1], "c": BOUNDS[1:-7], "w": DI}
    for path, root in files(definition, ".dmn" if area == "tables" else ".bpmn"):
        for index in range(len(root.xpath(query, namespaces=spaces))):
            fresh = etree.fromstring(definition.sources[path])
            node = fresh.xpath(query, namespaces=spaces)[index]
            if change(node) is not False:
                yield Change(path=path, content=etree.tostring(fresh), area=area, kind=kind)


def prop(name: str, value: Callable[[str], str], kind: str) -> Callable[..., Changes]:
    def changes(definition: AuthorityDefinition) -> Changes:
        query = f"//z:property[@name='{name}']"
        if name in ("source.clause", "source.strength"):
            query = f"//z:properties[z:property[@name='deadline.name']]/z:property[@name='{name}']"
        return each(
            definition, query, lambda node: node.set("value", value(node.get("value"))), kind=kind
        )

    return changes
