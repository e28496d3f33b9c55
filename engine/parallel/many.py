"""Many referrals through several authorities: what each came to, in few words, one by one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import cast

from engine.definitions.model import AuthorityDefinition, Vocabulary
from engine.parallel.partings import partings
from engine.parallel.referral import choices, value_of
from engine.parallel.runs import Limit, Run, run_of
from engine.scenarios import Scenario

Referrals = Iterable[tuple[str, Scenario]]  # each with an id by which it is found again


@dataclass(frozen=True, kw_only=True)
class Came:
    """What one authority made of a referral; `result` is equal where the end is the same."""

    outcomes: tuple[str, ...]
    result: str
    is_stopped: bool
    limits: tuple[tuple[str, bool, bool, bool], ...]  # name, out of hours, no working day, missed


@dataclass(frozen=True, kw_only=True)
class Brief:
    """One referral and what each authority made of it."""

    id: str
    facts: Mapping[str, str]  # its choices; booleans as true and false
    came: Mapping[str, Came]
    first: str  # the point at which the courses part first; empty where they never do


class Lost(RuntimeError):
    """A process that played referrals has ended before its work was done."""


def many(
    definitions: Mapping[str, AuthorityDefinition], referrals: Referrals, *, processes: int = 1
) -> Iterator[Brief]:
    """Play referrals in every authority and yield each as it is done.

    With several processes they come in no order; a process must not have threads when it asks for
    others.
    """
    if processes == 1:
        yield from (_brief(definitions, id_, referral) for id_, referral in referrals)
        return
    yield from _spread(definitions, referrals, processes)


def _spread(
    definitions: Mapping[str, AuthorityDefinition], referrals: Referrals, processes: int
) -> Iterator[Brief]:
    """Let each process play every n-th referral; what is done comes back through a pipe."""
    context = get_context("fork")  # definitions are handed over as they are, not parsed again
    receivers: list[Connection] = []
    workers = []
    for share in range(processes):
        receiver, sender = context.Pipe(duplex=False)
        part = islice(referrals, share, None, processes)
        worker = context.Process(target=_work, args=(definitions, part, sender), daemon=True)
        worker.start()
        sender.close()
        receivers.append(receiver)
        workers.append(worker)
    try:
        yield from _received(receivers)
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


def _received(receivers: list[Connection]) -> Iterator[Brief]:
    while receivers:
        for ready in wait(receivers):
            receiver = cast(Connection, ready)
            try:
                brief = receiver.recv()
            except EOFError as error:
                raise Lost("A process that played referrals ended before its time.") from error
            if brief is None:
                receivers.remove(receiver)
            else:
                yield brief


def _work(
    definitions: Mapping[str, AuthorityDefinition], part: Referrals, sender: Connection
) -> None:
    for id_, referral in part:
        sender.send(_brief(definitions, id_, referral))
    sender.send(None)


def _brief(definitions: Mapping[str, AuthorityDefinition], id_: str, referral: Scenario) -> Brief:
    vocabulary = next(iter(definitions.values())).vocabulary
    runs = {key: run_of(definition, referral) for key, definition in definitions.items()}
    found = partings(definitions, runs)
    return Brief(
        id=id_,
        facts=facts_of(referral, vocabulary),
        came={key: _came(run) for key, run in runs.items()},
        first=found[0].about if found else "",
    )


def facts_of(referral: Scenario, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the value of every choice, booleans as true and false."""
    return {
        fact.id: str(value_of(referral, vocabulary, fact.id)).lower()
        for fact in vocabulary.facts.values()
        if choices(fact)
    }


def _came(run: Run) -> Came:
    return Came(
        outcomes=run.all_outcomes,
        result=repr(run.result),
        is_stopped=run.stopped is not None,
        limits=tuple(_limit(limit) for limit in run.limits),
    )


def _limit(limit: Limit) -> tuple[str, bool, bool, bool]:
    is_missed = limit.met is False
    return limit.name, limit.is_out_of_hours, limit.is_non_working_day, is_missed
