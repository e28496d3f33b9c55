"""The console programme `frontdoor`: one verb, one thing; text for people, `--json` for programmes.

Exit code 0: all well. 1: the checked thing is not well. 2: the call was wrong.
"""

import argparse
import sys
from collections.abc import Sequence

from engine.cli import checking, comparing, letters, paralleling, people, playing, serving
from engine.cli.output import Output
from engine.errors import Invalid, NotFound, Refused


def parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs."""
    top = argparse.ArgumentParser(
        prog="frontdoor",
        description="Runs the front-door procedures of England's children's services.",
    )
    verbs = top.add_subparsers(title="verbs", metavar="VERB", required=True)
    for group in (checking, comparing, playing, paralleling, serving, people, letters):
        group.add_verbs(verbs)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    call = parser().parse_args(arguments)
    output = Output(as_json=call.json)
    try:
        return int(call.run(call, output))
    except (Invalid, NotFound, Refused) as problem:
        print(f"frontdoor: {problem}", file=sys.stderr)
        return 2 if isinstance(problem, Invalid | NotFound) else 1
    except BrokenPipeError:
        return 1
