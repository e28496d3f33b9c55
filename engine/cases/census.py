"""Codes of the children in need census, in words: a child's ethnicity and disability."""

import re
from collections.abc import Mapping

CODES: Mapping[str, Mapping[str, str]] = {  # of each fact about a child
    "ethnicity": {
        "WBRI": "White British",
        "WIRI": "White Irish",
        "WIRT": "Traveller of Irish heritage",
        "WROM": "Gypsy or Roma",
        "WOTH": "Any other White background",
        "MWBC": "White and Black Caribbean",
        "MWBA": "White and Black African",
        "MWAS": "White and Asian",
        "MOTH": "Any other mixed background",
        "AIND": "Indian",
        "APKN": "Pakistani",
        "ABAN": "Bangladeshi",
        "AOTH": "Any other Asian background",
        "BCRB": "Black Caribbean",
        "BAFR": "Black African",
        "BOTH": "Any other Black background",
        "CHNE": "Chinese",
        "OOTH": "Any other ethnic group",
        "REFU": "Refused to say",
        "NOBT": "Not yet obtained",
    },
    "disability": {
        "NONE": "None",
        "MOB": "Mobility",
        "HAND": "Hand function",
        "PC": "Personal care",
        "INC": "Incontinence",
        "COMM": "Communication",
        "LD": "Learning",
        "HEAR": "Hearing",
        "VIS": "Vision",
        "BEH": "Behaviour",
        "CON": "Consciousness",
        "AUT": "Autism or Asperger syndrome",
        "DDA": "Another disability",
    },
}
MANY = frozenset({"disability"})  # of which several may be true
_BETWEEN = re.compile(r"\s*[,;]\s*")


def codes_in(text: str) -> list[str]:
    """Give the codes that a text lists, or the parts of it that are none."""
    return [part for part in _BETWEEN.split(text.strip()) if part]


def in_words(fact: str, text: str) -> str:
    """Give what a fact says with its codes in words; any other text stays as it is."""
    known = CODES.get(fact, {})
    parts = codes_in(text)
    is_coded = bool(parts) and set(parts) <= set(known)
    return ", ".join(known[part] for part in parts) if is_coded else text
