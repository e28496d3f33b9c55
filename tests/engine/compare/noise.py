"""Other ways to write the same: what tools change in a file without saying anything else."""

import json
from typing import Any

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def rewritten(path: str, content: bytes) -> bytes:
    """The file as another tool might write it: order, comments, line ends, layout, exporter."""
    if path.endswith(".form"):
        return _form(content)
    if not path.endswith((".bpmn", ".dmn")):
        return content
    root = etree.fromstring(content)
    root.set("exporter", "Another modeller")
    root.set("exporterVersion", "0.1")
    for node in list(root.iter()):
        if not isinstance(node.tag, str):
            continue
        _turn_attributes(node)
        _move(node)
        if node.tag in (f"{BPMN}process", f"{BPMN}subProcess") or node.tag.endswith("}properties"):
            node[:] = list(reversed(node))
    root.insert(0, etree.Comment(" Written by another tool "))
    return etree.tostring(root, pretty_print=True).replace(b"\n", b"\r\n")


def _turn_attributes(node: Any) -> None:
    given = list(reversed(node.attrib.items()))
    node.attrib.clear()
    node.attrib.update(given)


def _move(node: Any) -> None:
    for name in ("x", "y"):
        if node.get(name):
            node.set(name, str(float(node.get(name)) + 40))
    if node.tag.endswith(("}input", "}output")) and "DMN" in node.tag:
        node.set("{http://bpmn.io/schema/dmn/biodi/2.0}width", "500")


def _form(content: bytes) -> bytes:
    data = json.loads(content)
    for number, part in enumerate(data["components"]):
        part["layout"] = {"row": f"Row_{number // 2}", "columns": 8}
    data["exporter"] = {"name": "Another modeller", "version": "0.1"}
    return json.dumps(data, indent=4, sort_keys=True).encode()
