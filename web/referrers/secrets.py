"""What the server's key makes: codes that nobody can guess, and origins that nobody can read."""

import hashlib
import hmac
import secrets

from flask import current_app, request

_LETTERS = "23456789BCDFGHJKMPQRTVWXY"  # none that looks or sounds like another
_GROUPS, _IN_GROUP = 4, 4
_NOT_SAID = frozenset({"csrf_token", "website"})


def fresh_token() -> str:
    """A word for one page of the form: what is sent from it twice is the same referral."""
    return secrets.token_urlsafe(16)


def code_of_submission() -> str:
    """The code of the referral that was sent: the same words from the same page, the same code."""
    said = sorted((n, texts) for n, texts in request.form.lists() if n not in _NOT_SAID)
    digest = hmac.digest(_key(), repr((request.path, said)).encode(), hashlib.sha256)
    number = int.from_bytes(digest, "big")
    letters = ""
    for _ in range(_GROUPS * _IN_GROUP):
        number, place = divmod(number, len(_LETTERS))
        letters += _LETTERS[place]
    groups = (letters[at : at + _IN_GROUP] for at in range(0, len(letters), _IN_GROUP))
    return "-".join(groups)


def origin(purpose: str) -> str:
    """Where the request comes from, in a form that tells nobody where that is."""
    said = f"{purpose} {request.remote_addr}".encode()
    return hmac.new(_key(), said, hashlib.sha256).hexdigest()


def _key() -> bytes:
    return str(current_app.config["SECRET_KEY"]).encode()
