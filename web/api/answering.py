"""Answers a program, and a repeated request with the answer it had before."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from http import HTTPStatus

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from engine.runtime import idempotency
from engine.runtime.idempotency import SentTwice, Stored
from web import clock
from web.auth import actor

Unit = Callable[[], AbstractContextManager[Session]]
Act = Callable[[Session], Stored]


def once(unit: Unit, act: Act) -> ResponseReturnValue:
    """Do what was asked, or give the first answer again when its Idempotency-Key is known.

    Of two equal requests at once the second finds the first one's answer when it looks again.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        with unit() as store:
            return _response(act(store))
    try:
        return _response(_act_once(unit, act, key))
    except SentTwice:
        return _response(_act_once(unit, act, key))


def _act_once(unit: Unit, act: Act, key: str) -> Stored:
    sent = f"{request.method} {request.path}\n".encode() + request.get_data()
    with unit() as store:
        known = idempotency.find(store, actor().key, key, sent)
        if known is not None:
            return known
        idempotency.take(store, actor().key, key, sent, now=clock.now())
        answer = act(store)
        idempotency.keep(store, actor().key, key, answer=answer)
        return answer


def _response(stored: Stored) -> Response:
    response = jsonify(stored.answer)
    response.status_code = stored.status
    if stored.status == HTTPStatus.CREATED:
        response.headers["Location"] = stored.answer["url"]
    return response
