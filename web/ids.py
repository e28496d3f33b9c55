"""Ids in addresses: numbers that every database holds; what is larger leads nowhere."""

import re

from flask import Flask
from werkzeug.routing import IntegerConverter, ValidationError

LARGEST = 2**31 - 1  # PostgreSQL counts rows in 32 bits


class _Id(IntegerConverter):
    """The number that stands for `<int:…>` in an address."""

    regex = r"[0-9]{1,10}"

    def to_python(self, value: str) -> int:
        """Read the number; a larger one than there are ids fits no address."""
        number = int(value)
        if number > LARGEST:
            raise ValidationError
        return number


def number(text: str | None) -> int | None:
    """Read the number of a row; None for what is none, and for more than there can be rows."""
    if text is None or not re.fullmatch(_Id.regex, text):
        return None
    return found if (found := int(text)) <= LARGEST else None


def init_app(app: Flask) -> None:
    """Read ids in addresses this way; must come before any address is added."""
    app.url_map.converters["int"] = _Id
