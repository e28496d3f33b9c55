"""How templates write instants, words of the vocabulary and counts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from markupsafe import Markup

from web.citing import cited, citing
from web.markdown import render

LONDON = ZoneInfo("Europe/London")


def init_app(app: Flask) -> None:
    """Make the filters known to the templates."""
    app.jinja_env.filters.update(
        as_words=as_words,
        cited=cited,
        citing=citing,
        count_of=count_of,
        day=day,
        markdown=render,
        recipient=recipient,
        sentence=sentence,
        when=when,
        words=words,
    )


def when(instant: datetime) -> Markup:
    """An instant on the office's clock: Tuesday 3 March 2026 at 14:15."""
    local = instant.astimezone(LONDON)
    text = f"{local:%A} {local.day} {local:%B %Y} at {local:%H:%M}"
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat(timespec="seconds"), text)


def day(iso: str) -> str:
    """A date of birth: 4 May 2017; whatever else was written stays as it is."""
    try:
        found = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{found.day} {found:%B %Y}"


def words(identifier: str) -> str:
    """A word of the vocabulary as a reader writes it: disposal_decision → Disposal decision."""
    return sentence(identifier.replace("_", " ").replace("-", " "))


def sentence(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def recipient(notification: str) -> str:
    """Who is told what kind of thing: manager:overdue → Manager (overdue)."""
    who, _, kind = notification.partition(":")
    return f"{words(who)} ({words(kind).lower()})"


def as_words(value: Any) -> str:
    """A value of a decision as a reader writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{words(str(key))}: {as_words(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(as_words(item) for item in value) or "none"
    return "not known" if value is None else str(value).replace("_", " ")


def count_of(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 task, 2 tasks."""
    return f"{number} {one if number == 1 else many or one + 's'}"
