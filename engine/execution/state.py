"""Saved state: the open tokens as JSON text in rows of its own. Definitions are never stored.

Structure is held in lists, so nothing depends on the order of keys, and what people entered stands
only where keys mean nothing. A token's variables are written as the difference to the token before
it, so the state grows with open work and not with history.
"""

from typing import Any

import orjson

from engine.errors import Invalid
from engine.execution.branches import prune
from engine.execution.limits import Limits, Variables
from engine.execution.program import Program
from engine.execution.scope import Clocks, ProcessInstance, Scope
from engine.execution.tokens import WAITING, Token

VERSION = 1


def dump(instance: ProcessInstance) -> str:
    """Return the process instance as text; what has ended and is not needed is forgotten."""
    for scope in instance.scopes:
        scope.tasks = prune(scope.tasks)
    scopes = [_dump_scope(scope) for scope in instance.scopes]
    head = [VERSION, instance.last_id, instance.completed]
    return orjson.dumps([*head, instance.data if instance.completed else {}, scopes]).decode()


def load(program: Program, state: str, *, clocks: Clocks, limits: Limits) -> ProcessInstance:
    """Return the process instance that was saved; raises `Invalid` where the program differs."""
    version, last_id, completed, variables, scopes = orjson.loads(state)
    if version != VERSION:
        raise Invalid(f"The saved state has version {version}, not {VERSION}")
    (_, name, rows), *inner = scopes
    instance = ProcessInstance(program, program.spec(name), clocks=clocks, limits=limits)
    instance.last_id = last_id
    instance.completed, instance.data = completed, variables
    _load_scope(instance, rows, {})
    hosts: dict[str, Token] = dict(instance.tasks)
    for host_id, name, rows in inner:
        host = hosts[host_id]
        scope = instance.create_subprocess(host, name)
        _load_scope(scope, rows, host.data)
        hosts.update(scope.tasks)
    return instance


def _dump_scope(scope: Scope) -> list[Any]:
    host = scope.host
    rows: list[list[Any]] = []
    position: dict[str, int] = {}
    for token in scope.tasks.values():
        before = token.parent
        position[token.id] = len(rows)
        base = before.data if before else host.data if host else {}
        rows.append(
            [
                token.id,
                position[before.id] if before else -1,
                token._state,
                token.task_spec.name,
                token.internal_data,
                *_difference(base, token.data),
            ]
        )
    return [host.id if host else None, scope.spec.name, rows]


def _load_scope(scope: Scope, rows: list[list[Any]], outer: Variables) -> None:
    tokens: list[Token] = []
    for identity, position, state, name, internal, *difference in rows:
        spec = scope.spec.task_specs.get(name)
        if spec is None:
            raise Invalid(f"The saved state is at '{name}', which '{scope.spec.name}' lacks")
        token = Token.__new__(Token)
        token.restore(scope, spec, identity=identity, state=state)
        before = tokens[position] if position >= 0 else None
        token.hang_under(before)
        token.internal_data = internal
        token.data = _apply(before.data if before else outer, difference)
        tokens.append(token)
        if state == WAITING or "message" in internal:
            _wait_again(token)


def _wait_again(token: Token) -> None:
    inside = token.internal_data
    if token.is_active and inside.keys() & {"due", "message", "host"}:
        token.workflow.top_workflow.waiting[token.id] = token


def _difference(base: Variables, data: Variables) -> list[Any]:
    if data is base:
        return []
    changed = {
        name: data[name]
        for name in sorted(data)
        if name not in base or base[name] is not data[name]
    }
    removed = sorted(base.keys() - data.keys())
    return [changed, removed] if changed or removed else []


def _apply(base: Variables, difference: list[Any]) -> Variables:
    if not difference:
        return base
    changed, removed = difference
    data = {**base, **changed}
    for name in removed:
        del data[name]
    return data
