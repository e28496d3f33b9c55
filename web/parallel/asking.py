"""What an address asks: which authorities, which referral, and what if some facts were others.

An address holds words of the vocabulary, numbers and instants; texts and names have no place in it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from engine import deploy, parallel, simulations
from engine.definitions.model import AuthorityDefinition, Fact
from engine.errors import Invalid, NotFound
from engine.people import Actor
from engine.scenarios import Scenario
from web import ids
from web.parallel import library

Pairs = tuple[tuple[str, str], ...]
Words = dict[str, list[str]]

TAKES = {  # hours that people may take, as an address has them
    "0": "At once",
    "4": "4 hours",
    "20": "20 hours",
    "30": "30 hours",
    "72": "3 days",
    "192": "8 days",
}
MOST_CHILDREN = 5
WHAT_IF = "if."
_TAKES = "takes."
_BASES = ("scenario", "case", "contact")
_LONDON = ZoneInfo("Europe/London")
_CONTACT = re.compile(r"(\d{4})-(\d{1,9})-(\d{1,6})(?:-o(\d{1,3}))?(-t)?")


class NoneDeployed(NotFound):
    """There is no procedure that could be played."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A referral to be played, and the address that asks for it again."""

    known: Mapping[str, AuthorityDefinition]  # every authority that is deployed
    chosen: Mapping[str, AuthorityDefinition]
    referral: Scenario
    what_if: Mapping[str, Any]
    pairs: Pairs  # of the address, in its shortest form, without what if

    @property
    def link(self) -> Words:
        """The words of an address that reproduces the view."""
        return MultiDict([*self.pairs, *_written(self.what_if, WHAT_IF)]).to_dict(flat=False)

    @property
    def base(self) -> Words:
        """The words of an address of the same referral, as it was before what if."""
        return MultiDict(self.pairs).to_dict(flat=False)


def deployed(store: Session) -> dict[str, AuthorityDefinition]:
    """Return the current definition of every authority; one statement for all."""
    found = {
        line.authority: deploy.definition_for(store, line.id) for line in deploy.current(store)
    }
    if not found:
        raise NoneDeployed("No procedure has been deployed yet.")
    return found


def picked(
    known: Mapping[str, AuthorityDefinition], names: Sequence[str]
) -> Mapping[str, AuthorityDefinition]:
    """Return those of the authorities that are named; all where none is.

    Raises NotFound for one that is not deployed.
    """
    for name in names:
        if name not in known:
            raise NotFound(f"There is no procedure of “{name}”.")
    return {key: known[key] for key in known if key in names} or known


def asked(store: Session, words: MultiDict[str, str], *, by: Actor, now: datetime) -> Asked:
    """Read an address. Raises Invalid for a word or value that is none, NotFound for no such base.

    A value that is the base's own, or the vocabulary's default, leaves a child's own facts alone.
    """
    known = deployed(store)
    chosen = picked(known, words.getlist("authority"))
    base, pairs = _base(store, words, known, by=by, now=now)
    vocabulary = next(iter(known.values())).vocabulary
    referral = base
    if "children" in words and base.facts.get("children") is None:
        pairs.append(("children", words["children"]))
        referral = replace(referral, facts={**referral.facts, "children": _children(words)})
    given = {f.id: v for f in _choices(known) if (v := _value(f, words.getlist(f.id))) is not None}
    for key, value in given.items():
        if value != parallel.value_of(base, vocabulary, key):
            referral = parallel.changed(referral, vocabulary, key, value)
            pairs += _written({key: value})
    takes = dict(_takes(words))
    pairs += [(f"{_TAKES}{name}", words[f"{_TAKES}{name}"]) for name in takes]
    if len(chosen) < len(known):
        pairs += [("authority", key) for key in chosen]
    return Asked(
        known=known,
        chosen=chosen,
        referral=replace(referral, takes={**referral.takes, **takes}),
        what_if=_what_if(known, words),
        pairs=tuple(pairs),
    )


