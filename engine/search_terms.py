"""The words by which a case is found: of names, of how they sound, of births, of addresses.

What is typed into a search and what a case says come to the same terms here, so that finding is
comparing. Every term is in small letters without accents, at most `LONGEST` characters long.
"""

import re
import unicodedata
from calendar import month_name
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import jellyfish

REFERENCE, NAME, SOUND, BORN = "reference", "name", "sound", "born"
ADDRESS, HOUSEHOLD = "address", "household"
LONGEST = 100

ADDRESS_KEYS = ("family_address", "addresses", "address")  # what forms call where people live
HOUSEHOLD_KEYS = ("household_members", "primary_carers")  # and who lives there
MOST_OF_A_TEXT = 60  # terms that a long answer may come to

_APART = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"}
)
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´‘-][^\W_]+)*")
_JOINS = re.compile(r"['’ʼ`´‘-]")
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b")
_HOUSE = re.compile(r"\b(\d{1,5}[a-z]?)\s+((?:[a-z]+\s?){1,5})")
_STREETS = {
    "rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "ln": "lane", "dr": "drive",
    "cl": "close", "ct": "court", "cres": "crescent", "pl": "place", "sq": "square",
    "gdns": "gardens", "gdn": "garden", "tce": "terrace", "terr": "terrace", "gr": "grove",
    "hse": "house", "wy": "way", "pk": "park", "bldgs": "buildings", "est": "estate",
}  # fmt: skip
_ENDS = frozenset(_STREETS.values()) | {"row", "walk", "mews", "hill", "rise", "green", "view"}
_NOBODY = frozenset(
    re.findall(
        r"\w+",
        "mother father mum mam dad parent parents carer sister brother aunt uncle grandmother"
        " grandfather grandparents stepfather stepmother partner friend lodger foster the and with"
        " baby none unknown not child children he she they lives there no yes also his her",
    )
)
_NO_DATE = frozenset({"st", "nd", "rd", "th", "of"})
_MONTHS = {name[:3].lower(): number for number, name in enumerate(month_name) if name}


@dataclass(frozen=True, kw_only=True, order=True)
class Term:
    """A term of a kind; `child` is the place of the child whom it is about, None for the case."""

    kind: str
    term: str
    child: int | None = None


def terms_of(children: Iterable[Any], reference: str) -> tuple[Term, ...]:
    """Give the terms of a case: its reference, and each child's name, sound, birth and address."""
    found = [Term(kind=REFERENCE, term=reference_term(reference))]
    for place, child in enumerate(children):
        if isinstance(child, Mapping):
            found += [Term(kind=k, term=t, child=place) for k, t in _of_child(child)]
    return tuple(dict.fromkeys(term for term in found if term.term))


def terms_of_facts(facts: Mapping[str, Any]) -> tuple[Term, ...]:
    """Give the terms of what is known of the family as a whole: its addresses, its people."""
    homes = (home for key in ADDRESS_KEYS for home in addresses(_text(facts.get(key))))
    people = (who for key in HOUSEHOLD_KEYS for who in household(_text(facts.get(key))))
    found = [Term(kind=ADDRESS, term=home) for home in homes]
    found += [Term(kind=HOUSEHOLD, term=who) for who in people]
    return tuple(dict.fromkeys(found))


