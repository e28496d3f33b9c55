"""Judges mutants as a change to a procedure is judged: by the checks, examples, then scenarios."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from engine import dmn, scenarios
from engine.definitions import (
    AuthorityDefinition,
    Unusable,
    check_sources,
    folders,
    from_sources,
)
from engine.definitions.model import Problem
from tools.mutants.equivalence import difference
from tools.mutants.mutant import Mutant

EXAMPLES = "examples_hold"
CaughtBy = Literal["checks", "examples", "scenarios", "equivalent"]


class NotSound(Exception):
    """The procedure itself does not pass: nothing can be said about its mutants."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Who caught a mutant and by which sentence; `by` is None for one that survives."""

    mutant: Mutant
    by: CaughtBy | None
    why: str


@dataclass(frozen=True)
class Judge:
    """An authority's own files, and what to hold against a change in one of them."""

    authority: str
    sources: Mapping[str, bytes]
    scenarios: bytes

    @classmethod
    def of(cls, root: Path, authority: str) -> "Judge":
        """The judge for an authority under `root`; raises NotSound."""
        played = root / "bpmn" / authority / "scenarios.toml"
        judge = cls(
            authority,
            folders.read_sources(root, authority),
            played.read_bytes() if played.is_file() else b"",
        )
        try:
            reasons = list(judge.failures(judge.definition))
        except Unusable as error:
            reasons = [str(error)]
        if reasons:
            raise NotSound(f"{authority} does not pass as it is: {reasons[0]}")
        return judge

    @cached_property
    def definition(self) -> AuthorityDefinition:
        """The procedure as it is; raises Unusable."""
        return from_sources(self.sources, self.authority)

    def verdict(self, mutant: Mutant) -> Verdict:
        """Who catches the mutant, if anybody does."""
        changed = {**self.sources, mutant.path: mutant.source}
        errors = [p for p in check_sources(changed, self.authority) if p.severity == "error"]
        found = [problem for problem in errors if problem.rule != EXAMPLES]
        if found:
            return Verdict(mutant=mutant, by="checks", why=_said(found[0]))
        if errors:
            return Verdict(mutant=mutant, by="examples", why=_said(errors[0]))
        for failure in self.failures(from_sources(changed, self.authority)):
            return Verdict(mutant=mutant, by="scenarios", why=failure)
        return self._equivalence(mutant)

    def failures(self, definition: AuthorityDefinition) -> Iterator[str]:
        """What the scenarios say against a definition."""
        file = f"bpmn/{self.authority}/scenarios.toml"
        for scenario in scenarios.read(self.scenarios, file=file) if self.scenarios else ():
            if scenarios.runs_in(scenario, self.authority, home=self.authority):
                result = scenarios.run_one(scenario, definition)
                if not result.passed:
                    yield f"{result.name}: {result.mismatches[0]}"

    def _equivalence(self, mutant: Mutant) -> Verdict:
        if not mutant.path.endswith(".dmn"):
            return Verdict(mutant=mutant, by=None, why="nothing sees it")
        one, other = (
            dmn.parse(source, file=mutant.path)
            for source in (self.sources[mutant.path], mutant.source)
        )
        decision = Path(mutant.path).stem
        where = difference(one, other, decision, self.definition.vocabulary.facts)
        if where is None:
            return Verdict(mutant=mutant, by="equivalent", why="decides the same on every input")
        return Verdict(mutant=mutant, by=None, why=where)


def _said(problem: Problem) -> str:
    return f"{problem.rule}: {problem.message}"
