"""The pages that a person comes in and leaves by."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import people
from engine.errors import Refused
from web import auth, clock
from web.auth import Access, requires
from web.database import writing

bp = Blueprint("sign_in", __name__, template_folder="templates")

WRONG = "The e-mail address or the password is wrong"


@bp.get("/")
@requires(Access.PUBLIC)
def home() -> ResponseReturnValue:
    """Whatever page a person starts from."""
    return redirect(url_for(auth.home_endpoint() if auth.is_signed_in() else ".form"))


@bp.get("/sign-in")
@requires(Access.PUBLIC)
def form() -> ResponseReturnValue:
    """Ask who somebody is."""
    return _page()


@bp.post("/sign-in")
@requires(Access.PUBLIC)
def enter() -> ResponseReturnValue:
    """Let somebody in who knows their password; a wrong try is counted."""
    email, password = request.form.get("email", "").strip(), request.form.get("password", "")
    try:
        with writing() as store:
            person = people.authenticate(store, email, password, now=clock.now())
            if person is not None:
                auth.sign_in(store, person)
    except Refused as refused:
        return _page(str(refused)), 409
    if person is None:
        return _page(WRONG), 422
    return redirect(_local(request.form.get("next", "")) or url_for(".home"))


@bp.post("/sign-out")
@requires(Access.SIGNED_IN)
def leave() -> ResponseReturnValue:
    """End the session, and let the browser forget what it keeps."""
    with writing() as store:
        auth.sign_out(store)
    response = redirect(url_for(".form"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.get("/sign-in/time")
@requires(Access.SIGNED_IN, notices=False)
def remaining() -> ResponseReturnValue:
    """How long the session lasts yet, for the script that warns; asking does not lengthen it."""
    return jsonify(auth.time_left())


@bp.post("/sign-in/time")
@requires(Access.SIGNED_IN)
def stay() -> ResponseReturnValue:
    """Somebody is still there: how long the session lasts now."""
    return jsonify(auth.time_left())


def _page(problem: str | None = None) -> str:
    return render_template(
        "sign_in/form.html",
        problem=problem,
        email=request.form.get("email", ""),
        next=_local(request.values.get("next", "")),
    )


def _local(target: str) -> str:
    """The address if it leads to a page of ours, else nothing."""
    is_path = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if is_path and target.isprintable() else ""
