"""The pages of letters: lists by state, one letter as it reads, and what is done by hand."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import outbox
from engine.errors import NotFound
from web import clock, ids
from web.auth import Access, actor, requires
from web.database import reading, writing
from web.letter_states import LETTER_STATES
from web.letters import pages

bp = Blueprint("letters", __name__, template_folder="templates")


@bp.get("/letters")
@requires(Access.CASEWORK)
def index() -> ResponseReturnValue:
    """Letters in one state, those that were touched last first."""
    state = request.args.get("state", pages.FIRST)
    if state not in outbox.LIST_STATES:
        raise NotFound("There is no such list of letters.")
    authority = request.args.get("authority") or None
    before = ids.number(request.args.get("before"))
    with reading() as store:
        found = outbox.listing(store, actor(), state=state, authority=authority, before=before)
        authorities = pages.authorities_of(store, actor())
    return render_template(
        "letters/index.html",
        letters=found,
        state=state,
        states=LETTER_STATES,
        authority=authority,
        authorities=authorities,
    )


@bp.get("/letters/<int:letter_id>")
@requires(Access.CASEWORK)
def page(letter_id: int) -> ResponseReturnValue:
    """A letter as it reads, to be looked at or printed."""
    with reading() as store:
        found = outbox.page(store, letter_id, actor())
    return render_template("letters/page.html", letter=found, states=LETTER_STATES)


@bp.post("/letters/<int:letter_id>/printed")
@requires(Access.CASEWORK)
def mark_printed(letter_id: int) -> ResponseReturnValue:
    """Note that the letter was printed and sent off."""
    return _done(letter_id, outbox.printed, "The letter is marked as printed.")


@bp.post("/letters/<int:letter_id>/again")
@requires(Access.CASEWORK)
def try_again(letter_id: int) -> ResponseReturnValue:
    """Let an e-mail that failed or came back be sent once more."""
    return _done(letter_id, outbox.try_again, "The e-mail will be sent again.")


@bp.post("/letters/<int:letter_id>/came-back")
@requires(Access.CASEWORK)
def came_back(letter_id: int) -> ResponseReturnValue:
    """Note that a letter that went out came back."""
    return _done(letter_id, outbox.came_back, "The letter is marked as come back.")


def _done(letter_id: int, act: Callable[..., None], said: str) -> ResponseReturnValue:
    with writing() as store:
        act(store, letter_id, by=actor(), now=clock.now())
    flash(said)
    return redirect(url_for(".page", letter_id=letter_id))
