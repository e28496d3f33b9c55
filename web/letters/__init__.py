"""Letters and e-mails of cases: read, printed, tried again."""

from web.letters.views import bp

__all__ = ["bp"]
