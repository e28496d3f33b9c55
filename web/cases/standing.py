"""Where a case stands in its diagrams: what is done, current and overdue."""

from engine.cases import CasePage
from engine.definitions.model import AuthorityDefinition

FRONT_DOOR = "front_door"


def states(case: CasePage, definition: AuthorityDefinition, process_id: str) -> dict[str, str]:
    """The state of each element of a diagram that the case has come to."""
    come_to = case.elements.get(process_id, {})
    found = {element: "done" for element, state in come_to.items() if state == "done"}
    found.update(dict.fromkeys(_calling(case, definition, process_id), "current"))
    for task in case.open_tasks:
        if task.process_id == process_id:
            found[task.element_id] = "current"
    found.update({element: "overdue" for process, element in _late(case) if process == process_id})
    return found


def entered(case: CasePage, definition: AuthorityDefinition) -> list[tuple[str, str]]:
    """The diagrams that the case has come to: their ids and names, the front door first."""
    ids = dict.fromkeys([FRONT_DOOR, *case.elements])
    known = (definition.processes[id_] for id_ in ids if id_ in definition.processes)
    return [(process.id, process.name or process.id) for process in known]


def drawn_first(case: CasePage) -> str:
    """The diagram in which somebody has something to do, else the front door itself."""
    return next((task.process_id for task in case.open_tasks), FRONT_DOOR)


def _late(case: CasePage) -> list[tuple[str, str]]:
    """The limits that have passed, and the tasks that they bind, by process and element."""
    limits = [(x.process_id, x.element_id) for x in case.deadlines if x.state == "overdue"]
    return limits + [(x.process_id, x.element_id) for x in case.open_tasks if x.is_overdue]


def _calling(case: CasePage, definition: AuthorityDefinition, process_id: str) -> list[str]:
    """Call activities inside which a task or a limit is open."""
    busy = _busy(case, definition)
    elements = definition.processes[process_id].elements.values()
    return [element.id for element in elements if element.called_element in busy]


def _busy(case: CasePage, definition: AuthorityDefinition) -> set[str]:
    """The diagrams with an open task or limit, and those that call them."""
    busy = {task.process_id for task in case.open_tasks}
    busy |= {line.process_id for line in case.deadlines if line.ended_at is None}
    calls = [
        (process.id, element.called_element)
        for process in definition.processes.values()
        for element in process.elements.values()
        if element.called_element
    ]
    for _ in calls:  # at most one more caller a round
        busy |= {caller for caller, called in calls if called in busy}
    return busy
