"""A DMN model ready to decide."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.dmn.drg import Drawn, Graph, Session
from engine.dmn.lookup import lookup_of
from engine.dmn.model import Complaint, Decision, Outcome
from engine.dmn.services import arguments_of, run_service
from engine.dmn.tables import Note
from engine.errors import NotFound
from engine.feel import Warning_
from engine.feel.expressions import guarded
from engine.feel.problems import Failure
from engine.feel.run import Run, Value


class Model:
    """The decisions of a DMN file and of those it imports; safe to share between threads."""

    def __init__(
        self,
        *,
        file: str,
        name: str,
        namespace: str,
        decisions: Mapping[str, Decision],
        graph: Graph,
        problems: tuple[Complaint, ...] = (),
    ) -> None:
        self.file = file
        self.name = name
        self.namespace = namespace
        self.decisions = decisions
        self.problems = problems
        self.graph = graph
        self._drawn: dict[tuple[str, str], Drawn] = {}
        for each in graph.values():
            self._drawn.setdefault((each.kind, each.name), each)
        self._drawn |= {
            (each.kind, identity): each
            for (space, identity), each in graph.items()
            if space == namespace
        }
        self._lookups = {
            name: lookup
            for (kind, name), each in self._drawn.items()
            if kind == "decision" and (lookup := lookup_of(each, graph))
        }

    def evaluate(
        self,
        name_or_id: str,
        inputs: Mapping[str, Any],
        *,
        now: datetime | None = None,
        warnings: list[Warning_] | None = None,
    ) -> Value:
        """The value of a decision; raises NotFound, AmbiguousRules and LimitExceeded."""
        lookup = self._lookups.get(name_or_id)
        if lookup and (answer := lookup.answer(inputs)):
            return answer.value
        run = Run(now=now, warnings=warnings)
        session = Session(self.graph, run, inputs)
        return guarded(session.value, self._find(name_or_id, "decision").key)

    def evaluate_service(
        self,
        name_or_id: str,
        inputs: Mapping[str, Any],
        *,
        now: datetime | None = None,
    ) -> Value:
        """The value of a decision service, or a context of its outputs where there are several."""
        run = Run(now=now)
        found = self._find(name_or_id, "service")
        arguments = arguments_of(self.graph, found, inputs)
        if found.service is None:
            return None
        try:
            return guarded(run_service, self.graph, found.service, run, arguments)
        except Failure as failure:
            run.warn(failure)
            return None

    def decide(
        self, decision_id: str, inputs: Mapping[str, Any], *, now: datetime | None = None
    ) -> Outcome:
        """What a decision gives, and the rules that matched, those of required decisions first.

        Raises NotFound, AmbiguousRules and LimitExceeded; a missing input is null with a warning.
        """
        lookup = self._lookups.get(decision_id)
        if lookup and (answer := lookup.answer(inputs)):
            return Outcome(outputs=answer.value, rules=answer.rules, inputs=lookup.inputs(inputs))
        found = self._find(decision_id, "decision")
        run = Run(now=now)
        outputs = guarded(Session(self.graph, run, inputs).value, found.key)
        return Outcome(
            outputs=outputs,
            rules=tuple([rule for note in run.notes for rule in note.rules]),
            inputs=self._inputs(found, run.notes),
            warnings=tuple(run.warnings),
        )

    def _inputs(self, found: Drawn, notes: list[Note]) -> Mapping[str, Value]:
        decision = self.decisions.get(found.key[1])
        table = decision.table if decision else None
        for note in reversed(notes):
            if table and note.table.id == table.id:
                expressions = [column.expression for column in table.inputs]
                return dict(zip(expressions, note.values, strict=True))
        return {}

    def _find(self, name_or_id: str, kind: str) -> Drawn:
        found = self._drawn.get((kind, name_or_id))
        if found is None:
            raise NotFound(f"{self.file}: there is no {kind} {name_or_id!r}")
        return found
