"""Lets the runner of the DMN test kit call Frontdoor, by name `frontdoor_adapter`."""

from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import engine.dmn
import engine.feel

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Europe/London"))
CONSTRUCTORS = {
    "XsdDate": "date",
    "XsdTime": "time",
    "XsdDateTime": "date and time",
    "XsdDuration": "duration",
}


@cache
def model(path: str) -> engine.dmn.Model:
    """The model in a file, read once."""
    return engine.dmn.load(path)


def feel_value(value: Any) -> Any:
    """A value of the test kit as a FEEL value; temporal ones are built by FEEL itself."""
    constructor = CONSTRUCTORS.get(type(value).__name__)
    if constructor:
        return engine.feel.evaluate(f'{constructor}("{value}")')
    if isinstance(value, list):
        return [feel_value(item) for item in value]
    if isinstance(value, dict):
        return {key: feel_value(item) for key, item in value.items()}
    return value


def evaluate(dmn_path: str, decision_name: str, inputs: dict[str, Any]) -> Any:
    """The value of a decision."""
    return model(dmn_path).evaluate(decision_name, feel_value(inputs), now=NOW)


def evaluate_service(
    dmn_path: str, service: str, decision_name: str, inputs: dict[str, Any]
) -> Any:
    """The value of a service, or of the one output that the test case asks for."""
    value = model(dmn_path).evaluate_service(service, feel_value(inputs), now=NOW)
    if isinstance(value, dict) and decision_name in value:
        return value[decision_name]
    return value
