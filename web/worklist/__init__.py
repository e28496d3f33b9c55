"""Who must do what by when."""

from web.worklist import away, views
from web.worklist.blueprint import bp

__all__ = ["away", "bp", "views"]
