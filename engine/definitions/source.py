"""Safe reading: bytes become text, XML, JSON or TOML, or a sentence that says why not."""

import json
import re
import tomllib
from typing import Any

from lxml import etree

from engine.definitions.problems import unreadable

MAX_BYTES = 1_000_000
MAX_XML_DEPTH = 60
MAX_XML_ELEMENTS = 40_000
MAX_XML_ATTRIBUTES = 100
MAX_NUMBER_DIGITS = 30

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_DECLARED_ENCODING = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")


def read_text(source: bytes, *, file: str) -> str:
    """The file's text; raises `Unusable` for one that is too large or is not plain UTF-8."""
    text = _decoded(source, file=file)
    hidden = _INVISIBLE.search(text)
    if hidden:
        line = text.count("\n", 0, hidden.start()) + 1
        raise unreadable(file, "hidden_characters", _hidden(hidden, f"line {line}"))
    return text


def read_xml(source: bytes, *, file: str) -> etree._Element:
    """The outermost element; raises `Unusable` unless the file is plain, shallow XML in UTF-8."""
    text = _decoded(source, file=file)
    _refuse_prolog(text, file=file)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise unreadable(file, "file_xml", _not_xml(text, error)) from error
    _refuse_depth(root, file=file)
    _refuse_content(root, file=file)
    read_text(source, file=file)  # what is hidden outside elements
    return root


def read_json(source: bytes, *, file: str) -> Any:
    """The JSON value; raises `Unusable` for other text, NaN, huge numbers or a key given twice."""
    text = read_text(source, file=file)
    try:
        value = json.loads(
            text,
            parse_constant=_refuse_constant,
            parse_int=_bounded_int,
            parse_float=_bounded_float,
            object_pairs_hook=_unique_keys,
        )
    except (ValueError, RecursionError) as error:
        raise unreadable(file, "file_json", _not_json(error)) from error
    _refuse_hidden_strings(value, file=file)
    return value


def read_toml(source: bytes, *, file: str) -> dict[str, Any]:
    """The TOML table; raises `Unusable` for text that is no TOML."""
    text = read_text(source, file=file)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise unreadable(file, "file_toml", f"The file is not TOML: {error}.") from error


def _decoded(source: bytes, *, file: str) -> str:
    if len(source) > MAX_BYTES:
        message = f"The file has more than {MAX_BYTES:,} bytes, which is the most. Split it."
        raise unreadable(file, "file_size", message)
    if source.startswith(b"PK\x03\x04"):
        raise unreadable(file, "file_encoding", "The file is a zip archive. Unpack it first.")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"Byte {error.start + 1} is not UTF-8. Save the file as UTF-8 text."
        raise unreadable(file, "file_encoding", message) from error


def _hidden(match: re.Match[str], where: str) -> str:
    code = f"U+{ord(match.group()):04X}"
    return f"Invisible character {code} in {where}: what is read is not what runs. Delete it."


def _refuse_prolog(text: str, *, file: str) -> None:
    declared = _DECLARED_ENCODING.match(text)
    if declared and declared.group(1).lower() not in {"utf-8", "utf8", "us-ascii"}:
        message = f"The file declares the encoding {declared.group(1)}. Save it as UTF-8."
        raise unreadable(file, "file_encoding", message)
    position = _after_space(text, 0)
    while text.startswith(("<?", "<!--"), position):
        end = "?>" if text.startswith("<?", position) else "-->"
        found = text.find(end, position)
        if found < 0:
            return
        position = _after_space(text, found + len(end))
    if text[position : position + 9].upper() == "<!DOCTYPE":
        message = "The file has a DOCTYPE, which can hide content. Delete it."
        raise unreadable(file, "file_doctype", message)


def _after_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _not_xml(text: str, error: etree.XMLSyntaxError) -> str:
    if "depth" in str(error.msg):
        return f"Elements are nested more than {MAX_XML_DEPTH} deep."
    if not text.lstrip().startswith("<"):
        return "The file is not XML: it does not begin with an element."
    return f"The file is not well-formed XML in line {error.lineno}: {error.msg}."


def _refuse_depth(root: etree._Element, *, file: str) -> None:
    depth = count = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > MAX_XML_DEPTH:
            message = f"Elements are nested more than {MAX_XML_DEPTH} deep."
            raise unreadable(file, "file_xml", message)
        if event == "start" and len(node.attrib) > MAX_XML_ATTRIBUTES:
            message = f"Line {node.sourceline}: more than {MAX_XML_ATTRIBUTES} attributes."
            raise unreadable(file, "file_size", message)
    if count > MAX_XML_ELEMENTS:
        message = f"The file has {count} XML elements; at most {MAX_XML_ELEMENTS} are read."
        raise unreadable(file, "file_size", message)


def _refuse_content(root: etree._Element, *, file: str) -> None:
    for outside in (*root.itersiblings(preceding=True), *root.itersiblings()):
        _refuse_instruction(outside, file=file)
    for node in root.iter():
        _refuse_instruction(node, file=file)
        if isinstance(node, etree._Comment):
            _refuse_comment_in_text(node, file=file)
        else:
            _refuse_hidden_values(node, file=file)


def _refuse_instruction(node: etree._Element, *, file: str) -> None:
    if isinstance(node, etree._ProcessingInstruction | etree._Entity):
        message = f"Line {node.sourceline} has a processing instruction. Delete it."
        raise unreadable(file, "file_instructions", message)


def _refuse_comment_in_text(node: etree._Comment, *, file: str) -> None:
    parent = node.getparent()
    around = (node.tail or "") + ((parent.text or "") if parent is not None else "")
    if around.strip():
        message = f"Line {node.sourceline}: a comment stands inside a text. Delete it."
        element = None if parent is None else _owner_id(parent)
        raise unreadable(file, "comment_in_text", message, element)


def _refuse_hidden_values(node: etree._Element, *, file: str) -> None:
    for value in (node.text, node.tail, *node.attrib.values()):
        hidden = _INVISIBLE.search(str(value)) if value else None
        if hidden:
            where = f"line {node.sourceline}"
            raise unreadable(file, "hidden_characters", _hidden(hidden, where), _owner_id(node))


def _owner_id(node: etree._Element) -> str | None:
    for candidate in (node, *node.iterancestors()):
        identifier = candidate.get("id")
        if identifier:
            return str(identifier)
    return None


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def _bounded_int(digits: str) -> int:
    if len(digits) > MAX_NUMBER_DIGITS:
        raise ValueError(f"a number has {len(digits)} digits; at most {MAX_NUMBER_DIGITS} are read")
    return int(digits)


def _bounded_float(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"the number {digits[:40]} is too large")
    return value


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise ValueError(f"the key {key[:60]!r} is given twice in one object")
        result[key] = value
    return result


def _not_json(error: ValueError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "The file is nested too deep."
    return f"The file is not JSON: {error}."


def _refuse_hidden_strings(value: Any, *, file: str) -> None:
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            pending.extend((*item.keys(), *item.values()))
        elif isinstance(item, list):
            pending.extend(item)
        elif isinstance(item, str) and (hidden := _INVISIBLE.search(item)):
            raise unreadable(file, "hidden_characters", _hidden(hidden, f"{item[:40]!a}"))
