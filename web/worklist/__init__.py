"""Who must do what by when."""

from web.worklist.views import bp

__all__ = ["bp"]
