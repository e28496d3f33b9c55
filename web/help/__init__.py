"""Help, glossary and accessibility statement."""

from web.help.views import bp

__all__ = ["bp"]
