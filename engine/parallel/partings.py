"""Where the courses of one referral part: the acts of several runs, aligned by their words.

Acts are the same act when kind, word and (for an outcome) child are the same. They come in the
order of the clock, then of the procedure's stages, then by how many acts that all have went
before. Nothing of that depends on the order of the authorities. A question is a point where they
part only where the other text asks it nowhere; a decision only where both take it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.definitions.model import AuthorityDefinition
from engine.identifiers import spoken
from engine.parallel.acts import Act
from engine.parallel.runs import Run
from engine.parallel.text import text_of

State = Literal["does", "not_here", "silent", "ended"]  # ended: the course had come to an end
Key = tuple[str, str, str]  # kind, word, child

_SILENT = {
    "asked": "this is not asked (silent)",
    "authorised": "nobody is named who authorises (silent)",
    "limit": "there is no such limit (silent)",
    "missed": "there is no such limit (silent)",
    "told": "nobody is told of this (silent)",
    "record": "no such record is asked for (silent)",
    "outcome": "there is no such outcome (silent)",
}
_NOT_HERE = {
    "asked": "asked elsewhere, not on this course",
    "authorised": "nobody is asked to authorise on this course",
    "limit": "there is this limit, but not on this course",
    "missed": "the limit is kept",
    "told": "told elsewhere, not on this course",
    "record": "made elsewhere, not on this course",
    "outcome": "it does not come to that",
    "decided": "decided elsewhere, or in other words",
    "strategy": "it does not end in that",
    "stopped": "it goes on",
}
_OWN = ("asked", "decided")  # where it is asked, or decided by which table, is each one's own way
ENDED = "its course has ended before"


@dataclass(frozen=True, kw_only=True)
class Side:
    """What one authority does at a point; a `silent` text has no such act on any course."""

    authority: str
    name: str
    state: State
    text: str
    word: str  # of what it does, or does not
    clauses: tuple[str, ...] = ()
    process_id: str = ""
    element_id: str = ""
    value: Any = None
    is_answer: bool = False  # not to do it on this course is an answer to the question

    @property
    def told(self) -> str:
        """What it does, with the clause."""
        cited = f" ({', '.join(self.clauses)})" if self.clauses else ""
        return f"{self.text}{cited}"

    @property
    def counts(self) -> bool:
        """Whether it can be held against others; silence can, an unknown cannot."""
        return self.state in ("does", "silent") or (self.state == "not_here" and self.is_answer)


@dataclass(frozen=True, kw_only=True)
class Parting:
    """A point at which the courses are not all the same."""

    kind: str
    word: str
    child: str | None
    stage: str  # the vocabulary's flow
    sides: Mapping[str, Side]

    @property
    def is_parting(self) -> bool:
        """Whether the sides differ that can be held against each other."""
        values = {(side.state == "does", side.value) for side in self.sides.values() if side.counts}
        return len(values) > 1

    @property
    def about(self) -> str:
        """The point in a few words: limit for write up, outcome assessment."""
        who = f" of {self.child}" if self.child else ""
        named = {"asked": "question about", "told": "telling", "limit": "limit for"}
        if self.kind in ("authorised", "stopped"):
            return {"authorised": "authorisation", "stopped": "end of a course"}[self.kind]
        word = spoken(self.word).replace(":", ": ")
        return f"{named.get(self.kind, _NOUNS.get(self.kind, self.kind))} {word}{who}"

    @property
    def sentence(self) -> str:
        """The point, and what each authority does there; those that do alike together."""
        alike: dict[tuple[str, str], list[str]] = {}
        for side in self.sides.values():
            alike.setdefault((side.told, "does" if side.state == "does" else ""), []).append(
                side.name
            )
        parts = (
            f"{' and '.join(names) if does else ', '.join(names) + ':'} {told}"
            for (told, does), names in alike.items()
        )
        return f"{self.about}: {'; '.join(parts)}."


_NOUNS = {"missed": "missed limit for", "decided": "decision on", "strategy": "strategy outcome"}


Course = Mapping[Key, list[Act]]


def points(
    definitions: Mapping[str, AuthorityDefinition],
    runs: Mapping[str, Run],
    courses: Mapping[str, Course],
) -> Iterator[Parting]:
    """Yield every point that any of the runs comes to, first things first, alike or not."""
    return (_parting(key, definitions, runs, courses) for key in _order(courses))


def partings(
    definitions: Mapping[str, AuthorityDefinition], runs: Mapping[str, Run]
) -> tuple[Parting, ...]:
    """Return every point at which the runs part, first things first."""
    courses = {key: course_of(run) for key, run in runs.items()}
    return tuple(point for point in points(definitions, runs, courses) if point.is_parting)


def course_of(run: Run) -> Course:
    """Return the telling acts of a run by what they are, in order of their first."""
    found: dict[Key, list[Act]] = {}
    for act in run.acts:
        if act.is_telling:
            for child in _children_of(act, run):
                found.setdefault((act.kind, act.word, child), []).append(act)
    return found


def _children_of(act: Act, run: Run) -> tuple[str, ...]:
    if act.kind != "outcome" or len(run.outcomes) == 1:
        return ("",)
    return (act.child,) if act.child else tuple(run.outcomes)


def _order(courses: Mapping[str, Course]) -> list[Key]:
    shared = set.intersection(*(set(course) for course in courses.values()))
    places: dict[Key, tuple[Any, ...]] = {}
    for course in courses.values():
        before = 0
        for index, (key, acts) in enumerate(course.items()):
            place = (acts[0].at, acts[0].stage, before, index)
            places[key] = min(places.get(key, place), place)
            before += key in shared
    return sorted(places, key=lambda key: (places[key], key))


def _parting(
    key: Key,
    definitions: Mapping[str, AuthorityDefinition],
    runs: Mapping[str, Run],
    courses: Mapping[str, Course],
) -> Parting:
    kind, word, child = key
    first = min(
        (course[key][0] for course in courses.values() if key in course),
        key=lambda act: (act.at, act.stage),
    )
    flows = next(iter(definitions.values())).vocabulary.flows
    return Parting(
        kind=kind,
        word=word,
        child=child or None,
        stage=flows[first.stage],
        sides={
            name: _side(name, definitions[name], run, courses[name].get(key), key)
            for name, run in runs.items()
        },
    )


def _side(
    key: str, definition: AuthorityDefinition, run: Run, acts: list[Act] | None, what: Key
) -> Side:
    kind, word, _child = what
    if acts:
        return Side(
            authority=key,
            name=run.name,
            state="does",
            word=word,
            text=" and ".join(dict.fromkeys(act.text for act in acts)),
            clauses=tuple(dict.fromkeys(c for act in acts for c in act.clauses)),
            process_id=acts[0].process_id,
            element_id=acts[0].element_id,
            value=_value(acts),
        )
    is_silent = kind in _SILENT and (kind, word) not in text_of(definition).words
    if run.stopped and kind != "stopped" and (kind == "outcome" or not is_silent):
        return Side(authority=key, name=run.name, state="ended", text=ENDED, word=word)
    return Side(
        authority=key,
        name=run.name,
        state="silent" if is_silent else "not_here",
        word=word,
        text=(_SILENT if is_silent else _NOT_HERE)[kind],
        is_answer=kind not in _OWN,
    )


def _value(acts: list[Act]) -> Any:
    """Return what is compared of an act that a run may do several times."""
    values = {act.value for act in acts if act.value is not None}
    return tuple(sorted(values, key=str))


def pairs_of(keys: Iterator[str] | tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield each pair once, in the order given."""
    names = tuple(keys)
    for index, a in enumerate(names):
        yield from ((a, b) for b in names[index + 1 :])
