"""The verbs that play procedures side by side: referral and simulate."""

import argparse
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine import parallel, scenarios
from engine.cli.output import Output, add_verb
from engine.definitions import AuthorityDefinition, authority_ids, load_authority
from engine.errors import Invalid
from engine.identifiers import spoken
from engine.parallel.as_json import together_as_json, what_ifs_as_json
from engine.scenarios import Scenario

_SHOWN = {"task": "·", "decided": "?", "limit": "⏱", "told": "→", "outcome": "=", "stopped": "!"}
_FIGURES = {
    "differ": "How often the outcomes differ",
    "pairs": "Between which authorities",
    "facts": "With which facts (the share that differs where the fact has the value)",
    "stopped": "Answers that are not an option there",
    "out_of_hours": "Limits that end outside office hours",
    "day_off": "Limits that end on a day that is no working day",
    "missed": "Limits that were missed",
}


def add_verbs(verbs: Any) -> None:
    """Add the verbs of this module."""
    one = add_verb(
        verbs, "referral", run_referral,
        "Play one referral through several procedures and say where they part.",
    )  # fmt: skip
    one.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a scenario file")
    one.add_argument("--name", help="the scenario's name; default: the first of the file")
    one.add_argument("--facts", metavar="JSON", help="facts by their ids, instead of a file")
    one.add_argument("--start", metavar="INSTANT", help="when it was received; default: now")
    one.add_argument(
        "--change", action="append", default=[], metavar="FACT=VALUE", help="change a fact"
    )
    one.add_argument(
        "--sensitivity", action="store_true", help="which single changes would change an outcome"
    )
    one.add_argument("--authorities", nargs="+", metavar="A", help="default: all")
    some = add_verb(
        verbs, "simulate", run_simulate,
        "Play many referrals through several procedures and count where they differ.",
    )  # fmt: skip
    some.add_argument("--year", type=int, metavar="Y", help="sample contacts of this year")
    some.add_argument("--contacts", type=int, default=1_000, metavar="N", help="default: 1,000")
    some.add_argument("--seed", type=int, default=1, metavar="S", help="default: 1")
    some.add_argument(
        "--office-share", type=float, metavar="P", help="the share that comes in office hours"
    )
    some.add_argument("--takes", action="store_true", help="let people take time, and miss limits")
    some.add_argument("--scenarios", nargs="+", type=Path, metavar="FILE", help="or play these")
    some.add_argument("--authorities", nargs="+", metavar="A", help="default: all")
    some.add_argument("--processes", type=int, default=os.cpu_count() or 1, metavar="N")


def run_referral(call: argparse.Namespace, output: Output) -> int:
    """Play one referral; exit 1 where an authority could not play it to its end."""
    definitions = _definitions(call.authorities)
    vocabulary = next(iter(definitions.values())).vocabulary
    referral = _one_of(call, definitions)
    for change in call.change:
        key, value = _changed(change)
        referral = parallel.changed(referral, vocabulary, key, value)
    together = parallel.run(definitions, referral)
    what_ifs = list(parallel.sensitivity(together)) if call.sensitivity else []
    document = together_as_json(together)
    if call.sensitivity:
        document["sensitivity"] = what_ifs_as_json(what_ifs)
    output.answer(document, _told(together, what_ifs))
    return int(any(run.stopped for run in together.runs.values()))


def run_simulate(call: argparse.Namespace, output: Output) -> int:
    """Play many referrals and print the figures."""
    definitions = _definitions(call.authorities)
    if call.processes < 1:
        raise Invalid("--processes must be 1 or more")
    total, referrals = _many_of(call, definitions)
    tally = parallel.Tally(names={key: d.name for key, d in definitions.items()})
    for brief in parallel.many(definitions, referrals, processes=call.processes):
        tally.add(brief)
        output.progress(f"{tally.done:,} of {total:,} referrals")
    output.progress("")
    figures = tally.figures()
    if call.scenarios or not call.takes:
        figures.pop("missed")
    document = {
        "referrals": tally.done,
        "figures": {key: [f.to_json() for f in several] for key, several in figures.items()},
    }
    output.answer(document, _figure_lines(tally.done, figures))
    return 0


def _definitions(names: list[str] | None) -> dict[str, AuthorityDefinition]:
    known = authority_ids(Path.cwd())
    for name in names or ():
        if name not in known:
            raise Invalid(f"there is no authority '{name}' in bpmn/")
    found = {name: load_authority(Path.cwd(), name) for name in dict.fromkeys(names or known)}
    if not found:
        raise Invalid("there is no authority in bpmn/")
    return found


