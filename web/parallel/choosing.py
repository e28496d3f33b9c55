"""The facts that a page lets somebody choose: of a referral, and of what it might have been."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from engine import parallel
from engine.definitions.model import Fact
from engine.parallel import Together
from web.filters import words
from web.parallel.asking import TAKES, WHAT_IF, Asked


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A fact to choose from: its name in the address, what is chosen, and what may be."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]  # value, label, whether it is chosen
    is_list: bool = False

    @property
    def tags(self) -> Markup:
        """The options as a select element has them."""
        return _tags(self.options)


@lru_cache(maxsize=1_000)
def _tags(options: tuple[tuple[str, str, bool], ...]) -> Markup:
    chosen = Markup('<option value="{}" selected>{}</option>')
    other = Markup('<option value="{}">{}</option>')
    return Markup("").join((chosen if on else other).format(v, label) for v, label, on in options)


@dataclass(frozen=True, kw_only=True)
class ChoiceGroup:
    """Choices under a heading."""

    title: str
    choices: tuple[Choice, ...]


def groups(asked: Asked) -> Iterator[ChoiceGroup]:
    """Yield the facts with fixed values, those that steer most procedures first."""
    for group in parallel.fact_groups(asked.known):
        title = words(group.stage) if group.stage else "What steers most procedures"
        yield ChoiceGroup(title=title, choices=tuple(_choice(asked, fact) for fact in group.facts))


def _choice(asked: Asked, fact: Fact) -> Choice:
    vocabulary = next(iter(asked.known.values())).vocabulary
    now = parallel.value_of(asked.referral, vocabulary, fact.id)
    chosen = now if isinstance(now, list) else [now]
    values = fact.values if fact.type == "list" else parallel.choices(fact)
    return Choice(
        name=fact.id,
        label=words(fact.id),
        options=tuple((_text(v), said(v), v in chosen) for v in values),
        is_list=fact.type == "list",
    )


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def said(value: Any) -> str:
    """Return a value of a fact as a page says it."""
    return ("Yes" if value else "No") if isinstance(value, bool) else words(str(value))


def takes(asked: Asked) -> Iterator[Choice]:
    """Yield how long people may take, before each part and the authorisation."""
    flows = next(iter(asked.known.values())).vocabulary.flows
    for name in (*flows, "authorisation"):
        delay = asked.referral.takes.get(name)
        hours = str(int(delay.total_seconds()) // 3600) if delay else "0"
        options = tuple((text, label, text == hours) for text, label in TAKES.items())
        yield Choice(name=f"takes.{name}", label=words(name), options=options)


def what_if(asked: Asked, before: Together) -> Iterator[Choice]:
    """Yield a choice for each fact that any authority asked for and that has fixed values."""
    wanted = {fact for run in before.runs.values() for fact in run.asked}
    for fact in before.vocabulary.facts.values():
        values = parallel.choices(fact)
        if fact.id in wanted and values:
            now = parallel.value_of(before.referral, before.vocabulary, fact.id)
            other = asked.what_if.get(fact.id)
            kept = ("", f"As it is: {said(now).lower()}", other is None)
            rest = ((_text(v), said(v), v == other) for v in values if v != now)
            yield Choice(name=f"{WHAT_IF}{fact.id}", label=words(fact.id), options=(kept, *rest))
