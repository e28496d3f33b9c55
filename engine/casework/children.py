"""Children of one contact told apart: what is done about one of them is known by its name."""

from collections.abc import Mapping
from typing import Any

CHILDREN = "children"


def told_apart(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers in which no two children have one name: the second gets a number behind it.

    Tasks, decisions and outcomes name their child, so two of one name would be one child there.
    Children without a name stay without one.
    """
    children = answers.get(CHILDREN)
    if not isinstance(children, list):
        return dict(answers)
    taken: set[str] = set()
    return {**answers, CHILDREN: [_named(child, taken) for child in children]}


def _named(child: Any, taken: set[str]) -> Any:
    name = child.get("name") if isinstance(child, Mapping) else None
    if not isinstance(name, str) or not name:
        return child
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name} ({number})"
    taken.add(found)
    return child if found == name else {**child, "name": found}
