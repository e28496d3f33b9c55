"""One referral through several procedures: what they do."""

from web.parallel.views import bp

__all__ = ["bp"]
