"""The built-in functions of FEEL."""

from collections.abc import Mapping
from typing import Final

from engine.feel.builtins import (
    aggregates,
    contexts,
    conversions,
    dates,
    lists,
    numeric,
    range_texts,
    ranges,
    strings,
)
from engine.feel.builtins.signature import as_functions
from engine.feel.values import Function

FUNCTIONS: Final[Mapping[str, Function]] = as_functions(
    (
        *strings.FUNCTIONS,
        *conversions.FUNCTIONS,
        *numeric.FUNCTIONS,
        *aggregates.FUNCTIONS,
        *lists.FUNCTIONS,
        *contexts.FUNCTIONS,
        *dates.FUNCTIONS,
        *ranges.FUNCTIONS,
        *range_texts.FUNCTIONS,
    )
)
