"""Makes the mutants of procedures, has them judged, and prints those that survive."""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.definitions import folders
from tools.mutants.diagrams import diagram_mutants
from tools.mutants.judge import Judge, NotSound, Verdict
from tools.mutants.mutant import Mutant
from tools.mutants.tables import table_mutants

SEED = 2026


def mutants_of(judge: Judge, *, diagrams: bool) -> Iterator[Mutant]:
    """Every mutant of the authority's tables, and of its own diagrams where asked for."""
    for path, source in judge.sources.items():
        if path.endswith(".dmn"):
            yield from table_mutants(path, source, judge.definition.vocabulary.facts)
        elif diagrams and path.endswith(".bpmn") and folders.authority_of(path) == judge.authority:
            yield from diagram_mutants(path, source, judge.definition)


def sample_of(mutants: Sequence[Mutant], count: int | None, seed: int) -> list[Mutant]:
    """As many mutants as asked for, the same for the same seed; all where no number is given."""
    if count is None or count >= len(mutants):
        return list(mutants)
    return random.Random(seed).sample(mutants, count)


def main(arguments: Sequence[str]) -> int:
    """Judge mutants; 1 if one survives or a procedure does not pass as it is."""
    call = _parser().parse_args(arguments)
    survivors = 0
    for authority in call.authorities:
        try:
            judge = Judge.of(Path.cwd(), authority)
        except NotSound as error:
            _say(str(error))
            survivors += 1
            continue
        chosen = sample_of(list(mutants_of(judge, diagrams=call.diagrams)), call.sample, call.seed)
        verdicts = []
        for mutant in chosen:
            verdicts.append(judge.verdict(mutant))
            if call.verbose or verdicts[-1].by is None:
                _say(_line(verdicts[-1]))
        _say(_summary(authority, verdicts))
        survivors += sum(verdict.by is None for verdict in verdicts)
    return int(survivors > 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__)
    parser.add_argument("authorities", nargs="*", default=["southwark"], metavar="AUTHORITY")
    parser.add_argument("--diagrams", action="store_true", help="diagrams as well as tables")
    parser.add_argument("--sample", type=int, metavar="N", help="only N of each authority's")
    parser.add_argument("--seed", type=int, default=SEED, help="which N (default: %(default)s)")
    parser.add_argument("--verbose", action="store_true", help="say who caught each mutant")
    return parser


def _line(verdict: Verdict) -> str:
    fate = f"caught by {verdict.by}" if verdict.by else "SURVIVES"
    if verdict.by == "equivalent":
        fate = "is equivalent"
    return f"{verdict.mutant}: {fate}: {verdict.why}"


def _summary(authority: str, verdicts: Sequence[Verdict]) -> str:
    by = Counter(verdict.by for verdict in verdicts)
    return (
        f"{authority}: {len(verdicts)} mutants: {by['checks']} caught by checks, "
        f"{by['examples']} by examples, {by['scenarios']} by scenarios, "
        f"{by['equivalent']} equivalent, {by[None]} survive"
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
