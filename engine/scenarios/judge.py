"""What a played scenario came to, and where that differs from what was expected."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from engine.casework import effects as fx
from engine.casework.clocks import BEYOND
from engine.scenarios.cited import clauses_cited
from engine.scenarios.read import Scenario


@dataclass(frozen=True, kw_only=True)
class Result:
    """The judgement on one scenario in one authority."""

    name: str
    authority: str
    passed: bool
    mismatches: tuple[str, ...]
    trace: Mapping[str, Any]
    effects: tuple[fx.Effect, ...] = field(repr=False, default=())

    def to_json(self) -> dict[str, Any]:
        """Return the result in the shape of the contract."""
        return {
            "name": self.name,
            "authority": self.authority,
            "passed": self.passed,
            "mismatches": list(self.mismatches),
            "trace": self.trace,
        }


def trace_of(scenario: Scenario, effects: Iterable[fx.Effect]) -> dict[str, Any]:
    """Return the trace of a run: what happened, as the contract lists it."""
    happened = tuple(effects)
    decided = [e.outcome for e in happened if isinstance(e, fx.StrategyDecided)]
    authorised = any(isinstance(e, fx.Authorised) for e in happened)
    return {
        "outcomes": _unique(e.outcome for e in happened if isinstance(e, fx.OutcomeReached)),
        "strategy_outcome": decided[-1] if decided else None,
        "flows": _unique(e.flow for e in happened if isinstance(e, fx.FlowEntered)),
        "deadlines": _deadlines(happened),
        "notifications": [
            {"at": e.at.isoformat(), "recipient": e.recipient, "kind": e.kind}
            for e in happened
            if isinstance(e, fx.NotificationSent)
        ],
        "records": [
            {"at": e.at.isoformat(), "record": e.record}
            for e in happened
            if isinstance(e, fx.RecordMade)
        ],
        "events": [_event(e) for e in happened if isinstance(e, fx.ElementDone) and not e.is_whole],
        "authorised_by": "manager" if authorised else "nobody",
        "children": _children(scenario, happened),
    }


def judge(scenario: Scenario, authority: str, effects: Iterable[fx.Effect]) -> Result:
    """Return whether a run came to what its scenario expects, with a sentence for each miss."""
    happened = tuple(effects)
    trace = trace_of(scenario, happened)
    cited = set(clauses_cited(happened))
    found = tuple(_misses(scenario.expect, trace, cited))
    return Result(
        name=scenario.name,
        authority=authority,
        passed=not found,
        mismatches=found,
        trace=trace,
        effects=happened,
    )


def failed(
    scenario: Scenario,
    authority: str,
    effects: Iterable[fx.Effect],
    *,
    sentences: Iterable[str],
) -> Result:
    """Return the result of a scenario that could not be played to its end."""
    happened = tuple(effects)
    return Result(
        name=scenario.name,
        authority=authority,
        passed=False,
        mismatches=tuple(sentences),
        trace=trace_of(scenario, happened),
        effects=happened,
    )


def _misses(expect: Mapping[str, Any], trace: Mapping[str, Any], cited: set[str]) -> Iterator[str]:
    for key, wanted in expect.items():
        yield from _CHECKS[key](wanted, trace, cited)


def _exact_outcomes(wanted: Any, trace: Mapping[str, Any], _: set[str]) -> Iterator[str]:
    if set(wanted) != set(trace["outcomes"]):
        yield f"outcomes are {_list(trace['outcomes'])}, expected {_list(wanted)}"


def _exact_flows(wanted: Any, trace: Mapping[str, Any], _: set[str]) -> Iterator[str]:
    if list(wanted) != trace["flows"]:
        yield f"flows entered are {_list(trace['flows'])}, expected {_list(wanted)}"


def _deadlines_as(wanted: Any, trace: Mapping[str, Any], _: set[str]) -> Iterator[str]:
    for name, expected in wanted.items():
        found = trace["deadlines"].get(name)
        if found is None:
            yield f"the clock {name} never started"
            continue
        due = datetime.fromisoformat(found["due"])
        if "due" in expected and due != expected["due"]:
            yield f"{name} is due {due.isoformat()}, expected {expected['due'].isoformat()}"
        if "met" in expected and found["met"] is not expected["met"]:
            yield f"{name} ended with met = {found['met']}, expected {expected['met']}"


def _no_deadlines(wanted: Any, trace: Mapping[str, Any], _: set[str]) -> Iterator[str]:
    for name in wanted:
        if name in trace["deadlines"]:
            yield f"the clock {name} started, though it should not"


def _notified(wanted: Any, trace: Mapping[str, Any], _: set[str]) -> Iterator[str]:
    told = _told(trace)
    for pattern in wanted:
        if not any(fnmatchcase(word, pattern) for word in told):
            yield f"{pattern} was not told; told were {_list(told)}"


def _not_notified(wanted: Any, trace: Mapping[str, Any], _: set[str]) -> Iterator[str]:
    for pattern in wanted:
        for word in sorted({word for word in _told(trace) if fnmatchcase(word, pattern)}):
            yield f"{word} was told, though {pattern} should not be"


def _records(wanted: Any, trace: Mapping[str, Any], _: set[str]) -> Iterator[str]:
    made = {entry["record"] for entry in trace["records"]}
    for record in wanted:
        if record not in made:
            yield f"the record {record} was not made"


def _no_records(wanted: Any, trace: Mapping[str, Any], _: set[str]) -> Iterator[str]:
    made = {entry["record"] for entry in trace["records"]}
    for record in wanted:
        if record in made:
            yield f"the record {record} was made, though it should not"


def _authorised_by(wanted: Any, trace: Mapping[str, Any], _: set[str]) -> Iterator[str]:
    if wanted != trace["authorised_by"]:
        yield f"authorised by {trace['authorised_by']}, expected {wanted}"


def _strategy_outcome(wanted: Any, trace: Mapping[str, Any], _: set[str]) -> Iterator[str]:
    if wanted != trace["strategy_outcome"]:
        yield f"the strategy outcome is {trace['strategy_outcome']}, expected {wanted}"


def _ran(wanted: Any, trace: Mapping[str, Any], _: set[str]) -> Iterator[str]:
    ran = {event["element"] for event in trace["events"]}
    yield from (f"{element} did not run" for element in wanted if element not in ran)


def _done_by(wanted: Any, trace: Mapping[str, Any], _: set[str]) -> Iterator[str]:
    for element, role in wanted.items():
        roles = {e["role"] for e in trace["events"] if e["element"] == element and e["role"]}
        if roles != {role}:
            yield f"{element} was done by {_list(sorted(roles))}, expected {role}"


def _clauses(wanted: Any, _: Mapping[str, Any], cited: set[str]) -> Iterator[str]:
    for clause in wanted:
        if clause not in cited:
            yield f"no element, row or field that ran cites {clause}"


_CHECKS: Mapping[str, Callable[[Any, Mapping[str, Any], set[str]], Iterator[str]]] = {
    "outcomes": _exact_outcomes,
    "flows": _exact_flows,
    "deadlines": _deadlines_as,
    "no_deadlines": _no_deadlines,
    "notified": _notified,
    "not_notified": _not_notified,
    "records": _records,
    "no_records": _no_records,
    "authorised_by": _authorised_by,
    "strategy_outcome": _strategy_outcome,
    "clauses": _clauses,
    "ran": _ran,
    "done_by": _done_by,
}


def _told(trace: Mapping[str, Any]) -> list[str]:
    return [f"{entry['recipient']}:{entry['kind']}" for entry in trace["notifications"]]


def _deadlines(happened: tuple[fx.Effect, ...]) -> dict[str, dict[str, Any]]:
    """Return each clock once: the earliest due instant, met when it is met for every child."""
    started = [e for e in happened if isinstance(e, fx.DeadlineStarted)]
    ended = {e.deadline: e.met for e in happened if isinstance(e, fx.DeadlineEnded)}
    beyond = {e.deadline for e in started if e.owner == BEYOND}
    missed = {e.deadline for e in happened if isinstance(e, fx.DeadlineMissed)} - beyond
    clocks: dict[str, dict[str, Any]] = {}
    for name in _unique(e.deadline_name for e in started):
        same = [e for e in started if e.deadline_name == name]
        ends = [ended.get(e.deadline, False if e.deadline in missed else None) for e in same]
        clocks[name] = {
            "due": min(e.due for e in same).isoformat(),
            "met": False if False in ends else None if None in ends else True,
            "clauses": _unique(clause for e in same for clause in e.clauses),
            "strength": same[0].strength,
        }
    return clocks


def _event(done: fx.ElementDone) -> dict[str, Any]:
    return {
        "at": done.at.isoformat(),
        "flow": done.process_id,
        "element": done.element_id,
        "name": done.name,
        "kind": done.kind,
        "role": done.role,
        "clauses": list(done.clauses),
    }


def _children(scenario: Scenario, happened: tuple[fx.Effect, ...]) -> list[dict[str, Any]]:
    reached = [e for e in happened if isinstance(e, fx.OutcomeReached)]
    known = [c["name"] for c in scenario.facts.get("children", ()) if "name" in c]
    names = known or _unique(e.child for e in reached if e.child)
    return [
        {"name": name, "outcomes": _unique(e.outcome for e in reached if e.child in (name, None))}
        for name in names
    ]


def _unique(words: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(words))


def _list(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"
