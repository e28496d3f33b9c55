"""What a referrer sees: an open page to tell of a worry, and what became of it."""

from web.referrers.views import bp

__all__ = ["bp"]
