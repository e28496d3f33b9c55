"""Changes decision tables: a rule deleted, a cell widened, an output swapped."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from lxml import etree

from engine.definitions.model import Fact
from tools.mutants.mutant import Kind, Mutant, children, source_of, tree_of

_WIDER = {"< ": "<= ", "> ": ">= "}


def table_mutants(path: str, source: bytes, facts: Mapping[str, Fact]) -> Iterator[Mutant]:
    """Every mutant of the tables in a file."""
    for number, rule in enumerate(tree_of(source).iter("{*}rule")):
        made = _Making(path, source, number, rule.get("id") or "")
        yield made("rule deleted", _deleted, "the rule is not there")
        yield from _widened(made, rule, facts)
        yield from _swapped(made, rule)


class _Making:
    """Makes mutants of one rule, each from a fresh reading of the file."""

    def __init__(self, path: str, source: bytes, number: int, element: str) -> None:
        self.path, self.source, self.number, self.element = path, source, number, element

    def __call__(
        self, kind: Kind, change: Callable[[etree._Element], None], sentence: str
    ) -> Mutant:
        root = tree_of(self.source)
        change(list(root.iter("{*}rule"))[self.number])
        return Mutant(
            path=self.path,
            element=self.element,
            kind=kind,
            change=sentence,
            source=source_of(root),
        )


def _deleted(rule: etree._Element) -> None:
    table = rule.getparent()
    if table is not None:
        table.remove(rule)


def _widened(made: _Making, rule: etree._Element, facts: Mapping[str, Fact]) -> Iterator[Mutant]:
    for place, cell in enumerate(children(rule, "inputEntry")):
        text = _text(cell)
        if text in ("-", ""):
            continue
        column = _columns(rule, "input")[place]
        for wider in ("-", *_one_value_more(text, _values(column, facts))):
            change = _writing("inputEntry", place, wider)
            yield made("cell widened", change, f"{text} becomes {wider}")


def _swapped(made: _Making, rule: etree._Element) -> Iterator[Mutant]:
    table = rule.getparent()
    if table is None:
        return
    for place, cell in enumerate(children(rule, "outputEntry")):
        text = _text(cell)
        entries = [list(children(other, "outputEntry"))[place] for other in children(table, "rule")]
        for other in dict.fromkeys(map(_text, entries)):
            if other != text:
                change = _writing("outputEntry", place, other)
                yield made("output swapped", change, f"{text} becomes {other}")


def _one_value_more(text: str, values: Sequence[str]) -> Iterator[str]:
    if text.startswith('"'):
        tested = [part.strip() for part in text.split(",")]
        for value in values:
            if f'"{value}"' not in tested:
                yield f'{text},"{value}"'
    for narrow, wide in _WIDER.items():
        if text.startswith(narrow):
            yield text.replace(narrow, wide, 1)


def _values(column: etree._Element, facts: Mapping[str, Fact]) -> Sequence[str]:
    """The texts that the column's input may be."""
    allowed = "".join(_text(each) for each in children(column, "inputValues"))
    if allowed.startswith('"'):
        return [part.strip().strip('"') for part in allowed.split(",")]
    fact = facts.get("".join(_text(each) for each in children(column, "inputExpression")))
    return fact.values if fact else ()


def _columns(rule: etree._Element, name: str) -> list[etree._Element]:
    table = rule.getparent()
    return [] if table is None else list(children(table, name))


def _writing(name: str, place: int, text: str) -> Callable[[etree._Element], None]:
    def write(rule: etree._Element) -> None:
        cell = list(children(rule, name))[place]
        for node in children(cell, "text"):
            node.text = text

    return write


def _text(node: etree._Element) -> str:
    return "".join((each.text or "").strip() for each in children(node, "text"))
