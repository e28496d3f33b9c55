"""Decision tables made up for tests, and every input of two tables, tried one by one."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from hypothesis import strategies as st

from engine.compare.solve import Parting
from engine.dmn import Model, parse
from engine.dmn.check import Known
from engine.dmn.model import Decision

HEAD = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
 namespace="n"><decision id="choice" name="Choice"><decisionTable id="t" hitPolicy="{policy}">"""
TAIL = "</decisionTable></decision></definitions>"
OTHER = "none of the values that anybody wrote"
KINDS = {"need": "string", "risk": "boolean", "age": "number"}
CELLS = {
    "need": ("-", '"low"', '"high"', '"low","high"', 'not("low")', "null"),
    "risk": ("-", "true", "false", "null"),
    "age": ("-", "< 10", "[5..16]", "> 16", "5", "not(5)"),
}
VALUES: Mapping[str, tuple[Any, ...]] = {
    "need": ("low", "high", OTHER, None),
    "risk": (True, False, None),
    "age": (4, 5, 7, 10, 12, 16, 17, None),
}


def written(policy: str, inputs: list[str], rules: list[tuple[list[str], str]]) -> Model:
    """A table with those columns and rules."""
    columns = "".join(
        f'<input id="{name}"><inputExpression id="e_{name}" typeRef="{KINDS[name]}">'
        f"<text>{name}</text></inputExpression></input>"
        for name in inputs
    )
    rows = "".join(
        f'<rule id="r{number}">'
        + "".join(f"<inputEntry><text>{_escaped(cell)}</text></inputEntry>" for cell in cells)
        + f"<outputEntry><text>{result}</text></outputEntry></rule>"
        for number, (cells, result) in enumerate(rules, 1)
    )
    output = '<output id="o" name="choice" typeRef="string"/>'
    text = f"{HEAD.format(policy=policy)}{columns}{output}{rows}{TAIL}"
    return parse(text.encode(), file="choice.dmn")


def _escaped(cell: str) -> str:
    return cell.replace("<", "&lt;").replace(">", "&gt;")


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Any table over some of three inputs."""
    inputs = draw(st.lists(st.sampled_from(sorted(KINDS)), unique=True, max_size=3))
    rule = st.tuples(
        st.tuples(*(st.sampled_from(CELLS[name]) for name in inputs)).map(list),
        st.sampled_from(('"a"', '"b"', '"c"')),
    )
    policy = draw(st.sampled_from(("FIRST", "UNIQUE", "COLLECT")))
    return written(policy, inputs, draw(st.lists(rule, min_size=1, max_size=5)))


def decision(model: Model, key: str = "choice") -> Decision:
    """A decision of a model."""
    return model.decisions[key]


def inputs_of(values: Mapping[str, tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Every combination of values; null is left out."""
    for chosen in product(*values.values()):
        yield {name: value for name, value in zip(values, chosen, strict=True) if value is not None}


def known_values(known: Mapping[str, Known], names: list[str]) -> dict[str, tuple[Any, ...]]:
    """The values that the vocabulary has for variables, and none."""
    found: dict[str, tuple[Any, ...]] = {}
    for name in names:
        fact = known[name]
        found[name] = (True, False, None) if fact.kind == "boolean" else (*fact.values, None)
    return found


def holding(parting: Parting, inputs: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The results of the regions that hold an input."""
    return [region.results for region in parting.regions if region.holds(inputs)]
