"""How templates write instants, words of the vocabulary and counts."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from markupsafe import Markup

from engine.dmn.explain.results import in_words
from web.citing import cited, citing
from web.markdown import render

LONDON = ZoneInfo("Europe/London")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def init_app(app: Flask) -> None:
    """Make the filters known to the templates."""
    app.jinja_env.filters.update(
        as_words=as_words,
        by_when=by_when,
        cited=cited,
        citing=citing,
        count_of=count_of,
        day=day,
        markdown=render,
        moment=moment,
        recipient=recipient,
        sentence=sentence,
        time_left=time_left,
        when=when,
        words=words,
    )


_STRENGTHS = {"must": "Must", "should": "Should", "may": "May"}


def by_when(strength: str | None) -> str:
    """What a limit of this strength asks: must be done by, should be done by."""
    return f"{_STRENGTHS.get(strength or '', 'To')} be done by"


def when(instant: datetime) -> Markup:
    """An instant on the office's clock: Tuesday 3 March 2026 at 14:15."""
    iso = instant.astimezone(LONDON).isoformat(timespec="seconds")
    return Markup('<time datetime="{}">{}</time>').format(iso, _local(instant))


def spoken(iso: str) -> str:
    """An instant that is written as text, on the office's clock; other text stays as it is."""
    try:
        instant = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return _local(instant if instant.tzinfo else instant.replace(tzinfo=LONDON))


def _local(instant: datetime) -> str:
    local = instant.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y} at {local:%H:%M}"


def moment(instant: datetime) -> str:
    """An instant in few letters: 3 March 14:15."""
    local = instant.astimezone(LONDON)
    return f"{local.day} {local:%B} {local:%H:%M}"


def hour(instant: datetime, now: datetime) -> str:
    """An instant that is mostly today's: 14:15, or 3 March 14:15."""
    local = instant.astimezone(LONDON)
    is_today = local.date() == now.astimezone(LONDON).date()
    return f"{local:%H:%M}" if is_today else moment(instant)


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
    return in_words(value)


def count_of(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 task, 2 tasks."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def time_left(due_at: datetime, now: datetime) -> str:
    """How long there is, in whole units rounded down: 3 hours left, overdue by 2 hours."""
    span = abs(due_at - now)
    if span >= 2 * DAY:
        words = count_of(span // DAY, "day")
    elif span >= HOUR:
        words = count_of(span // HOUR, "hour")
    elif span >= MINUTE:
        words = count_of(span // MINUTE, "minute")
    else:
        words = "less than a minute"
    return f"overdue by {words}" if due_at < now else f"{words} left"
