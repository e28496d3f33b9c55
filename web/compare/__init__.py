"""Procedures side by side: what they say."""

from web.compare import differences
from web.compare.views import bp

__all__ = ["bp", "differences"]
