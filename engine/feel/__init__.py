"""FEEL, the Friendly Enough Expression Language: text in, value and warnings out."""

from engine.feel.expressions import (
    Expression,
    UnaryTests,
    compile_expression,
    compile_tests,
    evaluate,
    unary_test,
)
from engine.feel.problems import LimitExceeded, SyntaxProblem, Warning_
from engine.feel.values import to_json

__all__ = [
    "Expression",
    "LimitExceeded",
    "SyntaxProblem",
    "UnaryTests",
    "Warning_",
    "compile_expression",
    "compile_tests",
    "evaluate",
    "to_json",
    "unary_test",
]
