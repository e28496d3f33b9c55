"""The deadlines board: how much time is left where, and which limits were met or missed."""

from engine.board.behind import Behind, Wanted, behind
from engine.board.buckets import BUCKETS, Bucket
from engine.board.counting import MOST
from engine.board.overview import Board, StepLine, Tasks, board, boards_of
from engine.board.trend import Trend, Week, trend

__all__ = [
    "BUCKETS",
    "MOST",
    "Behind",
    "Board",
    "Bucket",
    "StepLine",
    "Tasks",
    "Trend",
    "Wanted",
    "Week",
    "behind",
    "board",
    "boards_of",
    "trend",
]
