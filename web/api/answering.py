"""Answers a program, and a repeated request with the answer it had before."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine.errors import Refused
from engine.runtime import idempotency
from engine.runtime.idempotency import Stored
from web import clock
from web.auth import actor

Act = Callable[[Session], Stored]


def once(unit: AbstractContextManager[Session], act: Act) -> ResponseReturnValue:
    """Do what was asked, or give the first answer again when its Idempotency-Key is known."""
    key = request.headers.get("Idempotency-Key")
    try:
        with unit as store:
            stored = act(store) if key is None else _act_once(store, act, key)
    except IntegrityError as error:
        raise Refused("The same request is being answered just now; send it again.") from error
    return _response(stored)


def _act_once(store: Session, act: Act, key: str) -> Stored:
    sent = f"{request.method} {request.path}\n".encode() + request.get_data()
    known = idempotency.find(store, actor().key, key, sent)
    if known is not None:
        return known
    answer = act(store)
    idempotency.keep(store, actor().key, key, sent, answer=answer, now=clock.now())
    return answer


def _response(stored: Stored) -> Response:
    response = jsonify(stored.answer)
    response.status_code = stored.status
    return response
