"""The verb `letters`: tells of an e-mail that came back."""

import argparse
from typing import Any

from engine import outbox
from engine.cli.output import Output, add_verb
from engine.cli.serving import now, opened


def add_verbs(verbs: Any) -> None:
    """Add the verbs of this module."""
    letters = add_verb(verbs, "letters", run_letters, "Note that an e-mail came back.")
    letters.add_argument("action", choices=["bounced"])
    letters.add_argument("message_id", metavar="MESSAGE-ID", help="as in the e-mail's header")


def run_letters(call: argparse.Namespace, output: Output) -> int:
    """Mark the e-mail with this message id as one that came back."""
    with opened() as database, database.writing() as session:
        letter_id = outbox.returned(session, call.message_id, now=now())
    output.answer({"letter": letter_id}, [f"Letter {letter_id} is marked as come back."])
    return 0
