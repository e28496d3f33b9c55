"""The procedures as they are deployed: diagrams to read."""

from web.models.views import bp

__all__ = ["bp"]
