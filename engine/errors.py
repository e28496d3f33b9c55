"""The three families of error that a caller of the engine can meet."""


class NotFound(LookupError):
    """What was asked for does not exist, or the asker may not know that it does."""


class Refused(Exception):
    """The request is understood but cannot be done now: already done, not allowed, out of date."""


class Invalid(ValueError):
    """The input is wrong; the message says what is wrong and what to do instead."""
