"""The questions that the words of the vocabulary and the ids of tables raise by themselves."""

from collections.abc import Iterator

from engine.compare import finding, placing, tabled
from engine.compare.difference import spoken
from engine.compare.evidence import Reader
from engine.compare.questions import Measure, Question

CHOICES = ("responses", "manager_choice")  # what somebody chooses from, where a procedure lists it

# the words of a national rule that sets the limit, by the limit's name
_NATIONAL = {
    "response_type": "type of response",
    "disposal_decision": "type of response",
    "acknowledgement": "acknowledges receipt",
    "child_protection_conference": "child protection conference is held",
}

# the section of a table, by its id; of any other it is screening
_TABLES = {
    "contact_route": "progression",
    "progression": "progression",
    "disposal_option": "disposal",
    "next_step": "disposal",
    "police_notification": "police",
    "information_sharing": "consent",
    "discussion_with_family": "consent",
    "referrer_identity": "confidentiality",
    "who_is_told": "feedback",
    "written_follow_up": "writing",
    "special_pathway": "pathways",
}


def raised(reader: Reader) -> Iterator[Question]:
    """The questions of one definition; the same one of another has the same text."""
    yield from _flows(reader)
    yield from _deadlines(reader)
    yield from _notices(reader)
    yield from _records(reader)
    yield from _outcomes(reader)
    yield from _facts(reader)
    yield from _messages(reader)
    yield from _decisions(reader)


def _flows(reader: Reader) -> Iterator[Question]:
    for flow in reader.definition.vocabulary.flows:
        name = spoken(flow).lower()
        text = f"Is there a flow for {name}?"
        yield Question(
            section="entry", text=text, find=placing.flow_of(flow), measure=Measure.PRESENCE
        )
        text = f"Who does what in {name}?"
        yield Question(section="roles", text=text, find=placing.tasks(flow))


def _deadlines(reader: Reader) -> Iterator[Question]:
    for name in reader.definition.vocabulary.deadlines:
        yield Question(
            section="deadlines",
            text=f"What is the limit for {spoken(name).lower()}?",
            find=finding.limit(name, _NATIONAL.get(name, "^$")),
            measure=Measure.LIMIT,
            always=True,
        )


def _notices(reader: Reader) -> Iterator[Question]:
    vocabulary = reader.definition.vocabulary
    for recipient in vocabulary.recipients:
        for kind in vocabulary.kinds:
            yield Question(
                section="feedback",
                text=f"Where is {spoken(recipient).lower()} told: {spoken(kind).lower()}?",
                find=placing.notice(recipient, kinds=(kind,)),
                measure=Measure.ITEM,
            )


def _records(reader: Reader) -> Iterator[Question]:
    for record in reader.definition.vocabulary.records:
        text = f"Where is a record made of {spoken(record).lower()}?"
        find = placing.record(record)
        yield Question(section="recording", text=text, find=find, measure=Measure.PRESENCE)


def _outcomes(reader: Reader) -> Iterator[Question]:
    for outcome in reader.definition.vocabulary.outcomes:
        text = f"How does a case come to {spoken(outcome).lower()}?"
        find = placing.outcome(outcome)
        yield Question(section="disposal", text=text, find=find, measure=Measure.PRESENCE)
    for fact in CHOICES:
        text = f"What is offered for {spoken(fact).lower()}?"
        yield Question(section="disposal", text=text, find=placing.options(fact))


def _facts(reader: Reader) -> Iterator[Question]:
    for fact in reader.definition.vocabulary.facts:
        text = f"Where is {spoken(fact).lower()} asked?"
        find = placing.asked_at(fact)
        yield Question(section="facts", text=text, find=find, measure=Measure.PRESENCE)


def _messages(reader: Reader) -> Iterator[Question]:
    for message in reader.definition.vocabulary.messages:
        text = f"Where is {spoken(message).lower()} waited for?"
        find = placing.message(message)
        yield Question(section="writing", text=text, find=find, measure=Measure.PRESENCE)


def _decisions(reader: Reader) -> Iterator[Question]:
    for decision_id in sorted(reader.definition.decisions):
        text = f"What can the table of {spoken(decision_id).lower()} come to?"
        section = _TABLES.get(decision_id, "screening")
        yield Question(section=section, text=text, find=tabled.results(decision_id))
