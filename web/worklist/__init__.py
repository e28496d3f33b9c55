"""Who must do what by when, and doing it."""

from web.worklist.views import bp

__all__ = ["bp"]
