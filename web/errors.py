"""What a caller is told when something cannot be done: pages for people, problems for programs."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, json, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException

from engine.casework import InvalidAnswers, InvalidFacts
from engine.errors import Invalid, NotFound, Refused
from engine.runtime.judgement import NotYourJudgement
from engine.runtime.start import NoRoleHere
from engine.runtime.tasks import NotYourRole
from web.auth import SignInNeeded
from web.filters import sentence
from web.typed import typed

API_PATH = "/api/"
_NAMED = frozenset({400, 403, 404, 405, 409, 413, 422, 500, 503})


def init_app(app: Flask) -> None:
    """Answer errors; an unknown one is a bug, is logged, and is shown as a 500."""
    app.register_error_handler(NotFound, lambda error: answer(404, str(error)))
    for not_theirs in (NotYourRole, NoRoleHere, NotYourJudgement):
        app.register_error_handler(not_theirs, lambda error: answer(403, str(error)))
    app.register_error_handler(Refused, lambda error: answer(409, str(error)))
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(SignInNeeded, _sign_in)
    app.register_error_handler(CSRFError, _stale_page)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _no_database)
    app.register_error_handler(InterfaceError, _no_database)


def answer(status: int, detail: str = "", **more: Any) -> ResponseReturnValue:
    """An error page, or problem details (RFC 9457) where the API was called."""
    if request.path.startswith(API_PATH):
        return problem(status, detail, more)
    name = status if status in _NAMED else 500
    kept = typed() if status == HTTPStatus.BAD_REQUEST else ()
    return render_template(f"errors/{name}.html", detail=_whole(detail), typed=kept), status


def _whole(detail: str) -> str:
    """A sentence from its capital to its full stop, wherever it was written."""
    return sentence(detail) + ("" if detail.endswith((".", "?", "!")) or not detail else ".")


def problem(status: int, detail: str, more: Mapping[str, Any]) -> Response:
    """Problem details: what went wrong, in a form that programs read."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        body["detail"] = detail
    response = Response(json.dumps({**body, **more}), status=status)
    response.content_type = "application/problem+json"
    return response


def _invalid(error: Exception) -> ResponseReturnValue:
    if isinstance(error, InvalidAnswers | InvalidFacts):
        return answer(422, str(error), problems=error.problems)
    return answer(422, str(error))


def sign_in_needed(*, kept: bool = False) -> ResponseReturnValue:
    """Ask who somebody is, then lead back; `kept` says that what they typed has been saved."""
    if request.method == "GET":
        return redirect(url_for("sign_in.form", next=request.full_path))
    return render_template("errors/401.html", back=_page_behind(), typed=typed(), kept=kept), 401


def _sign_in(_error: Exception) -> ResponseReturnValue:
    if request.path.startswith(API_PATH):
        response = problem(401, "Send a bearer token that is known and not revoked.", {})
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    return sign_in_needed()


def _page_behind() -> str | None:
    """The page that a form was posted from, as far as its address tells."""
    addresses = current_app.create_url_adapter(request)
    places = (request.path, request.path.rpartition("/")[0])
    found = (place for place in places if addresses and place and addresses.test(place, "GET"))
    return next(found, None)


def _stale_page(_error: Exception) -> ResponseReturnValue:
    return answer(400, "The page was open for too long, or cookies are switched off.")


def _http(error: Exception) -> ResponseReturnValue:
    assert isinstance(error, HTTPException)
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    return answer(error.code, _detail(error))


def _detail(error: HTTPException) -> str:
    """Only what we wrote ourselves: the stock descriptions speak to programmers."""
    is_stock = error.description == type(error).description
    return "" if is_stock or error.description is None else str(error.description)


def _no_database(_error: Exception) -> ResponseReturnValue:
    return answer(503, "The database does not answer.")
