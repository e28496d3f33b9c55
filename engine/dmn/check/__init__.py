"""Static analysis of decision tables: what is wrong with them, found without running them."""

from collections.abc import Iterable
from dataclasses import replace

from engine.dmn.check.columns import read_column
from engine.dmn.check.fault import Budget, Fault, Kind, Knowledge, Known
from engine.dmn.check.table import table_faults
from engine.dmn.decide import Model
from engine.dmn.model import Table
from engine.feel.run import Value

__all__ = ["Budget", "Fault", "Kind", "Known", "check", "pieces_of", "table_faults"]


def check(model: Model, knowledge: Knowledge | None = None) -> tuple[Fault, ...]:
    """What is wrong with the tables of a model; `knowledge` is what variables are known to be."""
    budget = Budget()
    tables = (decision.table for decision in model.decisions.values() if decision.table)
    return tuple(
        fault for table in tables for fault in table_faults(table, knowledge or {}, budget)
    )


def pieces_of(tables: Iterable[Table], expression: str) -> tuple[Value, ...]:
    """Values of an input, one for all that no cell of any of the tables tells apart, and null.

    Empty where no table has such an input, or one reads it in more than comparisons. Raises
    OverBudget.
    """
    columns = [
        (column, replace(rule, inputs=(rule.inputs[index],)))
        for table in tables
        for index, column in enumerate(table.inputs)
        for rule in table.rules
        if column.expression == expression
    ]
    if not columns:
        return ()
    rules = [rule for _, rule in columns]
    read, faults = read_column(columns[0][0], 0, rules, None, Budget())
    if any(fault.kind == "unproved" for fault in faults):
        return ()
    return tuple(piece.value for piece in read.pieces)