def folded(text: str) -> str:
    """Give the text in small letters, without accents."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)
    )
    small = unicodedata.normalize("NFKD", plain.casefold()).translate(_APART)
    return "".join(sign for sign in small if not unicodedata.combining(sign))


def reference_term(text: str) -> str:
    """Give a reference without its hyphen, however it was written."""
    return "".join(re.findall(r"[a-z0-9]", folded(text)))[:LONGEST]


def name_words(name: str) -> tuple[str, ...]:
    """Give the words of a name; one with a hyphen or an apostrophe counts as one word here.

    A number behind a name only tells namesakes apart in their case, so it counts for nothing.
    """
    words = dict.fromkeys(_JOINS.sub("", word)[:LONGEST] for word in _WORD.findall(folded(name)))
    return tuple(word for word in words if not word.isdecimal()) or tuple(words)


def name_terms(name: str) -> tuple[str, ...]:
    """Give every word that finds a name: joined, and the parts around hyphens, apostrophes."""
    found: dict[str, None] = dict.fromkeys(name_words(name))
    for word in _WORD.findall(folded(name)):
        found.update(dict.fromkeys(part[:LONGEST] for part in _JOINS.split(word) if part[1:]))
    return tuple(found)


def sound(word: str) -> str:
    """Give how a word sounds, or nothing where it cannot be told; 'y' within is heard as 'i'."""
    plain = folded(word)
    return str(jellyfish.metaphone(plain[:1] + plain[1:].replace("y", "i"))).lower()[:LONGEST]


def sounds(name: str) -> tuple[str, ...]:
    """Give how the words of a name sound; of a word of one letter nothing."""
    heard = (sound(word) for word in name_terms(name) if word[1:])
    return tuple(dict.fromkeys(term for term in heard if term))


def born(text: Any) -> str | None:
    """Give a date of birth as 2017-05-04 from the ways in which people write it, else None.

    The day stands before the month: 4/5/2017 is the fourth of May. A year of two figures is none.
    """
    written = re.sub(r"^(\d{4}-\d\d-\d\d)t.*", r"\1", folded(str(text or "")).strip(), flags=re.S)
    parts = [part for part in re.findall(r"[a-z]+|[0-9]+", written) if part not in _NO_DATE]
    if len(parts) != 3 or any(len(part) > 4 for part in parts if part.isdigit()):  # noqa: PLR2004 - day month year
        return None
    try:
        return _date(parts).isoformat()
    except ValueError:
        return None


def swapped(day: str) -> str | None:
    """Give the date with day and month the other way round, where that is another date."""
    year, month, number = day.split("-")
    other = born(f"{year}-{number}-{month}")
    return other if other != day else None


def addresses(text: str) -> tuple[str, ...]:
    """Give the terms of the addresses in a text: postcode, house with either, and the street."""
    found: dict[str, None] = {}
    for line in re.split(r"[\n;]", folded(text)):
        found.update(dict.fromkeys(_of_address(line)))
    return tuple(found)[:MOST_OF_A_TEXT]


def is_house(term: str) -> bool:
    """Say whether an address term names one house, not a whole street or postcode."""
    return term[:1].isdigit() and " " in term


def household(text: str) -> tuple[str, ...]:
    """Give the people whom a text names by at least two words, their words in order of letters."""
    found: dict[str, None] = {}
    for line in re.split(r"[\n;,()/&:]|\band\b|\bwith\b", text):
        named = [word for word in line.split() if word[:1].isupper()]
        if who := person(" ".join(named)):
            found[who] = None
    return tuple(found)[:MOST_OF_A_TEXT]


def person(name: str) -> str | None:
    """Give a person's name whatever the order of its words; None for fewer than two words."""
    words = sorted(word for word in name_words(name) if word not in _NOBODY)
    return " ".join(words)[:LONGEST] if len(words) > 1 else None


def after(prefix: str) -> str | None:
    """Give the first term behind all that begin with `prefix`, or None where there is none."""
    for place in range(len(prefix) - 1, -1, -1):
        letter = prefix[place]
        if letter not in ("z", "\U0010ffff"):
            following = "a" if letter == "9" else chr(ord(letter) + 1)
            return prefix[:place] + following
    return None


def _of_child(child: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    name = _text(child.get("name"))
    yield from ((NAME, word) for word in name_terms(name))
    yield from ((SOUND, heard) for heard in sounds(name))
    if day := born(child.get("date_of_birth") or child.get("expected")):
        yield BORN, day
    for key in (*ADDRESS_KEYS, "postcode"):
        yield from ((ADDRESS, home) for home in addresses(_text(child.get(key))))


def _of_address(line: str) -> Iterator[str]:
    postcode = _POSTCODE.search(line)
    code = postcode[1] + postcode[2] if postcode else ""
    rest = _POSTCODE.sub(" , ", line)
    rest = re.sub(r"['’.]", "", rest)
    if code:
        yield code
    houses = list(_HOUSE.finditer(rest))
    for house in houses:
        street = _street(house[2])
        yield from (f"{house[1]} {place}"[:LONGEST] for place in (street, code) if place)
    for part in [house[2] for house in houses] or rest.split(","):
        street = _street(part)
        if street.rpartition(" ")[2] in _ENDS and " " in street:
            yield street[:LONGEST]


def _street(text: str) -> str:
    """The words up to the one that ends the name of a street, in full."""
    words = [word for word in text.split() if word.isalpha()]
    for place, word in enumerate(words):
        if place and _STREETS.get(word, word) in _ENDS:
            return " ".join([*words[:place], _STREETS.get(word, word)])
    return " ".join(words[:4])


def _date(parts: list[str]) -> date:
    if any(part.isalpha() for part in parts):
        month = next(_MONTHS.get(part[:3], 0) for part in parts if part.isalpha())
        first, last = (int(part) for part in parts if part.isdigit())
        day, year = (last, first) if first > 31 else (first, last)  # noqa: PLR2004 - a year
    elif len(parts[0]) > 2:  # noqa: PLR2004 - a year stands first
        year, month, day = map(int, parts)
    else:
        day, month, year = map(int, parts)
    if year < 1900:  # noqa: PLR2004 - nobody was born before
        raise ValueError(year)
    return date(year, month, day)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
