"""Reads the XML of a DMN file without trusting it."""

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from engine.dmn.model import ModelInvalid

MAX_BYTES: Final = 2_000_000
MAX_TEXTS: Final = 40_000
MAX_RULES: Final = 2000
OMG: Final = ("http://www.omg.org/spec/", "https://www.omg.org/spec/")
NAMESPACES: Final = ("http://www.omg.org/spec/DMN/", "https://www.omg.org/spec/DMN/")


def read_definitions(source: bytes, *, file: str) -> etree._Element:
    """The `definitions` element; raises ModelInvalid for anything else than a DMN file."""
    if len(source) > MAX_BYTES:
        raise ModelInvalid(file, [(None, f"The file is larger than {MAX_BYTES:,} bytes")])
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise ModelInvalid(file, [(None, f"The file is not well-formed XML: {error}")]) from error
    document: Any = root.getroottree().docinfo  # its type has holes
    if document.doctype:
        raise ModelInvalid(file, [(None, "A document type (DOCTYPE) is not allowed")])
    if not is_dmn(root) or tag(root) != "definitions":
        raise ModelInvalid(file, [(None, "The file is not a DMN model")])
    _check_size(root, file)
    return root


def _check_size(root: etree._Element, file: str) -> None:
    for table in root.iter("{*}decisionTable"):
        rules = sum(1 for _ in table.iterchildren("{*}rule"))
        if rules > MAX_RULES:
            sentence = f"A table may have {MAX_RULES:,} rules, this one has {rules:,}"
            raise ModelInvalid(file, [(id_of(table), sentence)])
    if sum(1 for _ in root.iter("{*}text")) > MAX_TEXTS:
        raise ModelInvalid(file, [(None, f"The file has more than {MAX_TEXTS:,} expressions")])


def is_dmn(element: etree._Element) -> bool:
    """Whether the element belongs to the standard, in any of its versions."""
    return (etree.QName(element).namespace or "").startswith(NAMESPACES)


def tag(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The element's own children of these names, or all of the standard's."""
    for child in element:
        if isinstance(child.tag, str) and is_dmn(child) and (not names or tag(child) in names):
            yield child


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name."""
    return next(children(element, name), None)


def text_of(element: etree._Element | None) -> str:
    """The content of the element's `text` child, or nothing."""
    found = None if element is None else child(element, "text")
    return "" if found is None else (found.text or "").strip()


def own_text(element: etree._Element | None) -> str:
    """The element's own content, or nothing."""
    return "" if element is None else (element.text or "").strip()


def name_of(element: etree._Element) -> str:
    """The element's name, with single spaces."""
    return " ".join((element.get("name") or "").split())


def id_of(element: etree._Element) -> str | None:
    """The id of the element, or of the nearest one around it that has one."""
    found: etree._Element | None = element
    while found is not None:
        if found.get("id"):
            return found.get("id")
        found = found.getparent()
    return None


def line_of(element: etree._Element) -> int | None:
    """The line of the file on which the element starts."""
    line: Any = element.sourceline  # its type has holes
    return line if isinstance(line, int) else None


def is_feel(element: etree._Element) -> bool:
    """Whether the element's texts are FEEL: it says so, or the file, or nobody says anything."""
    root = element.getroottree().getroot()
    language = element.get("expressionLanguage") or root.get("expressionLanguage") or "feel"
    return language.lower() == "feel" or (language.startswith(OMG) and "/FEEL" in language)
