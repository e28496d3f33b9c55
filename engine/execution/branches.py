"""Parallel branches: where they part, what each comes to, and which history still matters."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from engine.execution import variables as vs
from engine.execution.limits import Variables
from engine.execution.tokens import Token, lineage


def branch_of(token: Token, others: Iterable[Token]) -> tuple[list[Token], Token | None]:
    """Return the tokens from this one back to where it parted from the others, and that fork."""
    shared = {step.id for other in others for step in lineage(other)}
    branch: list[Token] = []
    for step in lineage(token):
        if step.id in shared:
            return branch, step
        branch.append(step)
    return branch, None


def common_fork(tokens: Iterable[Token]) -> Token:
    """Return the last token that all of them come from."""
    first, *others = tokens
    shared = [token.id for token in lineage(first)]
    for other in others:
        line = {token.id for token in lineage(other)}
        shared = [identity for identity in shared if identity in line]
    found: Token = first.workflow.tasks[shared[0]]
    return found


def come_to(branch: Sequence[Token], variables: Variables) -> Variables:
    """Return the variables that a branch ends with: its own, and what ended beside it."""
    for step in branch:
        variables = vs.apply_unless_changed(variables, step.internal_data.get("ended", {}))
    return variables


def outside(token: Token) -> Variables:
    """Return the token's variables without those that are its path's alone."""
    return vs.reveal(token.data, token.internal_data.get("local", {}))


def leave_at(fork: Token, branch: Sequence[Token], *, when: int) -> None:
    """Keep at the fork what a branch wrote that has ended, with what had ended beside it."""
    made = vs.changes(fork.data, outside(branch[0]), when=when)
    for step in branch:
        made = vs.chain_changes(made, step.internal_data.get("ended", {}))
    inside = fork.internal_data
    inside["ended"] = vs.add_changes(inside.get("ended", {}), made)


def join(tokens: Sequence[Token]) -> Variables:
    """Return what branches come to together: each one's changes since they parted, last one wins.

    What ended beside one of them, with nothing of it left, is taken on here.
    """
    fork = common_fork(tokens)
    elsewhere = [other for other in tokens[0].workflow.active if other not in tokens]
    still_open = {step.id for other in elsewhere for step in lineage(other)}
    branches = [list(takewhile(lambda step: step is not fork, lineage(token))) for token in tokens]
    taken_on = [[step for step in branch if step.id not in still_open] for branch in branches]
    data = [come_to(steps, outside(token)) for steps, token in zip(taken_on, tokens, strict=True)]
    for steps in taken_on:
        for step in steps:
            step.internal_data.pop("ended", None)
    return vs.merge(fork.data, data)


def prune(tokens: Mapping[str, Token]) -> dict[str, Token]:
    """Return the tokens still there and the forks that they come from, without what has gone."""
    heirs: dict[str, list[Token]] = {}
    kept: set[str] = set()
    for token in reversed(list(tokens.values())):
        below = heirs.pop(token.id, [])
        if token.is_active or len(below) > 1:
            kept.add(token.id)
            token._children = []
            for heir in reversed(below):
                heir.hang_under(token)
            below = [token]
        elif below and "ended" in token.internal_data:
            _inherit(below[0], token)
        if token._parent is None:
            for heir in below:
                heir.hang_under(None)
        else:
            heirs.setdefault(token._parent, []).extend(below)
    return {identity: tokens[identity] for identity in tokens if identity in kept}


def _inherit(heir: Token, token: Token) -> None:
    inside = heir.internal_data
    inside["ended"] = vs.chain_changes(inside.get("ended", {}), token.internal_data["ended"])
