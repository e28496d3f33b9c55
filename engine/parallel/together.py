"""One referral through several authorities at once, and what a change of one fact does to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.definitions.model import AuthorityDefinition, Vocabulary
from engine.errors import Invalid
from engine.identifiers import spoken
from engine.parallel.partings import Course, Parting, course_of, pairs_of, points
from engine.parallel.referral import changed, choices, value_of
from engine.parallel.runs import Run, run_of
from engine.scenarios import Scenario

_ENDS = ("outcome", "strategy", "stopped")


@dataclass(frozen=True, kw_only=True)
class Together:
    """The runs of one referral by the authority's key, and where they part."""

    referral: Scenario
    definitions: Mapping[str, AuthorityDefinition]
    runs: Mapping[str, Run]

    @property
    def vocabulary(self) -> Vocabulary:
        """The words that the authorities share."""
        return next(iter(self.definitions.values())).vocabulary

    @cached_property
    def points(self) -> tuple[Parting, ...]:
        """Every point that any course comes to, first things first."""
        return tuple(points(self.definitions, self.runs, self._courses))

    @cached_property
    def partings(self) -> tuple[Parting, ...]:
        """Every point at which the courses are not all the same."""
        return tuple(point for point in self.points if point.is_parting)

    @property
    def first_end(self) -> Parting | None:
        """The first point at which what comes of it parts: what a limit or a question does not."""
        return next((point for point in self.partings if point.kind in _ENDS), None)

    @cached_property
    def _courses(self) -> Mapping[str, Course]:
        return {key: course_of(run) for key, run in self.runs.items()}

    @cached_property
    def first_by_pair(self) -> Mapping[tuple[str, str], Parting | None]:
        """The first point at which each two part; nothing where they never do."""
        return {pair: self._first_of(pair) for pair in pairs_of(tuple(self.runs))}

    def _first_of(self, pair: tuple[str, str]) -> Parting | None:
        found = points(
            {key: self.definitions[key] for key in pair},
            {key: self.runs[key] for key in pair},
            {key: self._courses[key] for key in pair},
        )
        return next((point for point in found if point.is_parting), None)

    @property
    def outcomes_differ(self) -> bool:
        """Whether the child would be treated differently in the end."""
        return len({run.result for run in self.runs.values()}) > 1


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a changed fact does in one authority: words before and after."""

    authority: str
    name: str
    what: str  # outcome, limits, told, authorised or stopped
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """A referral with some facts changed, beside what it was."""

    values: Mapping[str, Any]
    before: Together
    after: Together
    changes: tuple[Change, ...]


def run(definitions: Mapping[str, AuthorityDefinition], referral: Scenario) -> Together:
    """Play one referral in every authority. Raises Invalid where there is none."""
    if not definitions:
        raise Invalid("Choose an authority.")
    runs = {key: run_of(definition, referral) for key, definition in definitions.items()}
    return Together(referral=referral, definitions=dict(definitions), runs=runs)


def what_if(together: Together, values: Mapping[str, Any]) -> WhatIf:
    """Change facts for every child; an authority that asked for none of them keeps its run.

    Raises Invalid for a word or a value that is none of the vocabulary's.
    """
    referral = together.referral
    for fact, value in values.items():
        referral = changed(referral, together.vocabulary, fact, value)
    runs = {
        key: before if before.asked.isdisjoint(values) else run_of(definition, referral)
        for (key, before), definition in zip(
            together.runs.items(), together.definitions.values(), strict=True
        )
    }
    after = Together(referral=referral, definitions=together.definitions, runs=runs)
    changes = tuple(
        change for key in runs for change in _changes(together.runs[key], runs[key], key)
    )
    return WhatIf(values=dict(values), before=together, after=after, changes=changes)


def sensitivity(together: Together) -> Iterator[WhatIf]:
    """Yield each single change of a choice that changes an authority's outcome."""
    for fact in together.vocabulary.facts.values():
        now = value_of(together.referral, together.vocabulary, fact.id)
        if any(fact.id in run.asked for run in together.runs.values()):
            for value in choices(fact):
                if value != now:
                    found = what_if(together, {fact.id: value})
                    if any(change.what in ("outcome", "stopped") for change in found.changes):
                        yield found


def _changes(before: Run, after: Run, key: str) -> Iterator[Change]:
    if before is after:
        return
    told, told_after = _told(before), _told(after)
    for what, old, new in (
        ("outcome", _outcomes(before), _outcomes(after)),
        ("stopped", _given(before.stopped), _given(after.stopped)),
        ("authorised", before.authorised_by, after.authorised_by),
        ("limits", _limits(before), _limits(after)),
        ("told", told, told_after),
    ):
        if set(old) != set(new):
            yield Change(authority=key, name=after.name, what=what, before=old, after=new)


def _outcomes(run: Run) -> tuple[str, ...]:
    found = [
        f"{spoken(word)}{f' ({child})' if len(run.outcomes) > 1 else ''}"
        for child, several in run.outcomes.items()
        for word in several
    ]
    ended = (
        [f"the discussion ends in {spoken(run.strategy_outcome)}"] if run.strategy_outcome else []
    )
    return (*found, *ended)


def _limits(run: Run) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{spoken(limit.name)}, {limit.length}" for limit in run.limits))


def _told(run: Run) -> tuple[str, ...]:
    return tuple(spoken(word).replace(":", ": ") for word in run.told)


def _given(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()
