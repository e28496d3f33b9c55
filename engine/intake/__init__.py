"""A contact comes in: finding the child first, what is known already, and the open page."""

from engine.intake.expecting import Expected, Limit, Notice, expected, recipient_of
from engine.intake.finding import FoundChild, find_children
from engine.intake.following import Answer, Followed, follow
from engine.intake.known import KnownChild, PlacedChild, known_children, placed_children
from engine.intake.online import (
    Referred,
    SentTwice,
    TooManyRequests,
    count_request,
    forget_requests,
    online_authorities,
    refer,
    referred_before,
)
from engine.intake.places import EarlierCase
from engine.intake.related import RelatedCase, related
from engine.intake.sought import Sought, keep_sought, kept_sought, problems_of

__all__ = [
    "Answer",
    "EarlierCase",
    "Expected",
    "Followed",
    "FoundChild",
    "KnownChild",
    "Limit",
    "Notice",
    "PlacedChild",
    "Referred",
    "RelatedCase",
    "SentTwice",
    "Sought",
    "TooManyRequests",
    "count_request",
    "expected",
    "find_children",
    "follow",
    "forget_requests",
    "keep_sought",
    "kept_sought",
    "known_children",
    "online_authorities",
    "placed_children",
    "problems_of",
    "recipient_of",
    "refer",
    "referred_before",
    "related",
]
