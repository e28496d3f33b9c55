"""How a verb answers: sentences for people, or one JSON document and nothing else."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Run = Callable[[argparse.Namespace, "Output"], int]


@dataclass(frozen=True)
class Output:
    """Prints text lines, or a JSON document when `--json` was given."""

    as_json: bool

    def answer(self, document: Any, lines: Iterable[str]) -> None:
        """Print the document as JSON, or the lines as text."""
        if self.as_json:
            print(json.dumps(document, ensure_ascii=False, indent=1, default=str))
        else:
            for line in lines:
                print(line)

    def beside(self, lines: Iterable[str]) -> None:
        """Print more lines for people: on standard error where the answer is JSON."""
        for line in lines:
            print(line, file=sys.stderr if self.as_json else sys.stdout)

    def progress(self, text: str) -> None:
        """Show on standard error how far long work has come; never in a JSON answer."""
        if not self.as_json and sys.stderr.isatty():
            print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def add_verb(verbs: Any, name: str, run: Run, text: str) -> argparse.ArgumentParser:
    """Add a verb with `--json` and `--help`, and return its parser for its own arguments."""
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=text, description=text)
    verb.add_argument("--json", action="store_true", help="print one JSON document")
    verb.set_defaults(run=run)
    return verb
