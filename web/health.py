"""Says whether the database answers and the timers run, for whoever watches the service."""

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from engine import worker
from web import clock, database
from web.auth import Access, requires


def init_app(app: Flask) -> None:
    """Answer at /health."""
    app.add_url_rule("/health", "health", requires(Access.PUBLIC)(health))


def health() -> ResponseReturnValue:
    """200 when the database and the timers are alive, 503 with what is not otherwise."""
    state = {"database": True, "timers": False}
    try:
        with database.reading() as store:
            state["timers"] = worker.is_alive(store, now=clock.now())
    except SQLAlchemyError:
        state["database"] = False
    is_well = all(state.values())
    return jsonify(status="ok" if is_well else "unwell", **state), 200 if is_well else 503
