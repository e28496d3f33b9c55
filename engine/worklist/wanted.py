"""What somebody wants to see on their worklist, kept on the server from one day to the next."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, Self

from sqlalchemy.orm import Session

from engine.people import Actor
from engine.store.tables import PersonView

PAGE_NAME = "worklist"
STRENGTHS = ("must", "should")
LONGEST_NAME = 100

Whose = Literal["mine", "team"]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Whose tasks, and which of them; an empty word stands for all. `child` is part of a name."""

    whose: Whose = "team"
    authority: str = ""
    process_id: str = ""
    role: str = ""
    child: str = ""
    referrer_kind: str = ""
    strength: str = ""

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Self:
        """Read what a form sent or the database kept; what is no filter is left out."""
        names = {field.name for field in fields(cls)}
        known = {key: str(word).strip() for key, word in written.items() if key in names}
        wanted = cls(**{**known, "whose": "mine" if known.get("whose") == "mine" else "team"})
        strength = wanted.strength if wanted.strength in STRENGTHS else ""
        return replace(wanted, strength=strength, child=wanted.child[:LONGEST_NAME])

    @property
    def is_filtered(self) -> bool:
        """Whether something is left out of the list."""
        return self != type(self)(whose=self.whose)


def remembered(session: Session, actor: Actor) -> Wanted:
    """Give what the person last chose, or everything of their team's."""
    kept = session.get(PersonView, (actor.id, PAGE_NAME)) if actor.kind == "person" else None
    return Wanted() if kept is None else Wanted.read(kept.settings)


def remember(session: Session, actor: Actor, wanted: Wanted) -> None:
    """Keep what the person has chosen."""
    session.merge(PersonView(person_id=int(actor.id), page=PAGE_NAME, settings=asdict(wanted)))
