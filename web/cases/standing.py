"""Where a case stands in its diagrams: what is done, current and overdue."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine import cases
from engine.cases import Places
from engine.definitions.model import AuthorityDefinition, ProcessDefinition
from engine.errors import NotFound
from web.cases.top import Top

FRONT_DOOR = "front_door"


@dataclass(frozen=True, kw_only=True)
class Marks:
    """The marks of every diagram that the case has come to."""

    definition: AuthorityDefinition
    places: Places

    @property
    def first(self) -> str:
        """The diagram in which somebody has something to do, else the front door itself."""
        return next((task.process_id for task in self.places.tasks), FRONT_DOOR)

    @property
    def entered(self) -> list[tuple[str, str]]:
        """The diagrams that the case has come to: ids and names, the front door first."""
        known = self.definition.processes
        ids = dict.fromkeys([FRONT_DOOR, *self.places.come_to])
        return [(id_, known[id_].name or id_) for id_ in ids if id_ in known]

    def states(self, process_id: str) -> dict[str, str]:
        """The state of each element of a diagram that the case has come to."""
        here = self.places.come_to.get(process_id, {})
        found = {element: "done" for element, state in here.items() if state == "done"}
        found.update(dict.fromkeys(self._calling(process_id), "current"))
        for task in self.places.tasks:
            if task.process_id == process_id:
                found[task.element_id] = "overdue" if task.is_overdue else "current"
        for limit in self.places.limits:
            if limit.process_id == process_id and limit.is_overdue:
                found[limit.element_id] = "overdue"
        return found

    def _calling(self, process_id: str) -> list[str]:
        """Call activities inside which a task or a limit is open."""
        busy = self._busy()
        elements = self.definition.processes[process_id].elements.values()
        return [element.id for element in elements if element.called_element in busy]

    def _busy(self) -> set[str]:
        """The diagrams with an open task or limit, and those that call them."""
        busy = {place.process_id for place in (*self.places.tasks, *self.places.limits)}
        calls = [
            (process.id, element.called_element)
            for process in self.definition.processes.values()
            for element in process.elements.values()
            if element.called_element
        ]
        for _ in calls:  # at most one more caller a round
            busy |= {caller for caller, called in calls if called in busy}
        return busy


def marks(store: Session, top: Top) -> Marks:
    """The marks of a case's diagrams."""
    places = cases.places(store, top.mast.id, now=top.now)
    return Marks(definition=top.definition, places=places)


def process_of(top: Top, process_id: str) -> ProcessDefinition:
    """A diagram of the case's version. Raises NotFound when it has none of that id."""
    process = top.definition.processes.get(process_id)
    if process is None:
        raise NotFound("The procedure has no diagram of that name.")
    return process
