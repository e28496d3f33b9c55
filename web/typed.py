"""What somebody typed, given back when it could not be saved."""

from collections.abc import Iterator

from flask import request

from web.filters import words

_NOT_TYPED = frozenset({"csrf_token", "next", "authority", "_add", "_remove"})


def typed() -> tuple[tuple[str, str], ...]:
    """The words of the posted form with the names of its questions; never a password."""
    if request.blueprint == "sign_in":
        return ()
    return tuple(_typed())


def _typed() -> Iterator[tuple[str, str]]:
    for name, texts in request.form.lists():
        text = ", ".join(text for text in texts if text)
        if text and name not in _NOT_TYPED and not name.endswith(".count"):
            yield words(name.replace(".", " ")), text
