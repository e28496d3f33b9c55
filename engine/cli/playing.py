"""The verbs that run procedures in memory: scenario and decide."""

import argparse
import json
from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

from engine import dmn, feel
from engine.cli.output import Output, add_verb
from engine.definitions import AuthorityDefinition, authority_ids, load_authority
from engine.errors import Invalid
from engine.scenarios import Result, Scenario, authority_of, coverage, read, run_one, runs_in


def add_verbs(verbs: Any) -> None:
    """Add the verbs of this module."""
    scenario = add_verb(
        verbs,
        "scenario",
        run_scenario,
        "Play scenarios in memory and say which do not come to what they expect.",
    )
    scenario.add_argument("files", nargs="+", type=Path, metavar="FILE")
    scenario.add_argument("--authority", metavar="A", help="only the runs in this authority")
    scenario.add_argument(
        "--coverage", action="store_true", help="show the flows and rows that no run took"
    )
    decide = add_verb(verbs, "decide", run_decide, "Ask a decision of a DMN file.")
    decide.add_argument("file", type=Path, metavar="FILE")
    decide.add_argument("decision", metavar="DECISION", help="its name or id")
    decide.add_argument("--input", required=True, metavar="JSON", help="the inputs, by name")


def run_scenario(call: argparse.Namespace, output: Output) -> int:
    """Play the scenarios of the files; exit 1 unless all pass."""
    runs = list(_runs(call.files, call.authority))
    if not runs:
        raise Invalid("no scenario in these files runs here")
    results = [
        _played(scenario, definition, number, len(runs), output)
        for number, (scenario, definition) in enumerate(runs, 1)
    ]
    output.progress("")
    definitions = list(dict.fromkeys(definition for _, definition in runs))
    report = coverage(definitions, results) if call.coverage else []
    output.answer([result.to_json() for result in results], _result_lines(results))
    output.beside(line for entry in report for line in entry.lines())
    return int(not all(result.passed for result in results))


def _runs(
    files: Iterable[Path], only: str | None
) -> Iterator[tuple[Scenario, AuthorityDefinition]]:
    """Yield each scenario with each authority that it runs in; others are not even read."""
    known = authority_ids(Path.cwd())
    if only and only not in known:
        raise Invalid(f"there is no authority '{only}' in bpmn/")
    load = cache(partial(load_authority, Path.cwd()))
    for file in files:
        home = authority_of(file)
        for scenario in read(_content(file), file=str(file)):
            for authority in [only] if only else known:
                if runs_in(scenario, authority, home=home):
                    yield scenario, load(authority)


def _played(
    scenario: Scenario, definition: AuthorityDefinition, number: int, total: int, output: Output
) -> Result:
    output.progress(f"{number} of {total}: {scenario.name}")
    return run_one(scenario, definition)


def _result_lines(results: list[Result]) -> Iterator[str]:
    for result in results:
        if not result.passed:
            yield f"{result.authority}: {result.name}"
            yield from (f"  {sentence}" for sentence in result.mismatches)
    failed = sum(not result.passed for result in results)
    yield f"{len(results) - failed} passed, {failed} failed"


def run_decide(call: argparse.Namespace, output: Output) -> int:
    """Ask one decision and show its outputs with the rules that matched."""
    try:
        inputs = json.loads(call.input)
    except json.JSONDecodeError as error:
        raise Invalid(f"--input is no JSON: {error}") from error
    if not isinstance(inputs, dict):
        raise Invalid('--input must be a JSON object such as {"level_of_need": "low"}')
    _content(call.file)
    outcome = dmn.load(call.file).decide(call.decision, inputs)
    document = {
        "outputs": feel.to_json(outcome.outputs),
        "rules": list(outcome.rules),
        "warnings": [str(warning) for warning in outcome.warnings],
    }
    lines = [
        json.dumps(document["outputs"], ensure_ascii=False),
        f"rules that matched: {', '.join(outcome.rules) or 'none'}",
        *(f"warning: {warning}" for warning in document["warnings"]),
    ]
    output.answer(document, lines)
    return 0


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Invalid(f"{file}: {error.strerror}") from error
