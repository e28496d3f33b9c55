"""The verbs that read the procedures: check and clauses."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.cli.output import Output, add_verb
from engine.definitions import Problem, check_paths, clause_coverage, load_all


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
    add_verb(
        verbs,
        "clauses",
        run_clauses,
        "Show which clauses of each procedure are covered, and which are guidance.",
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


def run_clauses(_call: argparse.Namespace, output: Output) -> int:
    """Show the coverage of every authority; exit 1 if a clause is uncovered or unknown."""
    found = {d.id: clause_coverage(d) for d in load_all(Path.cwd()).values()}
    document = {authority: coverage.to_json() for authority, coverage in found.items()}
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
