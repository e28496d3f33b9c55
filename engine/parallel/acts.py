"""The acts of a run in the vocabulary's words: what can be held against another authority's."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from engine.casework import effects as fx
from engine.casework.tasks import AUTHORISATION_FACT
from engine.definitions.model import AuthorityDefinition, Field
from engine.dmn.explain.results import result_in_words
from engine.identifiers import spoken
from engine.parallel.spoken import answer_in_words, length
from engine.parallel.text import AUTHORISED, Text, text_of


class Question(NamedTuple):
    """Something that a user task asked, and the answer in words where it is a fact."""

    key: str
    label: str
    answer: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Act:
    """One thing that a run did.

    `kind` and `word` say what it is in words that authorities share; `value` is what may differ.
    A `task` and a `message` stand in the timeline alone.
    """

    at: datetime
    kind: str  # task, asked, decided, limit, missed, met, told, record, outcome, authorised, …
    word: str
    text: str
    stage: int  # how many of the vocabulary's flows had been reached
    process_id: str
    element_id: str
    clauses: tuple[str, ...] = ()
    child: str | None = None
    value: Any = True
    role: str | None = None  # the label of whoever did it
    questions: tuple[Question, ...] = ()
    is_telling: bool = True  # counts when courses are held against each other
    is_product: bool = False  # a function of Frontdoor, not of a procedure


class Reader:
    """Reads the effects of one run as acts, in their order."""

    def __init__(self, definition: AuthorityDefinition) -> None:
        self._definition = definition
        self._text: Text = text_of(definition)
        self._zone = definition.calendar.zone
        self._stage = 0
        self._asked_already = {AUTHORISATION_FACT}  # that one is told as an authorisation

    def at_start(self, at: datetime) -> Iterator[Act]:
        """Yield an act for each question that the contact itself answers."""
        start = next(
            e
            for e in self._definition.processes["front_door"].elements.values()
            if e.kind == "startEvent" and not e.parent
        )
        about = fx.Effect(at=at, process_id="front_door", element_id=start.id, name=start.name)
        yield from self._questions(about, self._text.at_start, role=None)

    def read(self, effect: fx.Effect) -> Iterator[Act]:
        """Yield the acts that one effect comes to."""
        if isinstance(effect, fx.FlowEntered):
            self._stage = max(self._stage, self._stage_of(effect.flow))
        found = _READERS.get(type(effect))
        if found is not None:
            yield from found(self, effect)

    def act(self, effect: fx.Effect, kind: str, word: str, text: str, **more: Any) -> Act:
        """Return an act with what the effect says of its place."""
        about: dict[str, Any] = {"clauses": effect.clauses, "child": effect.child} | more
        return Act(
            at=effect.at,
            kind=kind,
            word=word,
            text=text,
            stage=self._stage,
            process_id=effect.process_id,
            element_id=effect.element_id,
            **about,
        )

    def _stage_of(self, flow: str) -> int:
        flows = self._definition.vocabulary.flows
        return flows.index(flow) if flow in flows else 0

    def _task(self, effect: fx.TaskCompleted) -> Iterator[Act]:
        element = self._definition.processes[effect.process_id].elements[effect.element_id]
        fields = self._text.fields[str(element.form_id)]
        role = self._role(effect, element.role)
        asked = [fields[key] for key in effect.answers if key in fields]
        yield self.act(
            effect,
            "task",
            effect.element_id,
            effect.name,
            role=role,
            questions=tuple(self._asked(field, effect.answers) for field in asked),
            is_telling=False,
        )
        yield from self._questions(effect, asked, role=role, beside=element.clauses)

    def _role(self, effect: fx.Effect, role: str | None) -> str | None:
        """Return the label of a role; one that is computed is told by the element's lane."""
        roles = self._definition.roles
        if role in roles:
            return roles[str(role)]
        lane = self._definition.processes[effect.process_id].elements[effect.element_id].lane
        return lane or role

    def _questions(
        self,
        effect: fx.Effect,
        fields: Iterable[Field],
        *,
        role: str | None,
        beside: tuple[str, ...] = (),
    ) -> Iterator[Act]:
        """Yield an act for each question that steers the course, when it is asked first."""
        whom = f"asks {_the(role)}" if role else "asks of every contact"
        for field in fields:
            key = str(field.key)
            if key in self._text.steering and key not in self._asked_already:
                self._asked_already.add(key)
                text = f"{whom}: “{field.label or spoken(key)}”"
                cited = field.clauses or beside
                yield self.act(effect, "asked", key, text, clauses=cited, role=role)

    def _asked(self, field: Field, answers: Mapping[str, Any]) -> Question:
        key = str(field.key)
        is_fact = key in self._definition.vocabulary.facts
        said = answer_in_words(field, answers[key], zone=self._zone) if is_fact else ""
        return Question(
            key=key, label=field.label or spoken(key), answer=said, clauses=field.clauses
        )

    def _decided(self, effect: fx.DecisionTaken) -> Iterator[Act]:
        decision = self._definition.decisions[effect.decision_id].decisions[effect.decision_id]
        output = effect.outputs
        by = f" (rule {', '.join(spoken(rule) for rule in effect.rules)})" if effect.rules else ""
        yield self.act(
            effect,
            "decided",
            effect.decision_id,
            f"“{decision.name}” comes to {result_in_words(decision, output)}{by}",
            value=output if isinstance(output, str) else None,
            is_telling=isinstance(output, str) and output in self._text.values,
        )

    def _limit(self, effect: fx.DeadlineStarted) -> Iterator[Act]:
        yield self.act(
            effect,
            "limit",
            effect.deadline_name,
            f"sets a limit for {spoken(effect.deadline_name)}: {length(effect.amount, effect.unit)}"
            f"{'' if effect.strength == 'must' else f' ({effect.strength})'}",
            value=(effect.amount, effect.unit, effect.started_from, effect.strength),
        )

    def _missed(self, effect: fx.DeadlineMissed) -> Iterator[Act]:
        text = f"the limit for {spoken(effect.deadline_name)} passes"
        yield self.act(effect, "missed", effect.deadline_name, text)

    def _told(self, effect: fx.NotificationSent) -> Iterator[Act]:
        yield self.act(
            effect,
            "told",
            f"{effect.recipient}:{effect.kind}",
            f"tells {_the(spoken(effect.recipient))} ({spoken(effect.kind)})",
            is_telling=not effect.product,
            is_product=effect.product,
        )

    def _record(self, effect: fx.RecordMade) -> Iterator[Act]:
        yield self.act(effect, "record", effect.record, f"records {spoken(effect.record)}")

    def _outcome(self, effect: fx.OutcomeReached) -> Iterator[Act]:
        yield self.act(effect, "outcome", effect.outcome, f"comes to {spoken(effect.outcome)}")

    def _strategy(self, effect: fx.StrategyDecided) -> Iterator[Act]:
        text = f"the discussion ends in {spoken(effect.outcome)}"
        yield self.act(effect, "strategy", effect.outcome, text)

    def _authorised(self, effect: fx.Authorised) -> Iterator[Act]:
        role = self._definition.roles.get(effect.role, effect.role)
        kind, word = AUTHORISED
        yield self.act(effect, kind, word, f"asks {_the(role)} to authorise", role=role)

    def _message(self, effect: fx.MessageReceived) -> Iterator[Act]:
        waited = "" if effect.expected else " (nothing waits for it)"
        text = f"{effect.name}{waited}"
        yield self.act(effect, "message", effect.message, text, is_telling=False)


_READERS: Mapping[type[fx.Effect], Callable[[Reader, Any], Iterator[Act]]] = {
    fx.TaskCompleted: Reader._task,
    fx.DecisionTaken: Reader._decided,
    fx.DeadlineStarted: Reader._limit,
    fx.DeadlineMissed: Reader._missed,
    fx.NotificationSent: Reader._told,
    fx.RecordMade: Reader._record,
    fx.OutcomeReached: Reader._outcome,
    fx.StrategyDecided: Reader._strategy,
    fx.Authorised: Reader._authorised,
    fx.MessageReceived: Reader._message,
}


def _the(name: str | None) -> str:
    """Return a role with its article; “any member of staff”, “Children's Social Care” have none."""
    text = name or "somebody"
    if text.lower().startswith("any "):
        return text[:1].lower() + text[1:]
    return text if text.split(" ")[0].endswith(("'s", "’s", "s'", "s’")) else f"the {text}"
