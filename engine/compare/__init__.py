"""Procedures side by side: what each says, computed from its files, and every difference."""

from engine.compare.comparison import Comparison, compare
from engine.compare.difference import Difference
from engine.compare.distance import (
    Distance,
    by_distance,
    distance,
    distances,
    keys_by_distance,
    sections_parted,
    summary,
)
from engine.compare.evidence import Evidence
from engine.compare.marks import Mark
from engine.compare.matrix import NATIONAL, Cell, Row, matrix
from engine.compare.questions import SECTIONS, Section
from engine.compare.sheet import NATIONAL_TITLE, SILENT, table_of, told

__all__ = [
    "NATIONAL",
    "NATIONAL_TITLE",
    "SECTIONS",
    "SILENT",
    "Cell",
    "Comparison",
    "Difference",
    "Distance",
    "Evidence",
    "Mark",
    "Row",
    "Section",
    "by_distance",
    "compare",
    "distance",
    "distances",
    "keys_by_distance",
    "matrix",
    "sections_parted",
    "summary",
    "table_of",
    "told",
]
