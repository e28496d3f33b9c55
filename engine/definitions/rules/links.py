"""What the files of an authority refer to in one another: it is there, and it is used."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from engine.definitions.clauses import models
from engine.definitions.folders import SHARED, authority_of
from engine.definitions.model import AuthorityDefinition, Element, ProcessDefinition
from engine.definitions.problems import Finding
from engine.definitions.rules import flows
from engine.definitions.used import (
    FRONT_DOOR,
    own_processes,
    used_decisions,
    used_forms,
    used_processes,
)


def is_shared(file: str) -> bool:
    """Whether the file is one that authorities share."""
    return authority_of(file) == SHARED


def elements(
    authority: AuthorityDefinition, *kinds: str
) -> Iterator[tuple[ProcessDefinition, Element]]:
    """The elements of these kinds in all processes of the authority."""
    for process in own_processes(authority):
        for element in process.elements.values():
            if element.kind in kinds:
                yield process, element


def front_door(authority: AuthorityDefinition) -> Iterator[Finding]:
    """An authority has a process `front_door`, whose start event has the form that opens a case."""
    process = authority.processes.get(FRONT_DOOR)
    file = f"bpmn/{authority.id}/{FRONT_DOOR}.bpmn"
    if process is None:
        message = f"There is no process {FRONT_DOOR!r}: it is where every case starts."
        yield Finding(file=file, element=None, message=message)
    for process, element in elements(authority, "startEvent"):
        first = process.id == FRONT_DOOR and element.parent is None
        if first and not element.form_id:
            message = "The start event has no form: give the questions that open a case."
            yield Finding(file=process.file, element=element.id, message=message)
        if element.form_id and not first:
            message = f"Only the start event of {FRONT_DOOR!r} has a form. Draw a user task."
            yield Finding(file=process.file, element=element.id, message=message)


def known_processes(authority: AuthorityDefinition) -> Iterator[Finding]:
    """A call activity calls a process that the authority has, or that authorities share."""
    for process, element in elements(authority, "callActivity"):
        called = element.called_element
        if called and not called.startswith("=") and called not in authority.processes:
            message = f"There is no process {called[:60]!r}: draw it, or call another."
            yield Finding(file=process.file, element=element.id, message=message)


def known_decisions(authority: AuthorityDefinition) -> Iterator[Finding]:
    """A business rule task asks a decision that the authority has, or that authorities share."""
    for process, element in elements(authority, "businessRuleTask"):
        asked = element.decision_id
        if asked and not asked.startswith("=") and asked not in authority.decisions:
            message = f"There is no decision {asked[:60]!r}: make the table, or ask another."
            yield Finding(file=process.file, element=element.id, message=message)


def known_forms(authority: AuthorityDefinition) -> Iterator[Finding]:
    """A user task shows a form that the authority has, or that authorities share."""
    for process, element in elements(authority, "userTask", "startEvent"):
        if element.form_id and element.form_id not in authority.forms:
            message = f"There is no form {element.form_id[:60]!r}: make it, or show another."
            yield Finding(file=process.file, element=element.id, message=message)


def file_names(authority: AuthorityDefinition) -> Iterator[Finding]:
    """A process, a form and a decision are named as their file is."""
    for process in authority.processes.values():
        yield from _named(process.file, process.id, [process.id], "process")
    for form in authority.forms.values():
        yield from _named(form.file, form.id, [form.id], "form")
    for path in authority.sources:
        if path.endswith(".dmn") and path not in dict(models(authority)):
            stem = PurePosixPath(path).stem
            message = f"The file holds no decision with the id {stem!r}. Rename one of them."
            yield Finding(file=path, element=None, message=message)


def recursion(authority: AuthorityDefinition) -> Iterator[Finding]:
    """No process calls itself through processes in other files: it would never end."""
    yield from flows.calls_itself(tuple(authority.processes.values()))


def unused_files(authority: AuthorityDefinition) -> Iterator[Finding]:
    """Every process, form and decision is reached from the front door, or it runs for nobody."""
    reached = {process.id for process in used_processes(authority)}
    shown = {form.id for form in used_forms(authority)}
    asked = set(used_decisions(authority))
    for process in authority.processes.values():
        if process.id not in reached and not is_shared(process.file):
            message = "No call activity reaches the process from the front door."
            yield Finding(file=process.file, element=process.id, message=message)
    for form in authority.forms.values():
        if form.id not in shown and not is_shared(form.file):
            yield Finding(file=form.file, element=None, message="No user task shows the form.")
    for path, model in models(authority):
        if not asked.intersection(model.decisions) and not is_shared(path):
            message = "No business rule task asks the decision."
            yield Finding(file=path, element=None, message=message)


def caught_escalations(authority: AuthorityDefinition) -> Iterator[Finding]:
    """An escalation that is thrown is caught somewhere: else nobody would do anything."""
    caught = {
        element.event_reference
        for _, element in elements(authority, "boundaryEvent")
        if element.event == "escalation"
    }
    for process, element in elements(authority, "intermediateThrowEvent", "endEvent"):
        throws = element.event == "escalation" and not is_shared(process.file)
        if throws and element.event_reference not in caught and None not in caught:
            message = (
                f"Nothing catches the escalation {element.event_reference!r}: draw a boundary"
                " event on the call activity."
            )
            yield Finding(file=process.file, element=element.id, message=message)


def _named(file: str, element: str, names: list[str], what: str) -> Iterator[Finding]:
    stem = PurePosixPath(file).stem
    if stem not in names:
        message = f"The {what} has the id {names[0][:60]!r}, but its file is named {stem!r}."
        yield Finding(file=file, element=element or None, message=message)
