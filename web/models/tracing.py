"""Each clause of a procedure with where it lives and the scenarios in which it ran."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from engine.definitions import Place, places
from engine.definitions.model import AuthorityDefinition, Clause
from engine.deploy import LastRun, PlayedScenario

MOST_NAMED = 6

State = Literal["guidance", "nowhere", "unplayed", "missed", "failed", "ran"]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One clause: where it lives, and the scenarios of the last run in which it ran."""

    clause: Clause
    places: tuple[Place, ...]
    scenarios: tuple[PlayedScenario, ...]
    numbers: str  # theirs in the list of all that were played: 1–4, 7
    state: State

    @property
    def can_be_named(self) -> bool:
        """Few enough scenarios to say each by its name."""
        return len(self.scenarios) <= MOST_NAMED


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section of the procedure with its clauses, in the order of the text."""

    id: str
    title: str
    is_national: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Trace:
    """All sections, the authority's own before the national ones, and what was played."""

    sections: tuple[Section, ...]
    last_run: LastRun | None

    @property
    def own(self) -> tuple[Line, ...]:
        """The clauses of the authority's own procedure."""
        return tuple(
            line for section in self.sections if not section.is_national for line in section.lines
        )

    def count(self, *states: State) -> int:
        """How many of the authority's own clauses are in one of these states."""
        return sum(line.state in states for line in self.own)

    @property
    def failed(self) -> int:
        """How many scenarios did not come to what they expect."""
        return sum(not played.passed for played in self.last_run.scenarios) if self.last_run else 0


def trace(definition: AuthorityDefinition, last_run: LastRun | None) -> Trace:
    """Follow every clause of the register from the procedure's text to what ran."""
    cited = places(definition)
    register = sorted(definition.clauses.values(), key=lambda clause: clause.national)
    grouped = groupby(register, key=lambda clause: (clause.national, clause.section))
    return Trace(
        sections=tuple(
            Section(
                id=f"section-{number}",
                title=title,
                is_national=national,
                lines=tuple(_line(clause, cited, last_run) for clause in clauses),
            )
            for number, ((national, title), clauses) in enumerate(grouped, 1)
        ),
        last_run=last_run,
    )


def _line(clause: Clause, cited: Mapping[str, tuple[Place, ...]], last_run: LastRun | None) -> Line:
    found = cited.get(clause.id, ())
    scenarios = last_run.exercising(clause.id) if last_run else ()
    return Line(
        clause=clause,
        places=found,
        scenarios=scenarios,
        numbers=_ranges(_numbers(clause, last_run)),
        state=_state(clause, found, scenarios, was_played=bool(last_run and last_run.scenarios)),
    )


def _numbers(clause: Clause, last_run: LastRun | None) -> list[int]:
    played = last_run.scenarios if last_run else ()
    return [number for number, one in enumerate(played, 1) if clause.id in one.clauses]


def _ranges(numbers: list[int]) -> str:
    """Rising numbers with neighbours run together: 1–3, 5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _state(
    clause: Clause,
    found: tuple[Place, ...],
    scenarios: tuple[PlayedScenario, ...],
    *,
    was_played: bool,
) -> State:
    if not found:
        return "guidance" if clause.guidance_reason else "nowhere"
    if not was_played:
        return "unplayed"
    if not scenarios:
        return "missed"
    return "ran" if all(played.passed for played in scenarios) else "failed"
