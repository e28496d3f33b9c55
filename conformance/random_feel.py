"""Makes random expressions and unary tests, mostly of fitting types."""

import random
import re

LITERALS = {
    "number": ("0", "1", "2", "3.5", "10", "-4", "x"),
    "string": ('"a"', '"b"', '"abc"', '""', "s", "c.b"),
    "boolean": ("true", "false", "t"),
    "date": ('@"2026-03-02"', 'date("2024-02-29")', "date(2026, 12, 31)"),
    "time": ('@"10:30:00"', 'time("23:59:59Z")', '@"09:00:00+02:00"'),
    "instant": (
        '@"2026-03-02T10:30:00"',
        '@"2026-03-02T10:30:00Z"',
        '@"2026-03-02T11:00:00+02:00"',
    ),
    "days": ('@"P1D"', '@"PT36H"', 'duration("-PT90M")'),
    "months": ('@"P1Y"', '@"P14M"'),
    "list": ("[]", "[1, 2, 3]", "xs", '["a", "b"]', "[1, null]", "[[1], [2, 3]]"),
    "context": ("{}", "{a: 1}", "c", "{a: {b: 2}}"),
    "range": ("[1..5]", "(1..5]", "[2..x)", '["a".."c"]', '[@"2026-01-01"..@"2026-12-31"]'),
    "null": ("null", "n"),
}
SHAPES = {
    "number": (
        "{number} + {number}",
        "{number} - {number}",
        "{number} * {number}",
        "{number} / {number}",
        "x ** 2",
        "-({number})",
        "if {boolean} then {number} else {number}",
        "abs({number})",
        "floor({number})",
        "ceiling({number})",
        "modulo({number}, {number})",
        "sqrt({number})",
        "decimal({number}, 1)",
        "round half up({number}, 0)",
        "count({list})",
        "sum({list})",
        "min({list})",
        "max({list})",
        "mean({list})",
        "median({list})",
        "product({list})",
        "string length({string})",
        "{list}[{number}]",
        "({date}).year",
        "({date}).weekday",
        "({days}).hours",
        "({months}).months",
        "({context}).a",
        "number({string})",
        "day of year({date})",
    ),
    "string": (
        "{string} + {string}",
        "upper case({string})",
        "lower case({string})",
        "substring({string}, {number})",
        "substring before({string}, {string})",
        "substring after({string}, {string})",
        "string({any})",
        'replace({string}, "a", "z")',
        'string join({list}, "-")',
        "day of week({date})",
        "month of year({date})",
    ),
    "boolean": (
        "{number} < {number}",
        "{number} >= {number}",
        "{any} = {any}",
        "{any} != {any}",
        "{string} < {string}",
        "{date} < {date}",
        "{instant} >= {instant}",
        "{days} < {days}",
        "{time} < {time}",
        "{any} < {any}",
        "({boolean}) and ({boolean})",
        "({boolean}) or ({boolean})",
        "({any}) and ({any})",
        "not({any})",
        "({number}) between {number} and {number}",
        "({number}) in {range}",
        "({any}) in {range}",
        "({number}) in (< {number}, {number})",
        "({any}) in {list}",
        "some i in {list} satisfies i > {number}",
        "every i in {list} satisfies i < {number}",
        "some i in {list} satisfies i = {any}",
        "list contains({list}, {any})",
        "contains({string}, {string})",
        "starts with({string}, {string})",
        "ends with({string}, {string})",
        'matches({string}, "[a-b]+")',
        "all({list})",
        "any({list})",
        "odd({number})",
        "even({number})",
        "({any}) instance of number",
        "({any}) instance of string",
        "({any}) instance of list<number>",
        "({any}) instance of context",
        "before({range}, {range})",
        "after({number}, {range})",
        "includes({range}, {number})",
        "during({number}, {range})",
        "overlaps({range}, {range})",
        "starts({number}, {range})",
        "meets({range}, {range})",
        "coincides({any}, {any})",
        "is({any}, {any})",
    ),
    "date": ("{date} + {days}", "{date} - {days}", "{date} + {months}", "date({instant})"),
    "time": ("{time} + {days}", "time({instant})"),
    "instant": ("{instant} + {days}", "{instant} - {months}", "date and time({date}, {time})"),
    "days": (
        "{date} - {date}",
        "{instant} - {instant}",
        "{time} - {time}",
        "{days} + {days}",
        "{days} * {number}",
        "{days} / {number}",
        "abs({days})",
    ),
    "months": (
        "{months} + {months}",
        "{months} * {number}",
        "years and months duration({date}, {date})",
    ),
    "list": (
        "[{any}, {any}]",
        "{list}[item > {number}]",
        "for i in {list} return i",
        "for i in 3..1 return i * {number}",
        "append({list}, {any})",
        "concatenate({list}, {list})",
        "reverse({list})",
        "distinct values({list})",
        "flatten({list})",
        "union({list}, {list})",
        "index of({list}, {any})",
        "sublist({list}, {number})",
        "insert before({list}, {number}, {any})",
        "remove({list}, {number})",
        "sort({list})",
        'split({string}, "b")',
        "[{context}, {context}].a",
        "get entries({context})",
        "{any}[{boolean}]",
        "mode({list})",
    ),
    "context": (
        "{{a: {any}, b: a}}",
        'context put({context}, "a", {any})',
        "context merge([{context}, {context}])",
    ),
    "range": ("[{number}..{number}]", "({number}..{number})"),
    "null": ("({context}).no", "[][1]"),
}
TESTS = (
    "{any}", "{any}, {any}", "< {number}", ">= {number}", "> {string}", "<= {date}", "{range}",
    "not({any})", "not({range}, {number})", "not({string})", "[{number}..{number}]", "-",
    "? > {number}", "? = {any}", "{boolean}", "list contains({list}, ?)", "? + 1 > {number}",
    "= {any}", "!= {any}", "null", "{list}", "not(null)", "not(? > {number})", "< {any}",
)  # fmt: skip
_GAP = re.compile(r"\{(\w+)\}")
ODD = 0.06  # of all parts are of another type than fits


class Writer:
    """Writes random texts from one seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def expression(self, depth: int = 3) -> str:
        """An expression of any type."""
        return self._of("any", depth)

    def cell(self) -> str:
        """Unary tests."""
        return self._filled(self._chance.choice(TESTS), 1)

    def _of(self, kind: str, depth: int) -> str:
        if kind == "any" or self._chance.random() < ODD:
            kind = self._chance.choice(tuple(LITERALS))
        if depth <= 0 or self._chance.random() < 0.3:  # noqa: PLR2004 - a leaf
            return self._chance.choice(LITERALS[kind])
        return self._filled(self._chance.choice(SHAPES[kind]), depth - 1)

    def _filled(self, shape: str, depth: int) -> str:
        pieces = _GAP.split(shape)
        pieces[1::2] = [f"({self._of(kind, depth)})" for kind in pieces[1::2]]
        pieces[::2] = [piece.replace("{{", "{").replace("}}", "}") for piece in pieces[::2]]
        return "".join(pieces)
