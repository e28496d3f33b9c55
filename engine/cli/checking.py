"""The verbs that read the procedures: check and clauses."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.cli.output import Output, add_verb
from engine.definitions import (
    AuthorityDefinition,
    Problem,
    check_paths,
    clause_coverage,
    load_all,
    places,
)


def add_verbs(verbs: Any) -> None:
    """Add the verbs of this module."""
    check = add_verb(
        verbs,
        "check",
        run_check,
        "Check diagrams, tables and forms, and say what is wrong with them.",
    )
    check.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="a folder or a file; default: all"
    )
    clauses = add_verb(
        verbs,
        "clauses",
        run_clauses,
        "Show which clauses of each procedure are covered, and which are guidance.",
    )
    clauses.add_argument(
        "--where", action="store_true", help="show where each clause lives in the files"
    )


def run_check(call: argparse.Namespace, output: Output) -> int:
    """Check files; exit 1 if any problem is an error."""
    problems = check_paths(call.paths, Path.cwd())
    output.answer([asdict(problem) for problem in problems], _check_lines(problems))
    return int(any(problem.severity == "error" for problem in problems))


def _check_lines(problems: list[Problem]) -> Iterator[str]:
    for problem in problems:
        place = f"{problem.file}:{problem.element}" if problem.element else problem.file
        yield f"{place}: {problem.severity}: {problem.message} [{problem.rule}]"
    errors = sum(problem.severity == "error" for problem in problems)
    yield f"{errors} errors, {len(problems) - errors} warnings"


def run_clauses(call: argparse.Namespace, output: Output) -> int:
    """Show the coverage of every authority; exit 1 if a clause is uncovered or unknown."""
    definitions = load_all(Path.cwd())
    document = {name: clause_coverage(d).to_json() for name, d in definitions.items()}
    if call.where:
        for name, definition in definitions.items():
            document[name]["where"] = _where(definition)
    output.answer(document, _clause_lines(document))
    return int(any(c["uncovered"] or c["unknown"] for c in document.values()))


def _clause_lines(document: dict[str, dict[str, Any]]) -> Iterator[str]:
    for authority, coverage in document.items():
        yield (
            f"{authority}: {coverage['total']} clauses, {coverage['covered']} covered, "
            f"{len(coverage['guidance'])} guidance, {len(coverage['uncovered'])} uncovered"
        )
        for entry in coverage["guidance"]:
            yield f"  {entry['id']} is guidance: {entry['reason']}"
        for clause in coverage["uncovered"]:
            yield f"  {clause} is covered by nothing"
        for clause in coverage["unknown"]:
            yield f"  {clause} is named, but is in no register"
        for clause, found in coverage.get("where", {}).items():
            yield from (f"  {clause}: {place['sentence']}" for place in found)


def _where(definition: AuthorityDefinition) -> dict[str, list[dict[str, Any]]]:
    """The places of the clauses that something cites, in the order of the register."""
    found = places(definition)
    cited = (clause for clause in definition.clauses if clause in found)
    return {clause: [place.to_json() for place in found[clause]] for clause in cited}
