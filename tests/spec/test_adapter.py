"""The adapter for the DMN test kit's runner answers as the runner expects."""

import importlib.util
from decimal import Decimal
from pathlib import Path

from tests.engine.dmn.files import DMN, decision, input_data, literal, source

ROOT = Path(__file__).parents[2]


class XsdDate(str):
    """How the runner hands over a date."""

    __slots__ = ()


def adapter():
    place = ROOT / "conformance" / "frontdoor_adapter.py"
    spec = importlib.util.spec_from_file_location("frontdoor_adapter", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_values_of_the_kit_become_feel_values(tmp_path):
    path = tmp_path / "d.dmn"
    path.write_bytes(
        source(
            input_data("day"),
            decision("d", literal("day[1].a + @'P1D'".replace("'", '"')), "data#day"),
        )
    )

    value = adapter().evaluate(str(path), "d", {"day": [{"a": XsdDate("2026-03-02")}]})

    assert (type(value).__name__, str(value)) == ("FeelDate", "2026-03-03")


def test_a_test_case_may_ask_for_one_of_several_outputs_of_a_service(tmp_path):
    path = tmp_path / "d.dmn"
    service = DMN.decisionService(
        DMN.outputDecision(href="#one"), DMN.outputDecision(href="#two"), id="s", name="s"
    )
    path.write_bytes(source(decision("one", literal("1")), decision("two", literal("2")), service))
    found = adapter()

    assert found.evaluate_service(str(path), "s", "two", {}) == 2
    assert found.evaluate_service(str(path), "s", "s", {}) == {"one": 1, "two": Decimal(2)}
