"""The procedures as they are deployed: diagrams, and clauses with where they live."""

from web.models import clauses
from web.models.views import bp

__all__ = ["bp", "clauses"]