def _one_of(call: argparse.Namespace, definitions: Mapping[str, AuthorityDefinition]) -> Scenario:
    if (call.file is None) == (call.facts is None):
        raise Invalid("give either a scenario FILE or --facts")
    if call.file is not None:
        return _named(_read(call.file), call.name)
    vocabulary = next(iter(definitions.values())).vocabulary
    return parallel.referral(vocabulary, _facts(call.facts), start=_start(call.start))


def _named(found: tuple[Scenario, ...], name: str | None) -> Scenario:
    if name is None:
        return found[0]
    for scenario in found:
        if scenario.name == name:
            return scenario
    raise Invalid(f"there is no scenario '{name}' in the file")


def _read(file: Path) -> tuple[Scenario, ...]:
    try:
        return scenarios.read(file.read_bytes(), file=str(file))
    except OSError as error:
        raise Invalid(f"{file}: {error.strerror}") from error


def _facts(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise Invalid(f"--facts is no JSON: {error}") from error
    if not isinstance(found, dict):
        raise Invalid('--facts must be a JSON object such as {"level_of_need": "low"}')
    return found


def _start(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC).replace(second=0, microsecond=0)
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid(f"'{text}' is no instant; write 2026-03-03T10:00:00+00:00") from error


def _changed(text: str) -> tuple[str, Any]:
    key, found, value = text.partition("=")
    if not found:
        raise Invalid(f"'{text}' is no change; write fact=value")
    return key, {"true": True, "false": False}.get(value, value)


def _many_of(
    call: argparse.Namespace, definitions: Mapping[str, AuthorityDefinition]
) -> tuple[int, Iterable[tuple[str, Scenario]]]:
    if (call.year is None) == (call.scenarios is None):
        raise Invalid("give either --year or --scenarios")
    if call.year is None:
        found = list(chain.from_iterable(map(_numbered, call.scenarios)))
        return len(found), found
    year = parallel.Year(
        year=call.year,
        contacts=call.contacts,
        seed=call.seed,
        office_share=call.office_share,
        takes=call.takes,
    )
    vocabulary = next(iter(definitions.values())).vocabulary
    return year.contacts, parallel.sampled(vocabulary, year)


def _numbered(file: Path) -> Iterator[tuple[str, Scenario]]:
    """Yield the scenarios of a file with their place in it, as in southwark:3."""
    home = scenarios.authority_of(file) or file.stem
    for number, scenario in enumerate(_read(file), 1):
        yield f"{home}:{number}", scenario


def _told(together: parallel.Together, what_ifs: list[parallel.WhatIf]) -> Iterator[str]:
    first = together.partings[0] if together.partings else None
    yield f"They part first at {first.sentence}" if first else "They do not part."
    end = together.first_end
    if end and end is not first:
        yield f"What comes of it parts first at {end.sentence}"
    yield ""
    for run in together.runs.values():
        zone = together.definitions[run.authority].calendar.zone
        yield from _run_lines(run, zone)
    for (a, b), parting in together.first_by_pair.items():
        names = f"{together.runs[a].name} and {together.runs[b].name}"
        yield f"{names}: {f'first at {parting.sentence}' if parting else 'no difference'}"
    for what_if in what_ifs:
        for change in what_if.changes:
            after = ", ".join(change.after) or "nothing"
            ((fact, value),) = what_if.values.items()
            changed = f"{spoken(fact)} = {str(value).lower()}"
            yield f"{changed}: {change.name}, {change.what}: {after}"


def _run_lines(run: parallel.Run, zone: ZoneInfo) -> Iterator[str]:
    for child, outcomes in run.outcomes.items():
        words = ", ".join(spoken(word) for word in outcomes) or "no outcome"
        yield f"{run.name}, {child}: {words}"
    yield from (f"  {sentence}" for sentence in run.left_out)
    yield f"  authorised by: {', '.join(run.authorised_by) or 'nobody'}"
    for act in run.acts:
        if act.kind in _SHOWN:
            whom = f" – {act.role}" if act.role else ""
            cited = f" ({', '.join(act.clauses)})" if act.clauses else ""
            at = act.at.astimezone(zone)
            yield f"  {at:%d %b %H:%M} {_SHOWN[act.kind]} {act.text}{whom}{cited}"
    yield from (f"  limit: {limit.explanation}" for limit in run.limits)
    yield ""


def _figure_lines(done: int, figures: Mapping[str, list[parallel.Figure]]) -> Iterator[str]:
    yield f"{done:,} referrals"
    for key, title in _FIGURES.items():
        if figures.get(key):
            yield f"{title}:"
            for figure in figures[key]:
                share = f"{figure.count:,} of {figure.of:,} ({figure.percent:.1f} %)"
                which = f"; such as {', '.join(figure.ids[:3])}" if figure.ids else ""
                yield f"  {figure.label}: {share}{which}"
