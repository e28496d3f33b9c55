"""One BPMN file while it is being read: the XML tree, its ids and the processes found in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from engine.definitions.model import ProcessDefinition
from engine.definitions.names import BPMN

Node = etree._Element


@dataclass(frozen=True, kw_only=True)
class Diagram:
    """What the rules for a single file look at."""

    file: str
    root: Node
    processes: tuple[ProcessDefinition, ...]
    definitions: Mapping[str, Node]  # messages, escalations, errors and signals by id

    def nodes(self) -> Iterator[Node]:
        """Every element of the file, comments left out, in the order of the file."""
        return self.root.iter("{*}*")


def local(node: Node) -> str:
    """The tag without its namespace."""
    return etree.QName(node).localname


def namespace(node: Node) -> str:
    """The tag's namespace, empty where it has none."""
    return etree.QName(node).namespace or ""


def is_bpmn(node: Node, *tags: str) -> bool:
    """Whether the node is one of these BPMN elements."""
    return namespace(node) == BPMN and local(node) in tags


def text(node: Node | None) -> str:
    """All the text inside the node, stripped."""
    return "" if node is None else "".join(map(str, node.itertext())).strip()


def folded(value: str | None) -> str:
    """The text on one line: a name from a file never breaks a list or a log line in two."""
    return " ".join((value or "").split())


def owner(node: Node) -> str | None:
    """The id of the node, or of the nearest element around it that has one."""
    for candidate in (node, *node.iterancestors()):
        identifier = candidate.get("id")
        if identifier:
            return str(identifier)
    return None


def flow_element(node: Node) -> str | None:
    """The id of the flow node or flow that the node belongs to; the nearest id otherwise."""
    inner: str | None = None
    for candidate in (node, *node.iterancestors()):
        identifier = candidate.get("id")
        parent = candidate.getparent()
        if identifier and parent is not None and is_bpmn(parent, "process", "subProcess"):
            return str(identifier)
        inner = inner or identifier
    return inner
