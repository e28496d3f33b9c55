"""What is known of a child while it is looked for, kept here so that no address carries a name."""

from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from engine import search_terms
from engine.errors import Refused
from engine.people import Actor
from engine.store.tables import PersonView

_PAGE = "find"


@dataclass(frozen=True, kw_only=True)
class Sought:
    """A child who is looked for, in the words of whoever looks."""

    authority: str = ""  # where the contact is to start
    adds: bool = False  # to the children of the contact that is begun
    name: str = ""
    is_unborn: bool = False
    date_of_birth: str = ""  # or the date on which the birth is expected
    address: str = ""
    reference: str = ""

    @property
    def entry(self) -> dict[str, str]:
        """What to write of the child where nobody knows them yet."""
        name = f"Unborn child of {self.name}" if self.is_unborn and self.name else self.name
        born = search_terms.born(self.date_of_birth)
        entry = {"name": name or ("Unborn child" if self.is_unborn else "")}
        return {**entry, "date_of_birth": born} if born else entry


def problems_of(sought: Sought) -> dict[str, str]:
    """Give a sentence for each field by which nobody can be found."""
    if not any((sought.name, sought.date_of_birth, sought.address, sought.reference)):
        return {"name": "Enter what is known of the child, or go on without finding them"}
    problems = {}
    if sought.name and not search_terms.name_words(sought.name):
        problems["name"] = "Enter the name in letters"
    if sought.date_of_birth and search_terms.born(sought.date_of_birth) is None:
        problems["date_of_birth"] = "Enter a real date with day, month and year, like 27 3 2017"
    if sought.address and not search_terms.addresses(sought.address):
        problems["address"] = "Enter a postcode, or a street with its ending, like 12 Elm Road"
    return problems


def kept_sought(session: Session, by: Actor) -> Sought:
    """Give what the person last looked for."""
    row = session.get(PersonView, (_person(by), _PAGE))
    return Sought() if row is None else Sought(**row.settings)


def keep_sought(session: Session, sought: Sought, *, by: Actor) -> None:
    """Keep what the person looks for."""
    session.merge(PersonView(person_id=_person(by), page=_PAGE, settings=asdict(sought)))


def _person(by: Actor) -> int:
    if by.kind != "person":
        raise Refused("Only people look for a child here.")
    return int(by.id)
