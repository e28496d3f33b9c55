"""A contact comes in: the child is found first, then the case starts."""

from web.intake.views import bp

__all__ = ["bp"]
