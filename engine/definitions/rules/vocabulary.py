"""The shared words: outcomes, records, notifications, deadlines, messages."""

from collections.abc import Iterable, Iterator

from engine.definitions.model import Element, ProcessDefinition, Vocabulary
from engine.definitions.problems import Finding
from engine.identifiers import listed


def vocabulary_words(process: ProcessDefinition, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Outcomes, records, recipients, kinds, deadlines and messages are words of the vocabulary."""
    for element in process.elements.values():
        for name, word, known in _words(element, vocabulary):
            if word not in known:
                shown = ", ".join(sorted(known))
                message = f"{name} says {word[:60]!r}, no word of the vocabulary. Words: {shown}."
                yield Finding(element=element.id, message=message)


def _words(element: Element, vocabulary: Vocabulary) -> Iterator[tuple[str, str, Iterable[str]]]:
    given = element.properties
    for name, words in (("outcome", vocabulary.outcomes), ("record", vocabulary.records)):
        if not given.get(name, "").startswith("="):
            for word in listed(given.get(name)):
                yield name, word, words
    for name, known in (
        ("notify.recipient", vocabulary.recipients),
        ("notify.kind", vocabulary.kinds),
        ("deadline.name", vocabulary.deadlines),
    ):
        if given.get(name):
            yield name, given[name], known
    if element.event == "message" and element.event_reference:
        yield "The message", element.event_reference, vocabulary.messages
