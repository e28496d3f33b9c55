"""The ways in which feelin and engine.feel disagree, by name: docs/feel_differences.md has more."""

import re
from typing import Final

UNKNOWN: Final = "not classified"
_RANGE_FUNCTIONS: Final = (
    "before|after|meets|met by|overlaps|overlaps before|overlaps after|finishes|finished by"
    "|includes|during|starts|started by|coincides"
)

# The first whose pattern fits counts: a pattern for the step and the kinds of its values.
CLASSES: Final = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("A negated test without an answer", r"cell not "),
        ("Values of different kinds compared", r"cell |Comparison|In\(|Between\("),
        ("A range that is none", r"RangeOf"),
        ("A date moved by hours", r"Arithmetic\(date, days and time|Arithmetic\(days.*, date\)"),
        ("Durations multiplied and divided", r"Arithmetic\(.* duration, number\)"),
        ("Durations multiplied and divided", r"Arithmetic\(number, .* duration\)"),
        ("Durations multiplied and divided", r"Negation\(.* duration"),
        ("Local and zoned times subtracted", r"Arithmetic\((time, time|date.*, date.*)\)"),
        ("Sums that are not defined", r"Arithmetic"),
        ("Whole months between dates", r"years and months duration\("),
        ("A place outside a list or text", r"(substring|sublist|remove|insert before)\("),
        ("Sorting without an order given", r"sort\("),
        ("A number from an empty text", r"number\("),
        ("Extremes of texts and dates", r"(min|max)\("),
        ("The middle of several numbers", r"median\("),
        ("Points and ranges of different kinds", rf"({_RANGE_FUNCTIONS})\("),
        ("A single value filtered", r"Filter\((?!list|null)"),
        ("null filtered", r"Filter\(null"),
        ("Values of different kinds compared", r"Filter\(|Quantified"),
        ("A list function given no list", r"(union|concatenate|append|distinct values)\("),
        ("A range as text", r"string\(range"),
        ("The type of null", r"InstanceOf"),
        ("A condition that is no boolean", r"If\("),
        ("A loop over what is no list", r"For\("),
        ("Identity of values of different kinds", r"is\("),
        ("`in` before `or`", r"Logic"),
        ("A list of one in place of its item", r"[\w ]+\(list\)"),
        ("A time that is none", r"(date and time|time|date)\("),
    )
)


def class_of(signature: str) -> str:
    """The name of the class that a disagreement belongs to."""
    return next((name for name, pattern in CLASSES if pattern.match(signature)), UNKNOWN)
