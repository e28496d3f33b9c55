"""Turns what happened in the engine into what it means for the case: events in, effects out."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from engine import feel
from engine.casework import effects as fx
from engine.casework.answers import clauses_shown
from engine.casework.clocks import BEYOND, CaseClocks, Ledger, OpenDeadline, instant_of
from engine.casework.overrides import Override
from engine.definitions.clauses import cited_in
from engine.definitions.model import AuthorityDefinition, Element
from engine.execution import events as ev
from engine.identifiers import listed

_CANCELLED = (ev.ElementCancelled, ev.MultiInstanceCancelled)
_Cancelled = ev.ElementCancelled | ev.MultiInstanceCancelled


class Translator:
    """Reads the events of one step against the diagram's properties, and keeps the ledger."""

    def __init__(self, definition: AuthorityDefinition, clocks: CaseClocks, ledger: Ledger) -> None:
        self._definition = definition
        self._clocks = clocks
        self._ledger = ledger

    def translate(self, events: Iterable[ev.Event]) -> list[fx.Effect]:
        """Return the effects of one step, in the order of its events."""
        happened = tuple(events)
        withdrawn = {e.activity for e in happened if isinstance(e, _CANCELLED)}
        effects: list[fx.Effect] = []
        for event in happened:
            effects.extend(self._one(event, withdrawn))
        return effects

    def _one(self, event: ev.Event, withdrawn: set[str]) -> Iterator[fx.Effect]:
        element = self._definition.processes[event.process_id].elements[event.element_id]
        match event:
            case ev.ElementStarted():
                yield from self._started(event, element)
            case ev.ElementEnded():
                yield from self._ended(event, element)
            case ev.MultiInstanceEnded():
                yield self._done(event, element, is_whole=True)
                yield from self._host_ended(event)
            case ev.ElementCancelled() | ev.MultiInstanceCancelled():
                yield from self._cancelled(event, element)
            case ev.TimerStarted() | ev.TimerFired() | ev.TimerStopped():
                if element.deadline_name:
                    yield from self._clock(event, element, withdrawn)
            case ev.DecisionMade():
                yield self._decided(event, element)

    def _started(self, event: ev.ElementStarted, element: Element) -> Iterator[fx.Effect]:
        if element.called_element in self._definition.vocabulary.flows:
            yield fx.FlowEntered(flow=str(element.called_element), **_about(event, element))
        if element.kind == "userTask":
            yield fx.TaskOpened(
                task=event.activity,
                role=role_of(element, event.variables),
                form_id=element.form_id,
                about=_told(element.properties.get("task.about", ""), event.variables),
                **_about(event, element),
            )

    def _ended(self, event: ev.ElementEnded, element: Element) -> Iterator[fx.Effect]:
        yield self._done(event, element, is_whole=False)
        about = _about(event, element)
        if "notify.recipient" in element.properties:
            yield fx.NotificationSent(
                recipient=element.properties["notify.recipient"],
                kind=element.properties["notify.kind"],
                product=not element.clauses,
                **about,
            )
        for record in _words(element.properties.get("record", ""), event.variables):
            yield fx.RecordMade(record=record, **about)
        for outcome in _words(element.properties.get("outcome", ""), event.variables):
            yield fx.OutcomeReached(outcome=outcome, **about)
        yield from self._host_ended(event)

    def _done(
        self, event: ev.ElementEnded | ev.MultiInstanceEnded, element: Element, *, is_whole: bool
    ) -> fx.Effect:
        flow = event.process_id
        about = _about(event, element)
        form = self._definition.forms.get(element.form_id or "")
        if element.kind == "startEvent" and form is not None:
            shown = clauses_shown(form, event.variables)
            about["clauses"] = tuple(dict.fromkeys((*element.clauses, *shown)))
        return fx.ElementDone(
            kind=element.kind,
            role=role_of(element, event.variables) if element.role and not is_whole else None,
            flow=flow if flow in self._definition.vocabulary.flows else None,
            flows_taken=event.flows,
            is_whole=is_whole,
            **about,
        )

    def _cancelled(self, event: _Cancelled, element: Element) -> Iterator[fx.Effect]:
        if element.kind == "userTask" and isinstance(event, ev.ElementCancelled):
            yield fx.TaskWithdrawn(task=event.activity, **_about(event, element))
        for entry in self._take_missed(event):
            yield self._deadline_ended(event, entry, met=False)

    def _clock(
        self,
        event: ev.TimerStarted | ev.TimerFired | ev.TimerStopped,
        element: Element,
        withdrawn: set[str],
    ) -> Iterator[fx.Effect]:
        if isinstance(event, ev.TimerStarted):
            yield self._deadline_started(event, element)
        elif isinstance(event, ev.TimerFired):
            entry = self._ledger.miss(event.activity)
            yield fx.DeadlineMissed(
                deadline=entry.id,
                deadline_name=entry.name,
                due=entry.due_at,
                **_about(event, element),
            )
        elif (closed := self._ledger.close(event.activity)) is not None:
            met = None if event.host in withdrawn else self._is_met(event, element, closed)
            yield self._deadline_ended(event, closed, met=met)

    def _is_met(self, event: ev.Event, element: Element, entry: OpenDeadline) -> bool:
        act = instant_of(element.properties.get("deadline.met_at"), event.variables)
        return (act or event.at) <= entry.due_at

    def _deadline_started(self, event: ev.TimerStarted, element: Element) -> fx.Effect:
        limit = self._clocks.limit(element, event.variables)
        warn_at = self._clocks.warning(limit, now=event.at)
        entry = OpenDeadline(
            id=event.activity,
            name=str(element.deadline_name),
            process_id=event.process_id,
            element_id=event.element_id,
            host=str(event.host),
            due=limit.due.isoformat(),
            owner=limit.owner,
            child=child_of(event.variables),
            warn_at=warn_at.isoformat() if warn_at else None,
        )
        self._ledger.open(entry)
        return fx.DeadlineStarted(
            deadline=entry.id,
            deadline_name=entry.name,
            due=limit.due,
            started_from=limit.started_from,
            amount=limit.amount,
            unit=limit.unit,
            strength=limit.strength,
            owner=limit.owner,
            explanation=limit.explanation,
            warn_at=warn_at,
            **_about(event, element),
        )

    def _host_ended(self, event: ev.ElementEnded | ev.MultiInstanceEnded) -> Iterator[fx.Effect]:
        """Close the clocks that this activity missed; those in time are stopped by the engine.

        One whose act was in time and only typed late (`deadline.met_at`) is met all the same.
        """
        for entry in self._take_missed(event):
            element = self._definition.processes[entry.process_id].elements[entry.element_id]
            act = instant_of(element.properties.get("deadline.met_at"), event.variables)
            in_time = act is not None and act <= entry.due_at
            yield self._deadline_ended(event, entry, met=in_time)

    def _take_missed(self, event: ev.Event) -> Iterator[OpenDeadline]:
        """Take the missed clocks of an activity out of the ledger."""
        for entry in self._ledger.of_host(event.activity):
            if entry.is_missed:
                self._ledger.close(entry.id)
                yield entry

    def _deadline_ended(
        self, event: ev.Event, entry: OpenDeadline, *, met: bool | None
    ) -> fx.Effect:
        return fx.DeadlineEnded(
            deadline=entry.id,
            deadline_name=entry.name,
            due=entry.due_at,
            met=None if entry.owner == BEYOND else met,
            **about_deadline(self._definition, entry, at=event.at),
        )

    def _decided(self, event: ev.DecisionMade, element: Element) -> fx.Effect:
        model = self._definition.decisions[event.decision_id]
        table = model.decisions[event.decision_id].table
        matched = [rule for rule in (table.rules if table else ()) if rule.id in event.rules]
        cited = [clause for rule in matched for clause in cited_in(rule.description)]
        about = _about(event, element)
        about["clauses"] = tuple(dict.fromkeys((*element.clauses, *cited)))
        return fx.DecisionTaken(
            decision_id=event.decision_id,
            inputs=event.inputs,
            outputs=event.outputs,
            rules=event.rules,
            table_outputs=event.table_outputs,
            override=event.instead if isinstance(event.instead, Override) else None,
            **about,
        )


