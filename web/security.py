"""What every answer says to the browser, and which requests are refused before any view."""

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request
from flask_wtf.csrf import CSRFProtect

from web import cleaning

csrf = CSRFProtect()

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask, *, https: bool) -> None:
    """Set headers on every answer; refuse posts from other sites."""
    cleaning.init_app(app)
    csrf.init_app(app)
    app.before_request(_refuse_foreign_posts)
    app.after_request(_set_headers)
    app.after_request(_set_hsts if https else _leave)
    app.context_processor(lambda: {"csp_nonce": nonce()})


def nonce() -> str:
    """The word that lets this answer's own scripts run."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def _refuse_foreign_posts() -> None:
    """A browser says where a post comes from; a program with a bearer token need not.

    A page that sends no referrer has the origin `null`; then Sec-Fetch-Site alone tells, and
    where even that is missing, the token in the form.
    """
    if request.method in _SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin", "null")
    is_foreign = origin != "null" and urlsplit(origin).netloc != request.host
    if site not in (None, "same-origin", "none") or is_foreign:
        abort(400, "The form was sent from another site.")


def _set_headers(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _policy()
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def _policy() -> str:
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce()}'; style-src 'self'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def _set_hsts(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


def _leave(response: Response) -> Response:
    return response
