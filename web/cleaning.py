"""Letters that no reader can see and no database keeps, taken out of what a browser sends."""

import re
from typing import IO, Any

from flask import Flask, Request, abort, request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict
from werkzeug.formparser import FormDataParser

_PROGRAMS = "/api/"
_UNSEEN = re.compile(  # the last two ranges turn the direction of what follows them
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)


def cleaned(text: str) -> str:
    """The text without control characters; lines and tabs stay, a vertical tab becomes a line."""
    return _UNSEEN.sub("", text.replace("\x0b", "\n"))


def init_app(app: Flask) -> None:
    """Read every form and every address this way; must come before the first request."""
    app.request_class = _CleanRequest
    app.before_request(_refuse_unseen_paths)


class _CleanForms(FormDataParser):
    """Reads a form's boxes without control characters; files stay as they are."""

    def parse(
        self, *args: Any, **kwargs: Any
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        """Read the form as Werkzeug does, then clean it."""
        stream, form, files = super().parse(*args, **kwargs)
        return stream, MultiDict(_pairs(form)), files


class _CleanRequest(Request):
    form_data_parser_class = _CleanForms

    @property
    def args(self) -> MultiDict[str, str]:
        """The words behind the question mark; a program is told of its mistake instead."""
        found = super().args
        if self.path.startswith(_PROGRAMS):
            return found
        return ImmutableMultiDict(_pairs(found))


def _pairs(found: MultiDict[str, str]) -> list[tuple[str, str]]:
    return [(cleaned(name), cleaned(text)) for name, text in found.items(multi=True)]


def _refuse_unseen_paths() -> None:
    if _UNSEEN.search(request.path):
        abort(404)
