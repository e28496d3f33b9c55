"""What a process instance knows as a whole, whichever of its parallel paths was told it."""

from collections.abc import Iterator
from typing import Any

from engine.execution import variables as vs
from engine.execution.scope import ProcessInstance, Scope


def known_in(instance: ProcessInstance) -> dict[str, Any]:
    """Return all variables that any path holds; where paths differ, the latest change wins."""
    known = dict(instance.data)
    made = [change for scope in instance.scopes for change in _changes(scope)]
    for _, changes in sorted(made, key=lambda change: change[0]):
        known.update({name: after[0] for name, (_, after, _) in changes.items() if after})
    return known


def _changes(scope: Scope) -> Iterator[tuple[int, vs.Changes]]:
    """Yield what each token changed against the one before it, and what ended beside it."""
    outer = scope.host.data if scope.host else {}
    for token in scope.tasks.values():
        before = token.parent.data if token.parent else outer
        yield int(token.id), vs.changes(before, token.data)
        for name, change in token.internal_data.get("ended", {}).items():
            yield change[2], {name: change}
