"""Checks that what the database says of every case holds together."""

from engine.doctor.examination import check_invariants
from engine.doctor.finding import Finding

__all__ = ["Finding", "check_invariants"]
