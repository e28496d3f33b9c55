"""A contact that one page sends twice, by a double press or the back button, starts one case."""

import hashlib
import secrets
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from engine.runtime import idempotency
from engine.runtime.idempotency import SentTwice, Stored
from web import clock
from web.auth import actor
from web.database import writing
from web.forms import Boxes

MARK = "_mark"  # a box that is different on every page that somebody asks for
Act = Callable[[Session], dict[str, Any]]


def fresh_mark() -> str:
    """A word for one page: the same answers sent from it again are the same contact."""
    return secrets.token_urlsafe(16)


def once(boxes: Boxes, act: Act) -> dict[str, Any]:
    """Do what the page asks, or give what came of it when the same page asked before."""
    try:
        return _once(boxes, act)
    except SentTwice:
        return _once(boxes, act)


def _once(boxes: Boxes, act: Act) -> dict[str, Any]:
    by, key = actor().key, _key(boxes)
    with writing() as store:
        known = idempotency.find(store, by, key, b"")
        if known is not None:
            return dict(known.answer)
        idempotency.take(store, by, key, b"", now=clock.now())
        answer = act(store)
        idempotency.keep(store, by, key, answer=Stored(status=200, answer=answer))
        return answer


def _key(boxes: Boxes) -> str:
    said = sorted((name, texts) for name, texts in boxes.items() if name != "csrf_token")
    mark = boxes.get(MARK) or [fresh_mark()]
    return "contact:" + hashlib.sha256(repr((mark, said)).encode()).hexdigest()