def role_of(element: Element, variables: Mapping[str, Any]) -> str:
    """Return the role id that a user task goes to; FEEL when it starts with `=`."""
    role = element.role or ""
    return str(feel.evaluate(role[1:], variables)) if role.startswith("=") else role


def child_of(variables: Mapping[str, Any]) -> str | None:
    """Return the name of the child that a step is about, where it is about one of them."""
    child = variables.get("child")
    return str(child["name"]) if isinstance(child, Mapping) and "name" in child else None


def about_deadline(
    definition: AuthorityDefinition, entry: OpenDeadline, *, at: datetime
) -> dict[str, Any]:
    """Return what an effect says of the boundary event that keeps an open deadline."""
    element = definition.processes[entry.process_id].elements[entry.element_id]
    return {
        "at": at,
        "process_id": entry.process_id,
        "element_id": entry.element_id,
        "name": element.name,
        "clauses": element.clauses,
        "child": entry.child,
    }


def _about(event: ev.Event, element: Element) -> dict[str, Any]:
    return {
        "at": event.at,
        "process_id": event.process_id,
        "element_id": event.element_id,
        "name": element.name,
        "clauses": element.clauses,
        "child": child_of(event.variables),
    }


def _told(text: str, variables: Mapping[str, Any]) -> str | None:
    """Return the text of a property: as it is written, or what FEEL after `=` comes to."""
    if text.startswith("="):
        found = feel.evaluate(text[1:], variables)
        return found if isinstance(found, str) else None
    return text or None


def _words(text: str, variables: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the vocabulary words of a property: comma separated, or a FEEL list after `=`."""
    if text.startswith("="):
        found = feel.evaluate(text[1:], variables)
        return tuple(found) if isinstance(found, list) else (str(found),)
    return listed(text)
