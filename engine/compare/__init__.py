"""Procedures side by side: what each says, computed from its files, and every difference."""

from engine.compare.comparison import Comparison, compare
from engine.compare.difference import Difference
from engine.compare.matrix import Cell, Row

__all__ = ["Cell", "Comparison", "Difference", "Row", "compare"]
