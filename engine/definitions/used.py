"""Which processes, forms and tables of an authority a case can reach, from the front door on."""

from collections.abc import Iterator

from engine.definitions.folders import SHARED, authority_of
from engine.definitions.model import AuthorityDefinition, Form, ProcessDefinition

FRONT_DOOR = "front_door"


def used_processes(definition: AuthorityDefinition) -> Iterator[ProcessDefinition]:
    """The front door and what it calls, directly or through others, each once."""
    seen: set[str] = set()
    pending = [FRONT_DOOR]
    while pending:
        process_id = pending.pop(0)
        process = definition.processes.get(process_id)
        if process is None or process_id in seen:
            continue
        seen.add(process_id)
        yield process
        pending.extend(e.called_element for e in process.elements.values() if e.called_element)


def used_forms(definition: AuthorityDefinition) -> Iterator[Form]:
    """The forms of the user tasks and start events of those processes, each once."""
    named = (e.form_id for p in used_processes(definition) for e in p.elements.values())
    for form_id in dict.fromkeys(named):
        if form_id is not None and form_id in definition.forms:
            yield definition.forms[form_id]


def used_decisions(definition: AuthorityDefinition) -> Iterator[str]:
    """The ids of the decisions those processes ask, and of the decisions beside them in a file."""
    named = (e.decision_id for p in used_processes(definition) for e in p.elements.values())
    seen: set[str] = set()
    for decision_id in named:
        model = definition.decisions.get(decision_id) if decision_id else None
        for beside in model.decisions if model else ():
            if beside not in seen:
                seen.add(beside)
                yield beside


def own_processes(definition: AuthorityDefinition) -> Iterator[ProcessDefinition]:
    """The authority's processes: those in its folder, and the shared ones that a case can reach."""
    used = {process.id for process in used_processes(definition)}
    for process in definition.processes.values():
        if process.id in used or authority_of(process.file) != SHARED:
            yield process


def own_forms(definition: AuthorityDefinition) -> Iterator[Form]:
    """The authority's forms: those in its folder, and the shared ones that a task shows."""
    used = {form.id for form in used_forms(definition)}
    for form in definition.forms.values():
        if form.id in used or authority_of(form.file) != SHARED:
            yield form
