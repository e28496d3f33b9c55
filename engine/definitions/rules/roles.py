"""Roles: who does what is said by the lane and by candidateGroups, and both say the same."""

from collections.abc import Iterable, Iterator

from engine.definitions.model import AuthorityDefinition, Element
from engine.definitions.problems import Finding
from engine.definitions.rules.links import elements, is_shared


def task_roles(authority: AuthorityDefinition) -> Iterator[Finding]:
    """A user task waits for a role of authority.toml, and lies in the lane with its label."""
    for process, element in elements(authority, "userTask"):
        if is_shared(process.file) and (element.role or "").startswith("="):
            continue
        problem = _role_problem(element, authority)
        if problem:
            yield Finding(file=process.file, element=element.id, message=problem)


def lane_names(authority: AuthorityDefinition) -> Iterator[Finding]:
    """Lanes are named by the labels of roles in authority.toml."""
    labels = set(authority.roles.values())
    for process in authority.processes.values():
        if is_shared(process.file):
            continue
        for lane in process.lanes:
            if lane not in labels:
                message = f"The lane {lane[:60]!r} is no role's label. Labels: {_list(labels)}."
                yield Finding(file=process.file, element=process.id, message=message)


def unused_roles(authority: AuthorityDefinition) -> Iterator[Finding]:
    """Every role of authority.toml has a user task, or its worklist is always empty."""
    used = {element.role for _, element in elements(authority, "userTask")}
    for role in authority.roles:
        if role not in used:
            file = f"bpmn/{authority.id}/authority.toml"
            message = f"No user task waits for the role {role!r}."
            yield Finding(file=file, element=role, message=message)


def _role_problem(element: Element, authority: AuthorityDefinition) -> str | None:
    if not element.role:
        return None  # user_task says it
    label = authority.roles.get(element.role)
    if label is None:
        known = _list(authority.roles)
        return f"candidateGroups is {element.role[:60]!r}, no role of authority.toml: {known}."
    if element.lane is None:
        return f"The user task lies in no lane. Draw it in the lane {label!r}."
    if element.lane != label:
        return f"The user task lies in the lane {element.lane!r}, but waits for {label!r}."
    return None


def _list(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))
