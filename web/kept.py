"""What somebody typed is kept for them when their time was out before they sent it."""

from collections.abc import Callable, Collection

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from engine.errors import Invalid, NotFound, Refused
from engine.people import Actor
from web import errors
from web.auth import SignInNeeded, whose_time_is_out
from web.database import writing
from web.forms import Boxes, change_entries

Keep = Callable[[Session, Boxes, Actor], object]
"""Keeps the boxes of a form for a person; nothing where there is nothing worth keeping."""


def keep_for_later(blueprint: Blueprint, endpoints: Collection[str], keep: Keep) -> None:
    """Keep what is sent too late to these endpoints, and ask the person to sign in again."""

    def asked_again(_needed: SignInNeeded) -> ResponseReturnValue:
        return errors.sign_in_needed(kept=request.endpoint in endpoints and _is_kept(keep))

    blueprint.register_error_handler(SignInNeeded, asked_again)


def _is_kept(keep: Keep) -> bool:
    person = whose_time_is_out()
    if person is None:
        return False
    boxes = request.form.to_dict(flat=False)
    change_entries(boxes)
    try:
        with writing() as store:
            return bool(keep(store, boxes, person))
    except (Invalid, NotFound, Refused):
        return False
