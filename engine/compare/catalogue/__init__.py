"""Every question of the matrix, in the order of its sections."""

from collections.abc import Collection, Iterator

from engine.compare.catalogue import (
    answered,
    arriving,
    known,
    protected,
    recorded,
    shared,
    vocabulary,
    weighed,
)
from engine.compare.evidence import Reader
from engine.compare.finding import beside
from engine.compare.questions import SECTIONS, Measure, Question

_MODULES = (arriving, known, weighed, protected, shared, answered, recorded)


def left(told: Collection[str]) -> Question:
    """The last question: what the clauses say in words that no other question has told."""
    return Question(
        section="other",
        text="What else do the clauses say, that no other question finds?",
        find=beside(told),
        measure=Measure.PRESENCE,
    )


def questions(readers: tuple[Reader, ...]) -> Iterator[Question]:
    """The questions that are always put, and those that the words of these readers raise."""
    asked = [question for module in _MODULES for question in module.QUESTIONS]
    for reader in readers:
        asked.extend(vocabulary.raised(reader))
    places = {section.id: place for place, section in enumerate(SECTIONS)}
    once = {question.text: question for question in reversed(asked)}
    first = {question.text: place for place, question in reversed(list(enumerate(asked)))}
    yield from sorted(once.values(), key=lambda q: (places[q.section], first[q.text]))
