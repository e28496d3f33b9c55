"""Ids as people read them, without underscores, and as they write several: between commas."""


def spoken(identifier: str) -> str:
    """Give an id, or a word of a vocabulary, as words: decide_on_referral → decide on referral."""
    return identifier.replace("_", " ")


def titled(identifier: str) -> str:
    """Give the words with a capital, to stand alone: decide_on_referral → Decide on referral."""
    words = spoken(identifier)
    return words[:1].upper() + words[1:]


def listed(text: str | None) -> tuple[str, ...]:
    """Give the ids that a property lists between commas, in the order written, if any."""
    return tuple(word for part in (text or "").split(",") if (word := part.strip()))
