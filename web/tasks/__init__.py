"""One user task: claimed, filled in, completed."""

from web.tasks.views import bp

__all__ = ["bp"]
