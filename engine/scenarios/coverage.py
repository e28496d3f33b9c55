"""Which sequence flows and table rows the scenarios of an authority have taken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.casework import effects as fx
from engine.definitions.model import AuthorityDefinition
from engine.scenarios.judge import Result


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """What the runs in one authority took, and what none of them did."""

    authority: str
    flows: int
    rows: int
    flows_missed: tuple[str, ...]  # process id:flow id
    rows_missed: tuple[str, ...]  # decision id:rule id

    def lines(self) -> Iterator[str]:
        """Yield the figures and what was missed, as sentences."""
        yield (
            f"{self.authority}: {self.flows - len(self.flows_missed)} of {self.flows} flows, "
            f"{self.rows - len(self.rows_missed)} of {self.rows} rows taken"
        )
        yield from (f"  no scenario takes the flow {flow}" for flow in self.flows_missed)
        yield from (f"  no scenario matches the row {row}" for row in self.rows_missed)


def coverage(
    definitions: Iterable[AuthorityDefinition], results: Iterable[Result]
) -> list[Coverage]:
    """Return the coverage of each authority that any of the results ran in."""
    played = list(results)
    ran = {result.authority for result in played}
    return [_of(d, [r for r in played if r.authority == d.id]) for d in definitions if d.id in ran]


def _of(definition: AuthorityDefinition, results: list[Result]) -> Coverage:
    effects = [effect for result in results for effect in result.effects]
    flows = dict.fromkeys(
        f"{process.id}:{flow}"
        for process in definition.processes.values()
        for flow in process.flows
    )
    rows = dict.fromkeys(_rows(definition))
    taken = {
        f"{e.process_id}:{flow}"
        for e in effects
        if isinstance(e, fx.ElementDone)
        for flow in e.flows_taken
    }
    matched = {
        f"{e.decision_id}:{rule}"
        for e in effects
        if isinstance(e, fx.DecisionTaken)
        for rule in e.rules
    }
    return Coverage(
        authority=definition.id,
        flows=len(flows),
        rows=len(rows),
        flows_missed=tuple(flow for flow in flows if flow not in taken),
        rows_missed=tuple(row for row in rows if row not in matched),
    )


def _rows(definition: AuthorityDefinition) -> Iterator[str]:
    for decision_id, model in definition.decisions.items():
        table = model.decisions[decision_id].table
        if table is not None:
            yield from (f"{decision_id}:{rule.id}" for rule in table.rules)
