"""One referral played by one authority: its course, limits, outcomes, and who was told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.casework import effects as fx
from engine.casework.clocks import BEYOND
from engine.definitions.model import AuthorityDefinition
from engine.dmn.explain.results import in_words
from engine.identifiers import spoken
from engine.parallel.acts import Act, Reader
from engine.parallel.referral import names_of, value_of
from engine.parallel.spoken import length
from engine.parallel.text import text_of
from engine.scenarios import NotOffered, Played, Scenario, play


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A limit as it bound in one run; `met` is None while nothing has ended it."""

    name: str
    length: str
    started_from: datetime
    due: datetime
    ended_at: datetime | None
    met: bool | None
    strength: str
    owner: str
    explanation: str
    clauses: tuple[str, ...]
    child: str | None
    is_out_of_hours: bool  # due when the office is closed
    is_non_working_day: bool  # due on a day on which it does not open


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one authority made of the referral.

    `stopped` says why the course ended early; `left_out` what the referral held and the authority
    does not offer, so that it went on without.
    """

    authority: str
    name: str
    acts: tuple[Act, ...]
    limits: tuple[Limit, ...]
    outcomes: Mapping[str, tuple[str, ...]]  # by child
    strategy_outcome: str | None
    authorised_by: tuple[str, ...]  # labels of roles
    told: tuple[str, ...]  # recipient:kind, those of the procedure alone
    asked: frozenset[str]  # facts that it asked for, in the contact or later
    stopped: str | None
    left_out: tuple[str, ...]

    @property
    def all_outcomes(self) -> tuple[str, ...]:
        """The outcomes of the case, each once."""
        return tuple(dict.fromkeys(o for several in self.outcomes.values() for o in several))

    @property
    def result(self) -> tuple[Any, ...]:
        """What may differ between authorities when somebody asks how it came out."""
        by_child = tuple(tuple(sorted(several)) for several in self.outcomes.values())
        return (by_child, self.strategy_outcome, self.stopped is not None)


def run_of(definition: AuthorityDefinition, scenario: Scenario) -> Run:
    """Play a referral in one authority.

    A value that the authority does not offer is “not an option here”: of several values the others
    are taken; where none is left the course ends there, for no other answer would be the
    referral's own.
    """
    played, left_out, scenario = _played(definition, scenario)
    problem = played.not_offered
    stopped = (
        _not_an_option(problem) if problem else ". ".join(dict.fromkeys(played.mismatches)) or None
    )
    reader = Reader(definition)
    acts = [*reader.at_start(scenario.start)]
    acts += [act for effect in played.effects for act in reader.read(effect)]
    if stopped:
        acts.append(_stop(acts, scenario, stopped))
    return Run(
        authority=definition.id,
        name=definition.name,
        acts=tuple(acts),
        limits=tuple(_limits(definition, played.effects)),
        outcomes=_outcomes(names_of(scenario, definition.vocabulary), acts),
        strategy_outcome=_last(acts, "strategy"),
        authorised_by=tuple(dict.fromkeys(str(a.role) for a in acts if a.kind == "authorised")),
        told=tuple(dict.fromkeys(a.word for a in acts if a.kind == "told" and a.is_telling)),
        asked=frozenset(_asked(definition, acts, problem)),
        stopped=stopped,
        left_out=left_out,
    )


def _played(
    definition: AuthorityDefinition, scenario: Scenario
) -> tuple[Played, tuple[str, ...], Scenario]:
    left_out: list[str] = []
    while True:
        played = play(scenario, definition)
        problem = played.not_offered
        if problem is None or (rest := _rest(definition, scenario, problem)) is None:
            return played, tuple(left_out), scenario
        left_out.append(_not_an_option(problem))
        scenario = rest


def _rest(
    definition: AuthorityDefinition, scenario: Scenario, problem: NotOffered
) -> Scenario | None:
    """Return the referral without the value that is no option here, if others are left."""
    value = value_of(scenario, definition.vocabulary, problem.fact)
    if not isinstance(value, list) or problem.value not in value:
        return None  # a single choice, or one child's own
    others = [item for item in value if item != problem.value]
    if not others:
        return None
    return replace(scenario, facts={**scenario.facts, problem.fact: others})


def _not_an_option(problem: NotOffered) -> str:
    value = in_words(problem.value)
    return f"“{value}” for {spoken(problem.fact)} is not an option here"


def _stop(acts: list[Act], scenario: Scenario, sentence: str) -> Act:
    last = acts[-1] if acts else None
    return Act(
        at=last.at if last else scenario.start,
        kind="stopped",
        word="",
        text=f"ends there: {sentence}",
        stage=last.stage if last else 0,
        process_id=last.process_id if last else "",
        element_id=last.element_id if last else "",
    )


def _limits(definition: AuthorityDefinition, effects: list[fx.Effect]) -> Iterator[Limit]:
    ended = {e.deadline: e for e in effects if isinstance(e, fx.DeadlineEnded)}
    missed = {e.deadline for e in effects if isinstance(e, fx.DeadlineMissed)}
    calendar = definition.calendar
    for effect in effects:
        if not isinstance(effect, fx.DeadlineStarted):
            continue
        end = ended.get(effect.deadline)
        late = False if effect.deadline in missed and effect.owner != BEYOND else None
        yield Limit(
            name=effect.deadline_name,
            length=length(effect.amount, effect.unit),
            started_from=effect.started_from,
            due=effect.due,
            ended_at=end.at if end else None,
            met=end.met if end else late,
            strength=effect.strength,
            owner=effect.owner,
            explanation=effect.explanation,
            clauses=effect.clauses,
            child=effect.child,
            is_out_of_hours=not calendar.is_open(effect.due),
            is_non_working_day=not calendar.is_working_day(
                effect.due.astimezone(calendar.zone).date()
            ),
        )


def _outcomes(names: tuple[str, ...], acts: list[Act]) -> dict[str, tuple[str, ...]]:
    """Return each child's outcomes; one of the whole case is every child's."""
    reached = [act for act in acts if act.kind == "outcome"]
    return {
        name: tuple(dict.fromkeys(a.word for a in reached if a.child in (name, None)))
        for name in names
    }


def _last(acts: list[Act], kind: str) -> str | None:
    found = [act.word for act in acts if act.kind == kind]
    return found[-1] if found else None


def _asked(
    definition: AuthorityDefinition, acts: list[Act], problem: NotOffered | None
) -> Iterator[str]:
    yield from (str(field.key) for field in text_of(definition).at_start)
    yield from (question.key for act in acts for question in act.questions)
    if problem is not None:
        yield problem.fact
