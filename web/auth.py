"""Who may do what: every route declares it here, and here it is decided."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import wraps
from typing import ParamSpec

from flask import Flask, abort, current_app, g, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from engine.people import Actor, sessions, tokens
from web import clock, database, filters

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]

API = "api"  # the blueprint whose callers are programs with a token


class Access(Enum):
    """What a caller must be before a route answers; which cases they see, the engine decides."""

    PUBLIC = "anybody"
    SIGNED_IN = "anybody who is signed in"
    CASEWORK = "whoever holds a role in an authority's procedure"
    API = "a program with a bearer token"


class SignInNeeded(Exception):
    """Nobody is signed in, or the token is none."""


@dataclass(frozen=True, kw_only=True)
class TimeLeft:
    """When a session ends, for the script that warns of it; `until` is the office's time."""

    seconds: int
    until: str


def requires(access: Access, *, notices: bool = True) -> Callable[[View[P]], View[P]]:
    """Declare who may call a view, and refuse everybody else.

    What a page asks by itself, with nobody at the keyboard, does not lengthen the session:
    `notices` is false there.
    """

    def declare(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            _check(access)
            return view(*args, **kwargs)

        guarded.access = access  # type: ignore[attr-defined] # read back by declared_access
        guarded.notices = notices  # type: ignore[attr-defined] # read back when it is called
        return guarded

    return declare


def declared_access(view: object) -> Access | None:
    """What a view declares, for the test that every view does."""
    access = getattr(view, "access", None)
    return access if isinstance(access, Access) else None


def init_app(app: Flask) -> None:
    """Find out who is calling before every view."""
    app.before_request(_recognise)
    app.context_processor(lambda: {"actor": g.get("actor"), "may_casework": _may_casework()})
    app.context_processor(lambda: {"time_left": time_left()})


def actor() -> Actor:
    """Whoever is calling; only for views that do not answer to anybody."""
    found: Actor | None = g.actor
    if found is None:
        raise SignInNeeded
    return found


def whose_time_is_out() -> Actor | None:
    """Who was signed in on this browser until just now, by what the server itself remembers.

    All that may be done for them is to keep what they had typed, for their own eyes.
    """
    if g.get("actor") is not None or "sid" not in session:
        return None
    with database.reading() as store:
        return sessions.whose_was(store, session["sid"], now=clock.now())


def time_left() -> TimeLeft | None:
    """How long the session lasts unless somebody uses it."""
    ends_at: datetime | None = g.get("session_ends_at")
    if ends_at is None:
        return None
    seconds = max(0, int((ends_at - clock.now()).total_seconds()))
    return TimeLeft(seconds=seconds, until=f"{ends_at.astimezone(filters.LONDON):%H:%M}")


def is_signed_in() -> bool:
    """Whether somebody is calling whom we know."""
    return g.get("actor") is not None


def home_endpoint() -> str:
    """The page that a person starts from."""
    return "worklist.index" if _may_casework() else "models.index"


def sign_in(store: Session, person: Actor) -> None:
    """Start a session for a person who has just proved who they are."""
    sessions.end(store, session.get("sid", ""))
    session.clear()
    session["sid"] = sessions.start(store, int(person.id), now=clock.now())


def sign_out(store: Session) -> None:
    """End the session here and on the server."""
    sessions.end(store, session.get("sid", ""))
    session.clear()


def _check(access: Access) -> None:
    if access is Access.PUBLIC:
        return
    actor()
    if access is Access.CASEWORK and not _may_casework():
        abort(403)


def _may_casework() -> bool:
    found: Actor | None = g.get("actor")
    return found is not None and any(found.may_see_cases_of(name) for name in found.authorities)


def _recognise() -> None:
    g.actor = g.session_ends_at = None
    if request.blueprint == API:
        g.actor = _program()
    elif request.endpoint != "static" and "sid" in session:
        g.actor = _person(session["sid"])


def _program() -> Actor | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    with database.reading() as store:
        return tokens.actor_for(store, token.strip())


def _person(session_id: str) -> Actor | None:
    now = clock.now()
    with database.reading() as store:
        found = sessions.resume(store, session_id, now=now)
    if found is None:
        return None  # the id stays: it says whose time is out
    g.session_ends_at = found.ends_at
    if found.needs_touch and _notices():
        with database.writing() as store:
            g.session_ends_at = sessions.touch(store, session_id, now=now) or found.ends_at
    if session.get("csrf_token") != found.csrf_secret:
        session["csrf_token"] = found.csrf_secret
    return found.actor


def _notices() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "notices", True))