def local(instant: datetime) -> str:
    """Return an instant as a box for date and time has it."""
    return instant.astimezone(_LONDON).strftime("%Y-%m-%dT%H:%M")


def contact_words(settings: Mapping[str, Any], number: str) -> str:
    """Return how an address names a contact of a sampled year."""
    share = settings.get("office_share")
    office = f"-o{round(share * 100)}" if share is not None else ""
    takes = "-t" if settings.get("takes") else ""
    return f"{settings['year']}-{settings['seed']}-{number}{office}{takes}"


def _base(
    store: Session,
    words: MultiDict[str, str],
    known: Mapping[str, AuthorityDefinition],
    *,
    by: Actor,
    now: datetime,
) -> tuple[Scenario, list[tuple[str, str]]]:
    """Return the referral that the address starts from, and the words that name it."""
    named = next((name for name in _BASES if words.get(name)), None)
    if named is None:
        start = _instant(words["start"]) if words.get("start") else _this_minute(now)
        return Scenario(name="A referral", start=start), [("start", local(start))]
    text = words[named]
    if named == "case":
        number = ids.number(text)
        if number is None:
            raise NotFound("There is no such case.")
        found = simulations.referral_of_case(store, number, by=by)
    elif named == "scenario":
        found = library.scenario(known, text)
    else:
        found = _contact(known, text)
    return found, [(named, text)]


def _this_minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        local_time = found if found.tzinfo else found.replace(tzinfo=_LONDON)
        return local_time.astimezone(UTC)
    except ValueError as error:
        raise Invalid("Enter a real date and time, like 3 March 2026 10:00.") from error


def _contact(known: Mapping[str, AuthorityDefinition], text: str) -> Scenario:
    found = _CONTACT.fullmatch(text)
    if found is None:
        raise NotFound("There is no such contact.")
    year, seed, number, office, takes = found.groups()
    drawn = parallel.Year(
        year=int(year),
        contacts=parallel.MOST_CONTACTS,
        seed=int(seed),
        office_share=int(office) / 100 if office else None,
        takes=takes is not None,
    )
    return parallel.contact(next(iter(known.values())).vocabulary, drawn, int(number))


def _children(words: MultiDict[str, str]) -> list[dict[str, str]]:
    """Return as many invented children as the address says."""
    count = ids.number(words["children"]) or 0
    if count not in range(1, MOST_CHILDREN + 1):
        raise Invalid(f"Choose from 1 to {MOST_CHILDREN} children.")
    born = "2017-05-04"
    return [{"name": parallel.child_name(number), "date_of_birth": born} for number in range(count)]


def _choices(known: Mapping[str, AuthorityDefinition]) -> Iterator[Fact]:
    return (fact for group in parallel.fact_groups(known) for fact in group.facts)


def _value(fact: Fact, texts: list[str]) -> Any:
    """Return the value that texts of an address stand for; None where they stand for nothing."""
    given = [text for text in texts if text]
    if not given:
        return None
    if fact.type == "list":
        return given
    if fact.type == "boolean":
        return {"true": True, "false": False}.get(given[0], given[0])
    return given[0]


def _written(values: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    return [
        (f"{prefix}{key}", str(item).lower() if isinstance(item, bool) else str(item))
        for key, value in values.items()
        for item in (value if isinstance(value, list) else [value])
    ]


def _takes(words: MultiDict[str, str]) -> Iterator[tuple[str, timedelta]]:
    for name, text in words.items():
        if name.startswith(_TAKES) and text in TAKES and text != "0":
            yield name.removeprefix(_TAKES), timedelta(hours=int(text))


def _what_if(
    known: Mapping[str, AuthorityDefinition], words: MultiDict[str, str]
) -> dict[str, Any]:
    facts = next(iter(known.values())).vocabulary.facts
    found = {}
    for name in words:
        fact = facts.get(name.removeprefix(WHAT_IF)) if name.startswith(WHAT_IF) else None
        value = _value(fact, words.getlist(name)) if fact else None
        if fact is not None and value is not None:
            found[fact.id] = value
    return found
