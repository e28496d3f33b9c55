"""DMN: decision tables and the graphs they stand in, read from files and decided upon."""

from engine.dmn.decide import Model
from engine.dmn.hit_policy import AmbiguousRules
from engine.dmn.model import Decision, Input, ModelInvalid, Outcome, Output, Rule, Table
from engine.dmn.parse import load, parse

__all__ = [
    "AmbiguousRules",
    "Decision",
    "Input",
    "Model",
    "ModelInvalid",
    "Outcome",
    "Output",
    "Rule",
    "Table",
    "load",
    "parse",
]
