"""The deadlines board for managers."""

from web.board.views import bp

__all__ = ["bp"]
