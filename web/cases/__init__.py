"""Contacts: starting one, finding it again, and all that became of it."""

from web.cases.views import bp

__all__ = ["bp"]
