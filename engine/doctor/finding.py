"""What an examination finds."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An invariant that does not hold, in a sentence; `invariant` is its number, I1 to I12."""

    invariant: str
    case_id: int | None
    sentence: str
